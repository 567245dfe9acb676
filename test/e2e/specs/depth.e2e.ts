import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import type { Frame, Locator } from 'playwright-core';
import { expectQuiet } from '../harness/expect';
import { clickNode, nodeIndex, pageState } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { convlensFrame, openFile, saveAs, screenshot, until } from '../harness/vscode';

describe(`the chart along the depth (${hostKind} host)`, () => {
  let session: Session;
  let frame: Frame;
  before(async () => {
    session = await launchHost();
    await openFile(session.page, 'architectures/vgg16.onnx');
    frame = await convlensFrame(session.page);
  });
  after(() => session.stop());
  afterEach(() => {
    expectQuiet(session);
  });

  const chart = (): Locator => frame.locator('[data-testid=depth-chart]');
  const options = (): Locator => chart().locator('[role=option]');

  it('has a column for every layer with windows or weights, with what it sees and costs', async () => {
    await frame.locator('[data-testid=header] [aria-label=Depth]').click();
    await options().first().waitFor();
    // Thirteen convolutions, five poolings, three fully connected layers.
    assert.equal(await options().count(), 13 + 5 + 3);
    // What would be seen without pooling comes a moment after the rest.
    const labels = await until('what is seen without pooling', async () => {
      const all = await options().evaluateAll((every) => every.map((one) => one.getAttribute('aria-label') ?? ''));
      return all.some((label) => label.includes('without pooling')) ? all : undefined;
    });
    const pools = labels.filter((label) => label.startsWith('Max pool'));
    assert.match(pools.at(-1)!, /sees 212 px, without pooling 27 px/);
    assert.match(labels[0]!, /Conv 3×3 · 64.*64×224×224, sees 3 px, 1\u202f792 parameters \(<0\.1\u00a0%\)/);
    assert.match(labels.at(-3)!, /sees all of the input.*102\u202f764\u202f544 parameters \(74\u00a0%\)/);
    // A box for each of them and for the picture.
    assert.equal(await chart().locator('.depth-box').count(), 1 + 21);
    await screenshot(session.page, 'depth');
  });

  it('selects by pointer and by keys, in the graph as well', async () => {
    const third = options().nth(2);
    await third.locator('rect').click();
    const pool = await nodeIndex(frame, 'MaxPool');
    assert.equal((await pageState(frame)).selection, pool);
    assert.equal(await third.getAttribute('aria-selected'), 'true');
    await chart().focus();
    await session.page.keyboard.press('ArrowRight');
    assert.equal((await pageState(frame)).selection, await nodeIndex(frame, 'Conv', 2));
    await session.page.keyboard.press('End');
    assert.equal((await pageState(frame)).selection, await nodeIndex(frame, 'Gemm', 2));
    await session.page.keyboard.press('Enter');
    await chart().waitFor({ state: 'hidden' });
  });

  it('follows a selection made in the graph', async () => {
    await frame.locator('[data-testid=header] [aria-label^=Fit]').click();
    const pool = await nodeIndex(frame, 'MaxPool', 1);
    await clickNode(session.page, frame, pool);
    await session.page.keyboard.press('4');
    await options().first().waitFor();
    const selected = chart().locator('[role=option][aria-selected=true]');
    assert.match((await selected.getAttribute('aria-label')) ?? '', /^Max pool.*128×56×56/);
  });

  it('is saved as a figure that needs no style sheet', async () => {
    await frame.locator('[data-testid=depth] [aria-label="Save as a figure"]').click();
    await frame.locator('[role=menuitem]', { hasText: 'SVG' }).click();
    await saveAs(session.page, 'vgg16-depth.svg');
    if (hostKind === 'web') return; // what is written there stays in the page
    const folder = `${session.folder}/architectures`;
    await until('the figure to be written', () =>
      Promise.resolve(existsSync(`${folder}/vgg16-depth.svg`) || undefined),
    );
    assert.ok(readdirSync(folder).every((file) => !file.endsWith('.part')));
  });
});
