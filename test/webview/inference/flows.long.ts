import assert from 'node:assert/strict';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChrome } from '../../../scripts/chrome.mjs';
import { serveRunGallery, type RunGallery } from '../../gallery/run/server';
import { settings } from '../../gallery/run/settings';
import { settled, state, type Lens } from './runPage';

describe('running in the page', () => {
  let gallery: RunGallery;
  let browser: Browser;
  let page: Page;
  const noise: string[] = [];
  before(async () => {
    gallery = await serveRunGallery();
    browser = await chromium.launch({ executablePath: await findChrome() });
  });
  after(async () => {
    await browser.close();
    gallery.close();
  });
  beforeEach(async () => {
    noise.length = 0;
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on('pageerror', (error) => noise.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) noise.push(message.text());
    });
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(noise, []);
  });

  async function open(name: string): Promise<void> {
    await page.goto(gallery.page(settings[name]!, 'dark'));
    await page.locator('[data-testid=run]').click();
  }
  const choose = (image: string): Promise<void> => page.locator(`[data-image="${image}"]`).first().click();

  it('walks layers, channels and units by keyboard, and the field follows', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(page);
    assert.equal((await state(page)).run.top5?.[0]?.label, 'Sneaker');
    await page.locator('[data-testid=maps] canvas').first().waitFor();
    await page.locator('.workbench').focus();
    const first = await state(page);
    await page.keyboard.press(']');
    assert.notEqual((await state(page)).channel, first.channel);
    await page.keyboard.press('[');
    assert.equal((await state(page)).channel, first.channel);
    await page.keyboard.press('Shift+ArrowLeft');
    const moved = await state(page);
    assert.deepEqual(moved.unit, [first.unit![0], first.unit![1]! - 1]);
    await page.waitForFunction(() => (window as unknown as Lens).__convlens.state().field !== null);
    await page.keyboard.press('ArrowRight');
    const next = await state(page);
    assert.notEqual(next.selection, first.selection);
    await page.keyboard.press('Escape');
    assert.equal((await state(page)).mode, 'graph');
  });

  it('moves the unit with the pointer', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(page);
    const map = page.locator('.map-frame');
    await map.waitFor();
    const box = (await map.boundingBox())!;
    await page.mouse.move(box.x + box.width - 3, box.y + 3);
    const { unit } = await state(page);
    const rows = Math.sqrt((await page.evaluate(() => (window as unknown as Lens).__convlens.mapValues(0))).length);
    assert.deepEqual(unit, [0, rows - 1]);
    await page
      .locator('[data-testid=field]')
      .getByText(/sees rows/)
      .waitFor();
  });

  it('cancels, and runs again afterwards', async () => {
    await open('vgg');
    await choose('chelsea.jpg');
    await page.locator('[data-testid=run-panel]').getByText('Cancel').click();
    assert.equal((await state(page)).run.text, 'Cancelled');
    await page.waitForTimeout(500);
    assert.equal((await state(page)).run.phase, 'idle');
    await page.locator('[data-testid=run]').click();
    await settled(page);
    assert.equal((await state(page)).run.phase, 'done');
  });

  it('draws, and runs what is drawn', async () => {
    await open('fashion');
    await page.locator('[aria-label=Draw]').first().click();
    const pad = (await page.locator('[data-testid=draw]').boundingBox())!;
    await page.mouse.move(pad.x + 90, pad.y + 40);
    await page.mouse.down();
    await page.mouse.move(pad.x + 90, pad.y + 230, { steps: 6 });
    await page.mouse.up();
    await settled(page);
    assert.equal((await state(page)).run.image, 'drawing');
    const serial = (await state(page)).run.serial;
    await choose('bag-1.png');
    await settled(page, serial);
    assert.equal((await state(page)).run.top5?.[0]?.label, 'Bag');
  });

  it('runs again with another preparation, and says that it is set by hand', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(page);
    await page.locator('[data-testid=preparation]').click();
    const before = (await state(page)).run;
    await page.locator('select[aria-label="Range of the values"]').selectOption('raw');
    await settled(page, before.serial);
    assert.notEqual((await state(page)).run.top5![0]!.probability, before.top5![0]!.probability);
    assert.match((await page.locator('[data-testid=preparation]').textContent())!, /0…255/);
    await page.getByText('As guessed').click();
    await settled(page, before.serial + 1);
    assert.equal((await state(page)).run.top5![0]!.probability, before.top5![0]!.probability);
  });

  it('lays the classes of a segmentation over the picture', async () => {
    await open('shapes');
    await choose('shapes-1.png');
    await settled(page);
    const classes = page.locator('[data-testid=classes] li');
    await classes.first().waitFor();
    assert.match((await classes.allInnerTexts()).join(' '), /background.*circle.*(triangle|square)/s);
  });

  it('measures every layer, and says how', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(page);
    await page.locator('[data-testid=time]').click();
    await page.locator('[data-testid=measure]').click();
    await page.waitForFunction(() => (window as unknown as Lens).__convlens.state().run.times !== null);
    const { times } = (await state(page)).run;
    assert.ok(times!.runs >= 3);
    assert.match(times!.how, /Profiled by the runtime on WASM/);
    const layers = times!.ms.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
    assert.ok(times!.ms.some((ms) => ms !== null && ms > 0));
    assert.ok(layers + times!.other <= times!.total * 1.2, `${layers} of ${times!.total}`);
  });

  it('runs a model without a picture, and again with another filling', async function () {
    const { existsSync } = await import('node:fs');
    if (!existsSync('../shared/corpus')) this.skip();
    await open('wavenet');
    await settled(page);
    assert.equal((await state(page)).run.phase, 'done');
    const { serial } = (await state(page)).run;
    await page.locator('[data-testid=inputs]').click();
    await page.locator('select[aria-label^="What "]').first().selectOption('zeros');
    await settled(page, serial);
    assert.match((await page.locator('[data-testid=inputs]').textContent())!, /zeros/);
  });

  it('says what is missing instead of running without weights', async function () {
    const { existsSync } = await import('node:fs');
    if (!existsSync('../shared/corpus')) this.skip();
    await open('missing');
    await page.locator('[data-testid=run-status]').getByText('The model’s weights are missing.').waitFor();
  });
});
