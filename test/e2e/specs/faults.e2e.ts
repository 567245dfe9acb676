import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import * as pictures from '../../support/hostilePictures';
import { encodeOnnx } from '../../support/onnxModel';
import { axeFindings } from '../harness/axe';
import { expectQuiet } from '../harness/expect';
import { FASHION } from '../harness/fashion';
import { clickNode, nodeIndex, pageState, runPicture, sceneFacts, textOf } from '../harness/lens';
import { expectKept, lookAt } from '../harness/look';
import { hostKind, launchHost, type Session } from '../harness/session';
import { answer, closeEditors, convlensFrame, openFile, runCommand, until } from '../harness/vscode';
import { samplesDir } from '../harness/workspace';

const npy = (header: string, data = ''): Buffer => {
  const text = `${header.padEnd(117)}\n`;
  return Buffer.from(`\x93NUMPY\x01\x00${String.fromCharCode(text.length)}\x00${text}${data}`, 'latin1');
};

/** By their names in the folder of the model; null runs, anything else is refused in these words. */
const PICTURES: Readonly<Record<string, readonly [Uint8Array, RegExp | null]>> = {
  'hurt-array.png': [
    npy("{'descr': '<f4', 'fortran_order': False, 'shape': (999999, 999999, 99), }"),
    /too many values/,
  ],
  'hurt-cmyk.jpg': [pictures.flatJpeg([255, 0, 0, 255], 0), null],
  'hurt-cut.png': [readFileSync(path.join(samplesDir, 'images/moon.png')).subarray(0, 3000), /ends before its picture/],
  'hurt-empty.png': [Buffer.alloc(0), /empty/],
  'hurt-huge.gif': [pictures.animatedGif(30_000, 30_000), /30000×30000 pixels/],
  'hurt-huge.jpg': [pictures.jpegClaiming(pictures.flatJpeg([128], 0), 30_000, 30_000), /30000×30000 pixels/],
  'hurt-huge.png': [pictures.hugePng(), /30000×30000 pixels/],
  'hurt-jpeg.png': [pictures.flatJpeg([200, 100, 50], 0), null],
  'hurt-moving.gif': [pictures.animatedGif(8, 8), null],
  'hurt-moving.png': [pictures.animatedPng(8), null],
  'hurt-moving.webp': [pictures.animatedWebp(), null],
  'hurt-pickle.png': [npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 'cos\nsystem\n.'), /\|O/],
  'hurt-script.png': [Buffer.from(pictures.SCRIPTED_SVG), /SVG drawing/],
};

const LONG = 'n'.repeat(1_000_000);
const NAMES = [
  LONG,
  'nul\0in it',
  '\u202Eright to left\u202C שלום',
  '<img src=x onerror=alert(1)>',
  ' ',
  '\u{1F9E0}\u0301',
];
const chain = encodeOnnx({
  opset: 13,
  inputs: { x: [1, 3, 8, 8] },
  nodes: NAMES.map((name, at) => ({
    op: 'Relu',
    name,
    inputs: [at === 0 ? 'x' : `v${String(at)}${NAMES[at - 1]!}`],
    outputs: [at === NAMES.length - 1 ? 'y' : `v${String(at + 1)}${name}`],
  })),
  outputs: ['y'],
});
/** Every number of the picture against every other: of 8 by 8 a trifle, of 110 by 110 more than there is memory for. */
const greedy = encodeOnnx({
  opset: 13,
  inputs: { x: [1, 3, 'h', 'w'] },
  constants: { column: { shape: [2], ints: [-1, 1] }, row: { shape: [2], ints: [1, -1] } },
  nodes: [
    { op: 'Reshape', name: 'column', inputs: ['x', 'column'], outputs: ['a'] },
    { op: 'Reshape', name: 'row', inputs: ['x', 'row'], outputs: ['b'] },
    { op: 'MatMul', name: 'all', inputs: ['a', 'b'], outputs: ['c'] },
    { op: 'ReduceMax', name: 'most', inputs: ['c'], outputs: ['y'], attrs: { keepdims: 0 } },
  ],
  outputs: ['y'],
});

