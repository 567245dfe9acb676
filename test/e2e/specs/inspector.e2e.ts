import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { cellsIn, firstElement, kernelGrid } from '../../../webview/panels/kernelGrid';
import { readReferenceOnnx } from '../../support/referenceOnnx';
import { expectQuiet } from '../harness/expect';
import { FASHION } from '../harness/fashion';
import { clickNode, nodeIndex, pageState, textOf } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { convlensFrame, openFile, screenshot, until } from '../harness/vscode';
import { samplesDir } from '../harness/workspace';

/** Elements of a small constant, read by the reference reader. */
function storedElements(name: string): readonly number[] {
  const { graph } = readReferenceOnnx(readFileSync(path.join(samplesDir, FASHION)));
  const elements = graph.values[graph.valueByName.get(name) ?? -1]?.constant?.elements;
  assert.equal(elements?.kind, 'inline');
  return elements.values.map(Number);
}

describe(`the inspector (${hostKind} host)`, () => {
  let session: Session;
  let frame: Frame;
  before(async () => {
    session = await launchHost();
    await openFile(session.page, FASHION);
    frame = await convlensFrame(session.page);
  });
  after(() => session.stop());
  afterEach(() => {
    expectQuiet(session);
  });

  it('draws kernels in the colours of the values that the file holds', async () => {
    await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', 0));
    const canvas = frame.locator('[data-testid=inspector] canvas').first();
    await canvas.scrollIntoViewIfNeeded();
    const kernels = { rowCount: 12, columnCount: 1, height: 5, width: 5 };
    const weights = storedElements('conv1.weight');
    const most = Math.max(...weights.map(Math.abs));
    const width = await frame
      .locator('.kernels')
      .first()
      .evaluate((element) => element.clientWidth);
    const grid = kernelGrid(kernels, width);
    const places = [...cellsIn(grid, kernels, { x: 0, y: 0, width, height: grid.sheetHeight })].flatMap((cell) =>
      Array.from({ length: 25 }, (_, at) => ({
        value: weights[firstElement(kernels, cell) + at]!,
        x: cell.x + ((at % 5) + 0.5) * grid.pixel,
        y: cell.y + (Math.floor(at / 5) + 0.5) * grid.pixel,
      })),
    );
    const drawn = await until('the kernels to be drawn', async () => {
      const colours = await canvas.evaluate((element, points) => {
        const picture = (element as unknown as HTMLCanvasElement).getContext('2d')!;
        const ratio = (element as unknown as HTMLCanvasElement).width / element.clientWidth;
        return points.map(({ x, y }) => [...picture.getImageData(x * ratio, y * ratio, 1, 1).data]);
      }, places);
      return colours.every(([, , , alpha]) => alpha === 255) ? colours : undefined;
    });
    const wrong = places.filter(({ value }, i) => {
      const [red = 0, , blue = 0] = drawn[i]!;
      return Math.abs(value) > most / 8 && (value > 0 ? red <= blue : blue <= red);
    });
    assert.equal(places.length, 300);
    assert.deepEqual(wrong, []);
    await screenshot(session.page, 'inspector-kernels');
  });

  it('tells defaults from what the file says, and what the weights are like', async () => {
    const text = await textOf(frame, 'inspector');
    assert.match(text, /auto_pad \| NOTSETdefault/);
    assert.match(text, /pads \| 2, 2, 2, 2/);
    const weights = storedElements('conv1.weight');
    const mean = weights.reduce((a, b) => a + b, 0) / weights.length;
    const shown = /Weights 12×1×5×5 \| mean ([−\d.]+)/.exec(text)?.[1]?.replace('−', '-');
    assert.ok(Math.abs(Number(shown) - mean) < 0.005 * Math.abs(mean), `${shown} for ${mean}`);
    assert.match(text, /Sharing one kernel over 28×28 places saves a factor of 784/);
  });

  it('goes on to a neighbour, and the keyboard with it', async () => {
    const pool = await nodeIndex(frame, 'MaxPool', 0);
    const relu = await nodeIndex(frame, 'Relu', 0);
    await frame.locator(`[data-testid=inspector] [data-go="${relu}"]`).focus();
    await session.page.keyboard.press('Enter');
    await frame.locator(`[data-testid=inspector] [data-go="${pool}"]`).waitFor();
    assert.equal((await pageState(frame)).selection, relu);
    assert.ok(await frame.evaluate(() => document.querySelector('[data-testid=inspector]')?.matches(':focus')));
    await session.page.keyboard.press('Tab');
    assert.ok(await frame.evaluate(() => document.querySelector('[data-testid=inspector] :focus') !== null));
  });

  it('is told apart from the card, which a key opens and Escape closes', async () => {
    await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', 1));
    const card = frame.locator('[data-testid=hover-card]');
    await session.page.mouse.move(5, 5);
    await card.waitFor({ state: 'hidden' });
    await session.page.keyboard.press('Space');
    assert.match(await textOf(frame, 'hover-card'), /24×10×10/);
    await until('the card to be read out', async () => {
      const told = await frame.locator('[aria-live=polite]').first().textContent();
      return told?.includes('Synapses: 7') === true ? told : undefined;
    });
    await session.page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
    assert.match(await textOf(frame, 'inspector'), /24×10×10/);
    await session.page.keyboard.press('Space');
    await card.waitFor();
    await session.page.keyboard.press('Escape');
    await session.page.keyboard.press('Escape');
    await frame.locator('[data-testid=inspector]').waitFor({ state: 'hidden' });
  });

  it('keeps folded what was folded', async () => {
    await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', 0));
    await textOf(frame, 'inspector');
    await frame.locator('.sect-formula .sect-fold').click();
    await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', 1));
    await until('the other layer', async () => (await textOf(frame, 'inspector')).includes('conv2') || undefined);
    assert.equal(await frame.locator('.sect-formula .formula').isVisible(), false);
    await frame.locator('.sect-formula .sect-fold').click();
    assert.equal(await frame.locator('.sect-formula .formula').isVisible(), true);
  });

  it('tells of a module what its operators sum up to, and why weights cannot be shown', async () => {
    await openFile(session.page, 'architectures/resnet18.onnx');
    const resnet = await until('ResNet-18', async () => {
      const shown = await convlensFrame(session.page);
      return (await pageState(shown)).scene?.header.parameters === 11_684_712 ? shown : undefined;
    });
    await resnet.locator('[role=treeitem][data-group]').first().focus();
    await session.page.keyboard.press('Space');
    const text = await textOf(resnet, 'inspector');
    assert.match(text, /^layer1/);
    // four convolutions of 64·64·3·3 + 64
    assert.match(text, /148 k · 1\.3 % of the net/);
    assert.match(text, /Conv \| 4/);
    await screenshot(session.page, 'inspector-module');
    await clickNode(session.page, resnet, await nodeIndex(resnet, 'Conv', 0));
    await until(
      'why there are no values',
      async () =>
        (await textOf(resnet, 'inspector')).includes('No values to show: made by ConstantOfShape') || undefined,
    );
  });
});
