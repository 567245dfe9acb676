import assert from 'node:assert/strict';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { expectQuiet } from '../harness/expect';
import { FASHION } from '../harness/fashion';
import { clickNode, nodeIndex, pageState, sceneFacts, textOf } from '../harness/lens';
import { expectKept, lookAt } from '../harness/look';
import { hostKind, launchHost, type Session } from '../harness/session';
import {
  answer,
  closeEditors,
  convlensFrame,
  openFile,
  runCommand,
  screenshot,
  setTheme,
  until,
} from '../harness/vscode';
import { framesOf, listedProblems } from '../harness/workbench';
import { corpusDir, hasCorpus } from '../harness/workspace';

describe(`files and editors (${hostKind} host)`, () => {
  let session: Session;
  let original: Buffer;
  const onDisk = (): string => path.join(session.folder, FASHION);
  before(async () => {
    const from = path.join(corpusDir, 'bad/trunc_0p5.onnx');
    session = await launchHost({ extras: hasCorpus ? { 'bad/truncated.onnx': { from } } : {} });
    original = await readFile(onDisk());
  });
  after(() => session.stop());
  afterEach(async () => {
    await writeFile(onDisk(), original);
    await closeEditors(session.page);
    expectQuiet(session);
  });

  it('open twice side by side, and a new input size reaches both', async () => {
    await openFile(session.page, FASHION);
    await convlensFrame(session.page);
    await runCommand(session.page, 'View: Split Editor Right');
    const [left, right] = (await framesOf(session.page, 2)) as [Frame, Frame];
    await clickNode(session.page, right, await nodeIndex(right, 'Conv', 1));
    assert.equal((await pageState(left)).selection, null, 'each editor has a selection of its own');
    await runCommand(session.page, 'ConvLens: Set Input Size');
    await answer(session.page, '3x1x28x28');
    for (const frame of [left, right]) {
      await until('the new size', async () => ((await sceneFacts(frame)).input === '3×1×28×28' ? true : undefined));
    }
    await screenshot(session.page, 'side-by-side');
    await runCommand(session.page, 'View: Close Editor');
    const [rest] = (await framesOf(session.page, 1)) as [Frame];
    await clickNode(session.page, rest, await nodeIndex(rest, 'Conv', 0));
    assert.equal((await pageState(rest)).selection, await nodeIndex(rest, 'Conv', 0));
  });

  it('keep camera and selection while another editor covers them', async () => {
    await openFile(session.page, FASHION);
    const kept = await lookAt(session.page, await convlensFrame(session.page));
    await openFile(session.page, 'shapes/shapes.onnx');
    await until('the other model', async () => {
      const frame = await convlensFrame(session.page);
      return (await textOf(frame, 'header')).includes('shapes.onnx') ? true : undefined;
    });
    await session.page.locator('.tab', { hasText: 'fashion-mnist.onnx' }).click();
    const [frame] = (await framesOf(session.page, 1)) as [Frame];
    assert.match(await textOf(frame, 'header'), /fashion-mnist\.onnx/);
    await expectKept(frame, kept);
  });

  it('take on the colours of a theme while they are open', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    const ground = (): Promise<string> =>
      frame.locator('canvas[data-testid=stage]').evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        return String(canvas.getContext('2d')!.getImageData(2, canvas.height >> 1, 1, 1).data);
      });
    const dark = await ground();
    await setTheme(session.page, 'light');
    const light = await until('another ground', async () => {
      const now = await ground();
      return now === dark ? undefined : now;
    });
    assert.ok(Number(light.split(',')[0]) > 200 || light.endsWith(',0'), `ground ${light}`);
    await setTheme(session.page, 'dark');
    await until('the ground of before', async () => ((await ground()) === dark ? true : undefined));
  });

  it('are listed in the Problems panel with what is wrong, and where', async function () {
    if (!hasCorpus) this.skip();
    await openFile(session.page, 'bad/truncated.onnx');
    const frame = await convlensFrame(session.page);
    assert.match(await textOf(frame, 'message'), /ends after 8 ?269 bytes/);
    await screenshot(session.page, 'truncated');
    const [problem] = await listedProblems(session.page);
    assert.match(problem!, /ends after 8.269 bytes.*graph\.initializer\[6\]/);
    assert.match(problem!, /onnx\/truncated/);
    await closeEditors(session.page);
    const counted = await session.page.locator('.statusbar-item[id="status.problems"]').innerText();
    assert.deepEqual(counted.match(/\d+/g), ['0', '0'], 'a closed file has no problems');
  });

  // The folder of the web host is served over HTTP, where nobody tells of changes.
  const onDiskIt = hostKind === 'node' ? it : it.skip;

  onDiskIt('are read again when they change on disk, with camera and selection kept', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    const kept = await lookAt(session.page, frame);
    const changed = Buffer.from(original);
    const at = changed.indexOf('pytorch');
    assert.ok(at > 0);
    changed.write('PyTorch', at, 'latin1');
    // As careful programs save: beside the file, then in its place.
    await writeFile(`${onDisk()}.part`, changed);
    await rename(`${onDisk()}.part`, onDisk());
    await until('the new producer', async () =>
      ((await frame.locator('[data-testid=header] .facts').getAttribute('title')) ?? '').includes('PyTorch')
        ? true
        : undefined,
    );
    await expectKept(frame, kept);
  });

  onDiskIt('say what is wrong when the change broke them, and recover', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    await writeFile(onDisk(), original.subarray(0, 20_000));
    await until('a message', async () => {
      const { problems } = await sceneFacts(frame);
      return problems.some(({ code }) => code === 'onnx/truncated') ? true : undefined;
    });
    assert.match(await textOf(frame, 'message'), /ends after 20 ?000 bytes/);
    await writeFile(onDisk(), original);
    await until('the message to go', async () => ((await sceneFacts(frame)).problems.length === 0 ? true : undefined));
    await frame.locator('[data-testid=message]').waitFor({ state: 'hidden' });
  });

  onDiskIt('stay as they were when the file is deleted, and say so', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    const { operators } = await sceneFacts(frame);
    await rm(onDisk());
    await frame.getByText('fashion-mnist.onnx is gone').first().waitFor();
    assert.equal((await sceneFacts(frame)).operators, operators);
    await screenshot(session.page, 'deleted');
    await writeFile(onDisk(), original);
    await frame.locator('[data-testid=message]').waitFor({ state: 'hidden' });
  });
});
