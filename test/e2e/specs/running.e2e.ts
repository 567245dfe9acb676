import assert from 'node:assert/strict';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { expectClose, expectQuiet } from '../harness/expect';
import { clickNode, mapValues, nodeIndex, pageState, runPicture } from '../harness/lens';
import { greyInput, reference } from '../harness/reference';
import { hostKind, launchHost, type Session } from '../harness/session';
import { closeEditors, convlensFrame, openFile, screenshot } from '../harness/vscode';
import { corpusDir, hasCorpus, samplesDir } from '../harness/workspace';

const MODEL = path.join(samplesDir, 'fashion-mnist/fashion-mnist.onnx');
const PICTURE = 'sneaker-1.png';

const top1 = (frame: Frame): Promise<string> => frame.locator('[data-testid=top5] li').first().innerText();

describe(`running a picture (${hostKind} host)`, () => {
  let session: Session;
  before(async () => {
    session = await launchHost({
      extras: hasCorpus
        ? { 'corpus/squeezenet.onnx': { from: path.join(corpusDir, 'models/squeezenet_fp16_winml.onnx') } }
        : {},
    });
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  it('knows a sneaker, and its maps are those of onnxruntime-node', async () => {
    await openFile(session.page, 'fashion-mnist/fashion-mnist.onnx');
    const frame = await convlensFrame(session.page);
    await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', 1));
    await runPicture(session.page, frame, PICTURE);
    assert.match(await top1(frame), /Sneaker/);
    assert.match((await pageState(frame)).run.provider ?? '', /wasm|webgpu/i);

    const name = '/conv2/Conv_output_0';
    const truth = await reference(MODEL, await greyInput(path.join(samplesDir, 'fashion-mnist/images', PICTURE)), [
      name,
    ]);
    const { dims, values } = truth[name]!;
    assert.deepEqual(dims, [1, 24, 10, 10]);
    await frame.locator('[data-testid=maps] canvas[data-channel]').first().waitFor();
    assert.equal(await frame.locator('[data-testid=maps] canvas[data-channel]').count(), 24);
    for (const channel of [0, 7, 23]) {
      expectClose(await mapValues(frame, channel), values.subarray(channel * 100, (channel + 1) * 100), 1e-4);
    }
    await screenshot(session.page, 'maps-fashion-mnist');
  });

  it('paints each map with more than one colour', async () => {
    await openFile(session.page, 'fashion-mnist/fashion-mnist.onnx');
    const frame = await convlensFrame(session.page);
    await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', 0));
    await runPicture(session.page, frame, PICTURE);
    const map = frame.locator('[data-testid=maps] canvas[data-channel="0"]');
    await map.waitFor();
    const colours = await map.evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    const values = await mapValues(frame, 0);
    assert.ok(new Set(values).size > 10, 'the first map of this picture is not flat');
    assert.ok(colours > 10, `${String(colours)} colours for ${String(new Set(values).size)} values`);
  });

  it('says Egyptian cat to the picture of a cat', async function () {
    if (!hasCorpus) this.skip();
    await openFile(session.page, 'corpus/squeezenet.onnx');
    const frame = await convlensFrame(session.page);
    await runPicture(session.page, frame, 'chelsea.jpg');
    const first = await top1(frame);
    assert.match(first, /Egyptian cat|285/);
    await screenshot(session.page, 'cat-squeezenet');
  });
});
