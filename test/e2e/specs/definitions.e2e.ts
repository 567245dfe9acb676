import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { readDefinition } from '../../../src/core/formats/cnn/definition';
import { writeOnnx } from '../../../src/core/formats/onnx/write';
import { expectClose, expectQuiet } from '../harness/expect';
import {
  cameraOf,
  clickNode,
  nodeIndex,
  pageState,
  plain,
  runPicture,
  sceneFacts,
  textOf,
  untilKept,
} from '../harness/lens';
import { NARROW, residual, SMALL } from '../harness/nets';
import { pictureInput, reference } from '../harness/reference';
import { hostKind, launchHost, type Session } from '../harness/session';
import { runInfo, runTensor } from '../harness/tensors';
import { cursorAt, lenses, lineLike, openText, putCursor, quickFix, shownLines, typeOver } from '../harness/text';
import {
  closeEditors,
  convlensFrame,
  openFile,
  pick,
  reloadWindow,
  runCommand,
  saveAs,
  screenshot,
  setTheme,
  until,
} from '../harness/vscode';
import { framesOf, listedProblems, menuOf, titleButtons } from '../harness/workbench';
import { samplesDir } from '../harness/workspace';

const RESIDUAL = residual(64, 32);

/** 64 kernels of 3×3 with their biases, 8 over 64 channels with theirs, 8 → 10. */
const parametersOf = (width: number): number => width * 10 + 8 * (9 * width + 1) + 8 * 10 + 10;

const parameters = async (frame: Frame): Promise<number | undefined> =>
  (await pageState(frame)).scene?.header.parameters;

