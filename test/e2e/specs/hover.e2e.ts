import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { expectQuiet } from '../harness/expect';
import { clickNode, hoverNode, nodeIndex, pageState, textOf } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { convlensFrame, openFile, runCommand, screenshot } from '../harness/vscode';

describe(`hovering a layer (${hostKind} host)`, () => {
  let session: Session;
  let frame: Frame;
  let conv2: number;
  before(async () => {
    session = await launchHost();
    await openFile(session.page, 'fashion-mnist/fashion-mnist.onnx');
    frame = await convlensFrame(session.page);
    conv2 = await nodeIndex(frame, 'Conv', 1);
  });
  after(() => session.stop());
  afterEach(() => {
    expectQuiet(session);
  });

  it('tells the second convolution by its numbers', async () => {
    await runCommand(session.page, 'ConvLens: Fit Graph');
    await hoverNode(session.page, frame, conv2);
    const card = await textOf(frame, 'hover-card');
    await screenshot(session.page, 'hover-conv2');
    assert.match(card, /Conv/);
    assert.match(card, /conv2/);
    assert.match(card, /5×5/);
    assert.match(card, /12×14×14/, 'input size');
    assert.match(card, /24×10×10/, 'output size');
    // conv1 sees 5, pooling adds 1, then four steps of stride 2: 5 + 1 + 4·2
    assert.match(card, /\b14\b/, 'receptive field');
    assert.match(card, /7224/, '24·12·5·5 + 24 synapses');
    assert.match(card, /8(\.0)? ?%|7\.97 ?%/, 'share of 90 670');
    assert.match(card, /720000|720 ?k|0\.72 ?M/i, 'multiplications');
  });

  it('pins a layer in the inspector with its weights', async () => {
    await clickNode(session.page, frame, conv2);
    const inspector = await textOf(frame, 'inspector');
    assert.match(inspector, /kernel_shape/);
    assert.match(inspector, /24×12×5×5/, 'shape of the weights');
    assert.equal((await pageState(frame)).selection, conv2);
    // kernels as pictures, read lazily from the file
    await frame.locator('[data-testid=inspector] canvas').first().waitFor();
    await screenshot(session.page, 'inspector-conv2');
  });

  it('walks along the flow with the arrow keys', async () => {
    await clickNode(session.page, frame, conv2);
    await session.page.keyboard.press('ArrowDown');
    const { selection, scene } = await pageState(frame);
    assert.notEqual(selection, conv2);
    assert.match(scene!.nodes.find((node) => node.id === selection)!.op, /Relu|MaxPool/);
  });
});
