import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { expectQuiet } from '../harness/expect';
import { clickNode, nodeIndex, pageState, plain } from '../harness/lens';
import { SMALL } from '../harness/nets';
import { hostKind, launchHost, type Session } from '../harness/session';
import { openText } from '../harness/text';
import { closeEditors, convlensFrame, openFile, runCommand, saveAs } from '../harness/vscode';

describe(`cutting a net (${hostKind} host)`, () => {
  let session: Session;
  before(async () => {
    session = await launchHost({ extras: { 'mine/small.cnn.yaml': { text: SMALL } } });
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  async function openBeside(): Promise<Frame> {
    await openText(session.page, 'mine/small.cnn.yaml');
    await runCommand(session.page, 'ConvLens: Open Graph to the Side');
    return convlensFrame(session.page);
  }

  it('leaves what stands before a layer, as a model', async () => {
    const { page } = session;
    const frame = await openBeside();
    await clickNode(page, frame, await nodeIndex(frame, 'Conv', 0));
    await runCommand(page, 'ConvLens: Cut Here');
    // No head is asked for.
    await page.locator('.quick-input-widget:visible', { hasText: 'head on the 64 channels' }).waitFor();
    await page.keyboard.press('Enter');
    await saveAs(page, 'small-first.onnx');
    const told = page.locator('.notification-list-item-message', { hasText: 'small-first.onnx was written' });
    await told.waitFor();
    assert.match(plain(await told.innerText()), /2 of 9 operators.*640 of 5346.*64 channels learns 65 synapses/);
    await closeEditors(page);
    await openFile(page, 'mine/small-first.onnx');
    const cut = await convlensFrame(page);
    // With its activation: a box ends where that ends.
    assert.deepEqual(
      (await pageState(cut)).scene?.nodes.map(({ op }) => op),
      ['Conv', 'Relu'],
    );
  });

  it('puts a new head onto it', async () => {
    const { page } = session;
    const frame = await openBeside();
    await clickNode(page, frame, await nodeIndex(frame, 'Conv', 0));
    await runCommand(page, 'ConvLens: Cut Here');
    const input = page.locator('.quick-input-widget:visible input[type=text]');
    const asks = page.locator('.quick-input-widget:visible');
    await asks.filter({ hasText: 'head on the 64 channels' }).waitFor();
    await input.fill('ten');
    await asks.filter({ hasText: 'A whole number of classes' }).waitFor();
    await input.fill('10');
    await asks.filter({ hasText: '650 synapses to learn' }).waitFor();
    await page.keyboard.press('Enter');
    await saveAs(page, 'small-first-head10.onnx');
    const told = page.locator('.notification-list-item-message', { hasText: 'head10.onnx was written' });
    await told.waitFor();
    assert.match(plain(await told.innerText()), /2 of 9 operators.*head of 10 classes has 650 synapses to learn/);
    await closeEditors(page);
    await openFile(page, 'mine/small-first-head10.onnx');
    const { scene } = await pageState(await convlensFrame(page));
    assert.deepEqual(
      scene?.nodes.map(({ op }) => op),
      ['Conv', 'Relu', 'GlobalAveragePool', 'Flatten', 'Gemm'],
    );
    assert.equal(scene.header.parameters, 640 + 650);
  });
});