describe(`definitions (${hostKind} host)`, () => {
  let session: Session;
  before(async () => {
    session = await launchHost({
      extras: {
        'mine/residual.cnn.yaml': { text: RESIDUAL },
        'mine/small.cnn.yaml': { text: SMALL },
        'mine/typed.cnn.yaml': { text: SMALL },
        'mine/empty.cnn.yaml': { text: '# nothing yet\n' },
        'mine/names.cnn.yaml': { text: RESIDUAL },
        'mine/narrow.cnn.yaml': { text: NARROW },
      },
    });
  });
  after(() => session.stop());
  afterEach(async () => {
    // What was typed into a file that has one is saved, here or by VS Code itself; the rest is thrown away.
    await runCommand(session.page, 'File: Save All Files').catch(() => undefined);
    await closeEditors(session.page);
    expectQuiet(session);
  });

  async function openBeside(file: string): Promise<Frame> {
    await openText(session.page, file);
    await runCommand(session.page, 'ConvLens: Open Graph to the Side');
    return convlensFrame(session.page);
  }

  it('are text, coloured, with figures over and behind their lines', async () => {
    const { page } = session;
    await openText(page, 'lecture/01-notation.cnn.yaml');
    const hinted = await lineLike(page, /conv: 8.*synapses/);
    // The gap before a hint is a blank here and a margin there.
    assert.equal(
      hinted.replace(/ +/g, ' ').replace(/ ?→/, ' →'),
      ' - conv: 8 5x5 pad same relu → 8×32×32 · sees 5 · 608 synapses',
    );
    const told = await until('the totals', async () => {
      const all = await lenses(page);
      return all.length > 0 ? all.join(' ') : undefined;
    });
    assert.match(plain(told), /12\.0 k parameters · .* MACs · a unit sees 12 of 32 px/);
    for (const link of ['Open Graph', 'Run', 'Export as ONNX']) assert.ok(told.includes(link), told);
    const colours = await page
      .locator('.view-line', { hasText: /^input:/ })
      .first()
      .evaluate((line) => new Set([...line.querySelectorAll('span > span')].map((span) => span.className)).size);
    assert.ok(colours > 1, 'key and value are told apart');
    assert.ok((await titleButtons(page)).includes('Open Graph to the Side'));
  });

  it('have their graph beside them, and it follows what is typed', async () => {
    const { page } = session;
    const frame = await openBeside('mine/typed.cnn.yaml');
    assert.equal(await parameters(frame), parametersOf(64));
    const second = await nodeIndex(frame, 'Conv', 1);
    await clickNode(page, frame, second);
    const before = await cameraOf(frame);
    await putCursor(page, 3, 11);
    await until('the layer of the cursor', async () =>
      (await pageState(frame)).selection === (await nodeIndex(frame, 'Conv', 0)) ? true : undefined,
    );
    await typeOver(page, 2, '32');
    await until('half the channels', async () => ((await parameters(frame)) === parametersOf(32) ? true : undefined));
    assert.deepEqual(await cameraOf(frame), before, 'nothing moves that the user did not move');
    await lineLike(page, /conv: 32.*→ 32×28×28 · sees 3 · 320 synapses/);
    // The text still has the focus: a new layer is put in, and what was selected stays selected.
    await putCursor(page, 5, 1);
    await page.keyboard.type('  - conv: 4', { delay: 40 });
    await page.keyboard.press('Enter');
    const { scene } = await until('a graph with three convolutions', async () => {
      const state = await pageState(frame);
      return state.scene?.nodes.filter(({ op }) => op === 'Conv').length === 3 ? state : undefined;
    });
    assert.equal(scene?.nodes.filter(({ name }) => name === 'second').length, 1);
    await screenshot(page, 'definition-half-typed');
    assert.ok((await sceneFacts(frame)).problems.length > 0, 'a kernel is missing, and the graph so far says so');
  });

  it('say what does not fit on the very word, and how to mend it', async () => {
    const { page } = session;
    const frame = await openBeside('mine/residual.cnn.yaml');
    const [problem] = await listedProblems(page);
    assert.match(problem!, /8×8 and 6×6 and cannot be added/);
    const line = RESIDUAL.split('\n').findIndex((text) => text.includes('[d, previous]')) + 1;
    assert.match(problem!, new RegExp(`Ln ${String(line)}, Col 14`));
    assert.match(await textOf(frame, 'message'), /8×8 and 6×6/);
    await screenshot(page, 'definition-problem-dark');
    await setTheme(page, 'light');
    await screenshot(page, 'definition-problem-light');
    await setTheme(page, 'dark');
    await putCursor(page, line, 16);
    await quickFix(page, 'Pad line 12 with 1');
    await lineLike(page, /conv: 32 3x3 pad 1 relu.*→ 32×8×8/);
    await until('a graph without problems', async () =>
      (await sceneFacts(frame)).problems.length === 0 ? true : undefined,
    );
    await lineLike(page, /add: \[d, previous\].*→ 32×8×8 · sees/);
  });

  it('go on as they were meant behind a slip of the fingers', async () => {
    const { page } = session;
    const frame = await openBeside('mine/residual.cnn.yaml');
    const before = await parameters(frame);
    await putCursor(page, 5, 5);
    await page.keyboard.press('Backspace');
    await lineLike(page, /-maxpool: 3x3.*→ 64×16×16/);
    await until('one problem', async () => ((await sceneFacts(frame)).problems.length === 1 ? true : undefined));
    assert.equal(await parameters(frame), before);
    await putCursor(page, 5, 4);
    await quickFix(page, 'Insert a blank');
    await until('no problem', async () => ((await sceneFacts(frame)).problems.length === 0 ? true : undefined));
  });

  it('select in the graph what the cursor is in, and put the cursor where one clicks', async () => {
    const { page } = session;
    const frame = await openBeside('mine/small.cnn.yaml');
    await putCursor(page, 5, 6);
    await until('the pooling', async () =>
      (await pageState(frame)).selection === (await nodeIndex(frame, 'MaxPool')) ? true : undefined,
    );
    // A key under a layer is the layer's.
    await putCursor(page, 7, 8);
    await until('the second convolution', async () =>
      (await pageState(frame)).selection === (await nodeIndex(frame, 'Conv', 1)) ? true : undefined,
    );
    await clickNode(page, frame, await nodeIndex(frame, 'Conv', 0));
    await page.locator('.tab', { hasText: 'small.cnn.yaml' }).first().click();
    await until('the cursor in line 3', async () => ((await cursorAt(page)).startsWith('3:') ? true : undefined));
  });

  it('run on a picture, and every tensor is that of onnxruntime-node', async () => {
    const { page } = session;
    const frame = await openBeside('mine/small.cnn.yaml');
    await runPicture(page, frame, 'digit_2.png');
    const { values, preparation } = await runInfo(frame);
    const folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-definition-'));
    try {
      const model = path.join(folder, 'small.onnx');
      await writeFile(model, (await writeOnnx(readDefinition(SMALL).model, null)).bytes!);
      const input = await pictureInput(path.join(samplesDir, 'images/digit_2.png'), preparation);
      const truth = await reference(model, input, values);
      assert.ok(values.includes('first') && values.length > 4, values.join());
      for (const value of values) {
        const got = await runTensor(frame, value);
        assert.deepEqual(got?.dims, truth[value]!.dims, value);
        expectClose(got.values, truth[value]!.values, 1e-4);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    await clickMaps(frame);
    await screenshot(page, 'definition-run');
  });

  async function clickMaps(frame: Frame): Promise<void> {
    await frame.locator('[data-testid=maps] canvas[data-channel]').first().waitFor();
  }

  it('run as a narrow twin where they say so, and the page says that', async () => {
    const { page } = session;
    const frame = await openBeside('mine/narrow.cnn.yaml');
    assert.equal(await parameters(frame), 32 * 28 + 32 * 10 + 10, 'the figures are of the full size');
    await runPicture(page, frame, 'chelsea.jpg');
    assert.deepEqual((await runTensor(frame, 'wide'))?.dims, [1, 8, 32, 32]);
    await frame.getByText('Ran with width 1/4').first().waitFor();
    await screenshot(page, 'definition-narrow');
  });

  it('are written as ONNX, and the file has the analysis of the text', async () => {
    const { page } = session;
    await openText(page, 'mine/small.cnn.yaml');
    await runCommand(page, 'ConvLens: Export as ONNX');
    await saveAs(page, 'small.onnx');
    await page.locator('.notification-list-item-message', { hasText: 'small.onnx was written' }).waitFor();
    if (hostKind === 'node') {
      const file = path.join(session.folder, 'mine/small.onnx');
      assert.ok(existsSync(file));
      const { bytes } = await writeOnnx(readDefinition(SMALL, 'small').model, null);
      assert.deepEqual(new Uint8Array(await readFile(file)), bytes);
    }
    await openFile(page, 'mine/small.onnx');
    const frame = await convlensFrame(page);
    assert.equal(await parameters(frame), parametersOf(64));
    const { scene } = await pageState(frame);
    assert.deepEqual(
      scene?.nodes.map(({ op, name }) => [op, name]),
      readDefinition(SMALL).model.graph.nodes.map(({ op, name }) => [op, name]),
    );
  });

  it('open with their graph from the Explorer, and stand there again when the window is loaded anew', async () => {
    const { page } = session;
    const menu = await menuOf(page, 'mine/small.cnn.yaml');
    await menu.getByText('Open Graph to the Side', { exact: true }).click();
    const frame = await convlensFrame(page);
    await clickNode(page, frame, await nodeIndex(frame, 'MaxPool'));
    await untilKept(frame);
    await reloadWindow(page);
    const [again] = (await framesOf(page, 1)) as [Frame];
    assert.equal(await parameters(again), parametersOf(64));
    await until('the selection of before', async () =>
      (await pageState(again)).selection === (await nodeIndex(again, 'MaxPool')) ? true : undefined,
    );
    assert.match(await page.locator('.tab', { hasText: 'Graph of small.cnn.yaml' }).innerText(), /Graph of/);
  });

  it('come as samples that may be changed', async () => {
    const { page } = session;
    await runCommand(page, 'ConvLens: Open Sample');
    await pick(page, 'Max pooling');
    const frame = await convlensFrame(page);
    assert.equal((await sceneFacts(frame)).input, '1×1×128×128');
    await lineLike(page, /maxpool/);
    await runCommand(page, 'View: Focus First Editor Group');
    await runCommand(page, 'View: Revert and Close Editor');
  });

  it('begin with a small net where there is nothing yet', async () => {
    const { page } = session;
    const frame = await openBeside('mine/empty.cnn.yaml');
    assert.match(await frame.locator('.empty').innerText(), /input: 28x28x1/);
    await screenshot(page, 'definition-empty');
    await frame.locator('[data-testid=begin]').click();
    const learned = 16 * 10 + 32 * (16 * 9 + 1) + 32 * 10 + 10;
    await until('a net', async () => ((await parameters(frame)) === learned ? true : undefined));
    await lineLike(page, /globalavgpool/);
  });

  it('complete, explain and rename', async () => {
    const { page } = session;
    await openText(page, 'mine/names.cnn.yaml');
    await putCursor(page, 6, 11);
    await page.keyboard.press('F2');
    await page.locator('.rename-box input').fill('pool');
    await page.keyboard.press('Enter');
    await lineLike(page, /add: \[pool, previous\]/);
    await putCursor(page, 15, 99);
    await page.keyboard.press('Enter');
    await page.keyboard.type('- glob', { delay: 40 });
    const row = page.locator('.suggest-widget .monaco-list-row', { hasText: 'globalavgpool' });
    await row.first().waitFor();
    await page.keyboard.press('Escape');
    await putCursor(page, 4, 6);
    await runCommand(page, 'Show or Focus Hover');
    const card = page.locator('.monaco-hover:visible', { hasText: 'Convolution' });
    await card.first().waitFor();
    assert.match(plain(await card.first().innerText()), /64×32×32/);
    await screenshot(page, 'definition-hover');
    assert.ok((await shownLines(page)).length > 10);
  });
});
