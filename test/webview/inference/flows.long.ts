import assert from 'node:assert/strict';
import { eachOnItsPage, settled, state, type Lens } from './runPage';

describe('running in the page', () => {
  const bench = eachOnItsPage();
  const { open, choose } = bench;

  it('walks layers, channels and units by keyboard, and the field follows', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(bench.page);
    assert.equal((await state(bench.page)).run.top5?.[0]?.label, 'Sneaker');
    await bench.page.locator('[data-testid=maps] canvas').first().waitFor();
    await bench.page.locator('.workbench').focus();
    const first = await state(bench.page);
    await bench.page.keyboard.press(']');
    assert.notEqual((await state(bench.page)).channel, first.channel);
    await bench.page.keyboard.press('[');
    assert.equal((await state(bench.page)).channel, first.channel);
    await bench.page.keyboard.press('Shift+ArrowLeft');
    const moved = await state(bench.page);
    assert.deepEqual(moved.unit, [first.unit![0], first.unit![1]! - 1]);
    await bench.page.waitForFunction(() => (window as unknown as Lens).__convlens.state().field !== null);
    await bench.page.keyboard.press('ArrowRight');
    const next = await state(bench.page);
    assert.notEqual(next.selection, first.selection);
    await bench.page.keyboard.press('Escape');
    assert.equal((await state(bench.page)).mode, 'graph');
  });

  it('moves the unit with the pointer', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(bench.page);
    const map = bench.page.locator('.map-frame');
    await map.waitFor();
    const box = (await map.boundingBox())!;
    await bench.page.mouse.move(box.x + box.width - 3, box.y + 3);
    const { unit } = await state(bench.page);
    const rows = Math.sqrt(
      (await bench.page.evaluate(() => (window as unknown as Lens).__convlens.mapValues(0))).length,
    );
    assert.deepEqual(unit, [0, rows - 1]);
    await bench.page
      .locator('[data-testid=field]')
      .getByText(/sees rows/)
      .waitFor();
  });

  it('cancels, and runs again afterwards', async () => {
    await open('vgg');
    await choose('chelsea.jpg');
    await bench.page.locator('[data-testid=run-panel]').getByText('Cancel').click();
    assert.equal((await state(bench.page)).run.text, 'Cancelled');
    await bench.page.waitForTimeout(500);
    assert.equal((await state(bench.page)).run.phase, 'idle');
    await bench.page.locator('[data-testid=run]').click();
    await settled(bench.page);
    assert.equal((await state(bench.page)).run.phase, 'done');
  });

  it('draws, and runs what is drawn', async () => {
    await open('fashion');
    await bench.page.locator('[aria-label=Draw]').first().click();
    const pad = (await bench.page.locator('[data-testid=draw]').boundingBox())!;
    await bench.page.mouse.move(pad.x + 90, pad.y + 40);
    await bench.page.mouse.down();
    await bench.page.mouse.move(pad.x + 90, pad.y + 230, { steps: 6 });
    await bench.page.mouse.up();
    await settled(bench.page);
    assert.equal((await state(bench.page)).run.image, 'drawing');
    const serial = (await state(bench.page)).run.serial;
    await choose('bag-1.png');
    await settled(bench.page, serial);
    assert.equal((await state(bench.page)).run.top5?.[0]?.label, 'Bag');
  });

  it('compares two runs layer by layer: all the same on one picture, from the first layer on on another', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(bench.page);
    await bench.page.locator('[data-testid=keep]').click();
    const differences = bench.page.locator('[data-testid=differences]');
    await differences.getByText('Compare all layers').click();
    await differences.getByText(/No layer differs/).waitFor();
    await bench.page.locator('[data-testid=pair] canvas').nth(2).waitFor();
    const { serial } = (await state(bench.page)).run;
    await choose('bag-1.png');
    await settled(bench.page, serial);
    await differences.getByText('Compare all layers').click();
    await differences.getByText(/The first to differ/).waitFor();
    const row = differences.locator('[data-node]').last();
    const node = Number(await row.getAttribute('data-node'));
    await row.press('Enter');
    assert.equal((await state(bench.page)).selection, node);
  });

  it('keeps pictures side by side, each with its result, and runs all of them together', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(bench.page);
    const items = bench.page.locator('[data-strip]');
    assert.equal(await items.first().isVisible(), false, 'one picture is no choice');
    await bench.page.locator('[data-group=model]').click();
    await bench.page.waitForFunction(() => (window as unknown as Lens).__convlens.state().run.stripHow !== null);
    const { strip, stripHow, image } = (await state(bench.page)).run;
    assert.ok(strip.length > 5);
    assert.equal(image, 'sneaker-1.png', 'the picture in view stays');
    assert.match(stripHow!, /^One by one, the batch is 1: /);
    // Each file is named after what it shows.
    const right = strip.filter(({ image: own, top }) =>
      own.name.toLowerCase().startsWith(
        top!
          .label!.toLowerCase()
          .replace(/[^a-z]/g, '')
          .slice(0, 4),
      ),
    );
    assert.ok(right.length >= strip.length / 2, JSON.stringify(strip.map((one) => [one.image.name, one.top?.label])));

    const { serial } = (await state(bench.page)).run;
    await items.first().focus();
    await bench.page.keyboard.press('ArrowRight');
    await bench.page.keyboard.press('Enter');
    await settled(bench.page, serial);
    const now = (await state(bench.page)).run;
    assert.equal(now.image, now.strip[1]!.image.name);
    assert.equal(now.top5![0]!.label, strip[1]!.top!.label, 'the same as when all ran');
    await bench.page.keyboard.press('Delete');
    await settled(bench.page, now.serial);
    const rest = (await state(bench.page)).run;
    assert.equal(rest.strip.length, strip.length - 1);
    assert.equal(rest.image, strip[2]!.image.name, 'its neighbour comes in its place');
    await bench.page.locator('.workbench').focus();
    await bench.page.keyboard.press(',');
    await settled(bench.page, rest.serial);
    assert.equal((await state(bench.page)).run.image, strip[0]!.image.name);
  });

  it('runs many pictures in one run where the batch is open, with the results of single runs', async function () {
    const { existsSync } = await import('node:fs');
    if (!existsSync('../shared/corpus')) this.skip();
    await open('dynamic');
    await choose('chelsea.jpg');
    await settled(bench.page);
    const single = (await state(bench.page)).run.top5![0]!;
    await bench.page.locator('[data-group=samples]').click();
    await bench.page.waitForFunction(() => (window as unknown as Lens).__convlens.state().run.stripHow !== null);
    const { strip, stripHow } = (await state(bench.page)).run;
    assert.match(stripHow!, /^Up to 8 in one run: /);
    const together = strip.find(({ image }) => image.name === 'chelsea.jpg')!.top!;
    assert.ok(Math.abs(together.probability - single.probability) < 1e-5);
    assert.ok(strip.every(({ top }) => top !== null));
  });

  it('runs again with another preparation, and says that it is set by hand', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(bench.page);
    await bench.page.locator('[data-testid=preparation]').click();
    const before = (await state(bench.page)).run;
    await bench.page.locator('select[aria-label="Range of the values"]').selectOption('raw');
    await settled(bench.page, before.serial);
    assert.notEqual((await state(bench.page)).run.top5![0]!.probability, before.top5![0]!.probability);
    assert.match((await bench.page.locator('[data-testid=preparation]').textContent())!, /0…255/);
    await bench.page.getByText('As guessed').click();
    await settled(bench.page, before.serial + 1);
    assert.equal((await state(bench.page)).run.top5![0]!.probability, before.top5![0]!.probability);
  });

  it('lays the classes of a segmentation over the picture', async () => {
    await open('shapes');
    await choose('shapes-1.png');
    await settled(bench.page);
    const classes = bench.page.locator('[data-testid=classes] li');
    await classes.first().waitFor();
    assert.match((await classes.allInnerTexts()).join(' '), /background.*circle.*(triangle|square)/s);
  });

  it('measures every layer, and says how', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(bench.page);
    await bench.page.locator('[data-testid=time]').click();
    await bench.page.locator('[data-testid=measure]').click();
    await bench.page.waitForFunction(() => (window as unknown as Lens).__convlens.state().run.times !== null);
    const { times } = (await state(bench.page)).run;
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
    await settled(bench.page);
    assert.equal((await state(bench.page)).run.phase, 'done');
    const { serial } = (await state(bench.page)).run;
    await bench.page.locator('[data-testid=inputs]').click();
    await bench.page.locator('select[aria-label^="What "]').first().selectOption('zeros');
    await settled(bench.page, serial);
    assert.match((await bench.page.locator('[data-testid=inputs]').textContent())!, /zeros/);
  });

  it('says what is missing instead of running without weights', async function () {
    const { existsSync } = await import('node:fs');
    if (!existsSync('../shared/corpus')) this.skip();
    await open('missing');
    await bench.page.locator('[data-testid=run-status]').getByText('The model’s weights are missing.').waitFor();
  });
});
