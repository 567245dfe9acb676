import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { axeFindings } from '../harness/axe';
import { expectQuiet } from '../harness/expect';
import { clickNode, nodeIndex, pageState, plain } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { lineLike } from '../harness/text';
import { convlensFrame, runCommand, screenshot, setTheme, until } from '../harness/vscode';

/** Each neuron with a synapse to every number of the picture and a bias; three channels become four. */
const fullyConnected = (side: number): number => side * side * 4 * (side * side * 3 + 1);
/** One kernel of that size for each pair of channels, and four biases. */
const convolution = (kernel: number): number => 4 * 3 * kernel * kernel + 4;

describe(`the course (${hostKind} host)`, () => {
  let session: Session;
  let frame: Frame;
  before(async () => {
    session = await launchHost();
  });
  after(() => session.stop());
  afterEach(() => {
    expectQuiet(session);
  });

  const course = (): Locator => frame.getByRole('complementary', { name: 'Course' });
  const title = (): Promise<string> => frame.locator('[data-testid=course-title]').innerText();
  const arrived = (wanted: string): Promise<true> =>
    until(wanted, async () => ((await title().catch(() => '')) === wanted ? true : undefined));
  const fact = (key: string): Promise<string> =>
    frame
      .locator(`.course [data-fact=${key}] dd`)
      .innerText()
      .then((text) => plain(text).replace(/\s/g, ''));
  const factIs = (key: string, value: number): Promise<true> =>
    until(`${key} ${String(value)}`, async () => ((await fact(key)) === String(value) ? true : undefined));
  const named = async (name: string): Promise<boolean> =>
    (await pageState(frame)).scene?.nodes.some((node) => node.name === name) ?? false;

  it('opens from the palette at its first chapter, text and graph beside each other', async () => {
    await runCommand(session.page, 'ConvLens: Open Course');
    frame = await convlensFrame(session.page);
    await arrived('Notation');
    await lineLike(session.page, /input: 32x32x3/);
    await until('the keyboard on its title', async () =>
      (await frame.locator('[data-testid=course-title]:focus').count()) === 1 ? true : undefined,
    );
    assert.equal(plain(await frame.locator('[data-testid=course-place]').innerText()), '1 of 13');
    assert.ok(await frame.locator('[data-testid=course-previous]').isDisabled());
  });

  it('goes on to the next chapter in the same place, and counts synapses as its sliders move', async () => {
    await frame.locator('[data-testid=course-next]').click();
    await arrived('Fully connected against convolution');
    await lineLike(session.page, /dense: 1024/);
    assert.ok(await named('window'));
    await factIs('full', fullyConnected(16));
    await factIs('shared', convolution(3));
    await frame.locator('[data-slider=size]').focus();
    for (let side = 17; side <= 20; side++) await session.page.keyboard.press('ArrowRight');
    await factIs('full', fullyConnected(20));
    assert.equal(await frame.locator('[data-slider=size]:focus').count(), 1, 'the slider keeps the keyboard');
    assert.equal(await frame.locator('[data-slider=size]').getAttribute('aria-valuetext'), '20×20');
    await frame.locator('[data-slider=kernel]').focus();
    await session.page.keyboard.press('ArrowRight');
    await factIs('shared', convolution(5));
    await screenshot(session.page, 'course-synapses');
  });

  it('changes a number in the text, and back', async () => {
    const change = frame.locator('.course-steps button').first();
    assert.match(await change.innerText(), /Change “4 3x3” to “4 5x5”/);
    await change.click();
    await lineLike(session.page, /conv: 4 5x5/);
    await until('the way back', async () =>
      (await change.innerText()).includes('“4 5x5” to “4 3x3”') ? true : undefined,
    );
    assert.equal(await frame.locator('.course-steps button:focus').count(), 1, 'the step keeps the keyboard');
    await frame.locator('[data-testid=course-onward]').click();
    await arrived('One layer in index notation');
    // What was changed is there again.
    await frame.locator('[data-testid=course-previous]').click();
    await arrived('Fully connected against convolution');
    await lineLike(session.page, /conv: 4 5x5/);
    // Nor does it go where the chapter one is at is chosen: that only puts the list away.
    await frame.locator('[data-testid=course-place]').click();
    await frame.locator('[data-chapter="02-fully-connected"]').click();
    await frame.locator('.course-chapter').first().waitFor({ state: 'hidden' });
    assert.equal(
      await frame.locator('[data-testid=course-place]:focus').count(),
      1,
      'the list gives the keyboard back',
    );
    await lineLike(session.page, /conv: 4 5x5/);
    await course().getByRole('button', { name: 'Begin this chapter anew' }).click();
    await lineLike(session.page, /conv: 4 3x3/);
  });

  it('leads to any chapter from its list, and from there to layers and views', async () => {
    await frame.locator('[data-testid=course-place]').click();
    const chapters = frame.locator('.course-chapter');
    assert.equal(await chapters.count(), 13);
    assert.equal(await chapters.nth(1).getAttribute('aria-current'), 'step');
    await frame.locator('[data-chapter="07-unseen-pixels"]').click();
    await arrived('Strides, and pixels never seen');
    await until('the keyboard on the title, for what was pressed is gone', async () =>
      (await frame.locator('[data-testid=course-title]:focus').count()) === 1 ? true : undefined,
    );
    await until('the pixels never seen', async () => ((await fact('unseen')).startsWith('540·') ? true : undefined));
    await course().getByRole('button', { name: 'Open its coverage' }).click();
    await frame.locator('[data-tab=coverage][aria-selected=true]').waitFor();
    assert.equal((await pageState(frame)).selection, await nodeIndex(frame, 'Conv', 0));
    await course()
      .getByRole('button', { name: /“stride 3” to “stride 2”/ })
      .click();
    await until('none unseen', async () => ((await fact('unseen')).startsWith('0·') ? true : undefined));
  });

  it('goes on by two when it is asked twice at once, and pools the digits that are written', async () => {
    await frame.locator('[data-testid=course-place]').click();
    await frame.locator('[data-chapter="07-unseen-pixels"]').click();
    await arrived('Strides, and pixels never seen');
    await frame.locator('[data-testid=course-next]').dblclick();
    await arrived('Three ways back to the full size');
    await lineLike(session.page, /nails: 2x/);
    const first = frame.locator('[data-cell="cell.0"]');
    const answer = (grid: string): Promise<string> =>
      frame.locator(`.course-figure[data-grid=${grid}] td`).first().innerText();
    await until('the maximum as it was', async () => ((await answer('maximum')) === '5' ? true : undefined));
    await first.focus();
    await session.page.keyboard.press('9');
    await until('the new maximum', async () => ((await answer('maximum')) === '9' ? true : undefined));
    assert.deepEqual([await answer('nearest'), await answer('nails'), await answer('unpooled')], ['9', '9', '9']);
    assert.equal(await frame.locator('[data-cell="cell.0"]:focus').count(), 1, 'the digit keeps the keyboard');
  });

  it('puts the classic kernels side by side on one picture', async () => {
    await frame.locator('[data-testid=course-place]').click();
    await frame.locator('[data-chapter="04-classic-kernels"]').click();
    await arrived('Classic kernels');
    await course().getByRole('button', { name: 'See them side by side on one picture' }).click();
    await until('maps in all four', async () =>
      (await frame.locator('.beside-panel .beside-body:visible').count()) === 4 ? true : undefined,
    );
    await screenshot(session.page, 'course-beside');
  });

  it('follows the layer that is selected', async () => {
    await runCommand(session.page, 'ConvLens: Open Course');
    await frame.locator('[data-testid=course-place]').click();
    await frame.locator('[data-chapter="13-reuse"]').click();
    await arrived('Reuse');
    await until('what remains', async () => ((await fact('layers')) === '3of4' ? true : undefined));
    await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', 1));
    await until('less remains', async () => ((await fact('layers')) === '2of4' ? true : undefined));
  });

  it('has nothing for axe-core to find, in light and dark', async () => {
    // The inspector is looked at elsewhere.
    await frame.locator('[aria-label="Close the inspector"]').click();
    for (const theme of ['light', 'dark'] as const) {
      await setTheme(session.page, theme);
      assert.deepEqual(await axeFindings(frame), []);
      await screenshot(session.page, `course-${theme}`);
    }
  });
});