describe(`faults (${hostKind} host)`, () => {
  let session: Session;
  const made = mkdtempSync(path.join(tmpdir(), 'convlens-faults-'));
  before(async () => {
    const files: Record<string, Uint8Array> = { 'names/names.onnx': chain, 'greedy/greedy.onnx': greedy };
    for (const [name, [bytes]] of Object.entries(PICTURES)) files[`fashion-mnist/images/${name}`] = bytes;
    const extras = Object.entries(files).map(([place, bytes]) => {
      const from = path.join(made, path.basename(place));
      writeFileSync(from, bytes);
      return [place, { from }] as const;
    });
    session = await launchHost({ extras: Object.fromEntries(extras) });
  });
  after(async () => {
    await session.stop();
    rmSync(made, { recursive: true, force: true });
  });
  afterEach(() => closeEditors(session.page));

  const status = (frame: Frame): Promise<string> => textOf(frame, 'run-status');

  it('in pictures and arrays are told, whatever they are called, and the next picture runs', async () => {
    const { page } = session;
    await openFile(page, FASHION);
    const frame = await convlensFrame(page);
    await runPicture(page, frame, 'sneaker-1.png');
    for (const [name, [, refusal]] of Object.entries(PICTURES)) {
      if (!refusal) {
        await runPicture(page, frame, name);
        assert.equal((await pageState(frame)).run.image, name);
        continue;
      }
      await frame.locator(`[data-image="${name}"]`).first().click();
      await until(`words on ${name}`, async () => (refusal.test(await status(frame)) ? true : undefined));
      assert.equal((await pageState(frame)).run.phase, 'failed', name);
    }
    await runPicture(page, frame, 'bag-1.png');
    assert.match(await frame.locator('[data-testid=top5] li').first().innerText(), /Bag/);
    assert.equal(await frame.evaluate(() => 'gotIn' in globalThis), false);
    // Refusals are in the log of the page, and the browser tells of thumbnails it can't show.
    const others = session.problems.take().filter(({ kind }) => kind !== 'console');
    assert.deepEqual(others, []);
  });

  it('of a runtime that has no memory left are told, and another one starts', async () => {
    const { page } = session;
    await openFile(page, 'greedy/greedy.onnx');
    const frame = await convlensFrame(page);
    const sized = async (size: string): Promise<void> => {
      await runCommand(page, 'ConvLens: Set Input Size');
      await answer(page, size);
      await until(size, async () => ((await sceneFacts(frame)).input.replaceAll('×', 'x') === size ? true : undefined));
    };
    await sized('1x3x110x110');
    await frame.locator('[data-testid=run]').click();
    await frame.locator('[data-image="chelsea.jpg"]').first().click();
    await until(
      'words on memory',
      async () => ((await status(frame)).includes('more memory') ? true : undefined),
      60_000,
    );
    await sized('1x3x8x8');
    await runPicture(page, frame, 'chelsea.jpg');
    // What failed is in the log of the page.
    session.problems.take();
  });

  it('leave nothing behind where an editor is closed in the middle of a run', async () => {
    const { page } = session;
    const before = page.workers().length;
    await openFile(page, 'architectures/vgg16-narrow.onnx');
    const frame = await convlensFrame(page);
    await frame.locator('[data-testid=run]').click();
    await frame.locator('[data-image="chelsea.jpg"]').first().click();
    await until('the run to begin', async () => {
      const { phase } = (await pageState(frame)).run;
      return phase === 'loading' || phase === 'running' || phase === 'done' ? true : undefined;
    });
    assert.ok(page.workers().length > before, 'a worker runs it');
    await closeEditors(page);
    await until('the workers to go', async () => Promise.resolve(page.workers().length <= before ? true : undefined));
    expectQuiet(session);
  });

  it('in names of a megabyte, with NUL, from right to left, break neither the page nor what a screen reader gets', async () => {
    const { page } = session;
    await openFile(page, 'names/names.onnx');
    const frame = await convlensFrame(page);
    assert.equal((await sceneFacts(frame)).drawn, NAMES.length);
    for (let nth = 0; nth < NAMES.length; nth++) {
      await clickNode(page, frame, await nodeIndex(frame, 'Relu', nth));
      await frame.locator('[data-testid=inspector]').waitFor();
      const beyond = await frame.evaluate(() =>
        [...document.querySelectorAll('body, header, aside, main, section')].flatMap((element) =>
          element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === 'visible'
            ? [element.className || element.tagName]
            : [],
        ),
      );
      assert.deepEqual(beyond, [], `wider than its place with name ${String(nth)}`);
    }
    const longest = await frame.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('[aria-label], [title]')].map(
          (element) => (element.getAttribute('aria-label') ?? element.getAttribute('title') ?? '').length,
        ),
      ),
    );
    assert.ok(longest < 5000, `a label of ${String(longest)} letters`);
    assert.deepEqual(await axeFindings(frame), []);
    expectQuiet(session);
  });

  it('of one window leave another on the same folder alone, and both follow the file', async () => {
    const { page } = session;
    const other = await session.another();
    const folder = path.join(session.folder, FASHION);
    const original = readFileSync(folder);
    await openFile(page, FASHION);
    await openFile(other.page, FASHION);
    const [mine, theirs] = [await convlensFrame(page), await convlensFrame(other.page)];
    const kept = await lookAt(other.page, theirs);
    await runCommand(page, 'ConvLens: Set Input Size');
    await answer(page, '3x1x28x28');
    await until('the new size', async () => ((await sceneFacts(mine)).input === '3×1×28×28' ? true : undefined));
    assert.equal((await sceneFacts(theirs)).input, '1×1×28×28');
    await expectKept(theirs, kept);
    // The folder of the web host is served over HTTP, where nobody tells of changes.
    if (hostKind === 'node') {
      const changed = Buffer.from(original);
      changed.write('PyTorch', changed.indexOf('pytorch'), 'latin1');
      await writeFile(`${folder}.part`, changed);
      await rename(`${folder}.part`, folder);
      const follow = async (producer: string): Promise<void> => {
        for (const frame of [mine, theirs])
          await until(`the producer ${producer}`, async () =>
            ((await frame.locator('[data-testid=header] .facts').getAttribute('title')) ?? '').includes(producer)
              ? true
              : undefined,
          );
      };
      await follow('PyTorch');
      await expectKept(theirs, kept);
      await writeFile(folder, original);
      // A model that is read again ends the run on it.
      await follow('pytorch');
    }
    await runPicture(other.page, theirs, 'sneaker-1.png');
    await closeEditors(other.page);
    expectQuiet(session);
    assert.deepEqual(other.problems.take(), []);
  });
});
