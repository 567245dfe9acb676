import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import texts from '../../../l10n/bundle.l10n.pt-br.json';
import { expectQuiet } from '../harness/expect';
import { FASHION } from '../harness/fashion';
import { plain } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { convlensFrame, openFile, screenshot, until } from '../harness/vscode';
import { menuOf, statusTotals } from '../harness/workbench';

const BEFORE = 'input: 32x32x3\nlayers:\n  - conv: 8 3x3 pad same relu\n  - dense: 1200\n  - dense: 10 softmax\n';
const AFTER = 'input: 32x32x3\nlayers:\n  - conv: 8 3x3 stride 2 pad 1 relu\n  - dropout: 0.5\n  - dense: 10\n';

/** What the page says, or has a screen reader say, that the bundle has another text for. */
const englishIn = (frame: Frame): Promise<string[]> =>
  frame.evaluate(
    (known) => {
      const said: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) said.push(walker.currentNode.nodeValue ?? '');
      for (const element of document.querySelectorAll('[aria-label], [title]'))
        said.push(element.getAttribute('aria-label') ?? '', element.getAttribute('title') ?? '');
      return said.filter((text) => Object.hasOwn(known, text.trim()) && known[text.trim()] !== text.trim());
    },
    texts as Readonly<Record<string, string>>,
  );

// The Node host takes its language from a language pack, which is not to be had without the network.
const describeWeb = hostKind === 'web' ? describe : describe.skip;

describeWeb('in a VS Code that speaks Portuguese', () => {
  let session: Session;
  before(async () => {
    session = await launchHost({
      language: 'pt-br',
      extras: { 'redes/antes.cnn.yaml': { text: BEFORE }, 'redes/depois.cnn.yaml': { text: AFTER } },
    });
  });
  after(() => session.stop());
  afterEach(() => {
    expectQuiet(session);
  });

  // Titles of commands come from the manifest, which this host's server translates into nothing.
  it('the page and the status bar do, too', async () => {
    const { page } = session;
    await openFile(page, FASHION);
    const frame = await convlensFrame(page);
    await frame.locator('.app[data-drawn]').waitFor();
    assert.equal(await frame.locator('[data-testid=run]').innerText(), texts.Run);
    const totals = await until('the totals', async () => (await statusTotals(page)) || undefined);
    assert.match(plain(totals), /^13 operadores · 90,7 k parâmetros/);
    await frame.locator('[role=treeitem][tabindex="0"]').focus();
    await page.keyboard.press('5');
    await frame.locator('[data-testid=layer-table]').waitFor();
    assert.equal(await frame.locator('[data-tab=layers]').innerText(), texts.Layers);
    await screenshot(page, 'language');
  });

  it('a comparison does, and nothing of it is cut off', async () => {
    const { page } = session;
    const choose = async (file: string, entry: string): Promise<void> => {
      await page.mouse.move(900, 500);
      await page.locator('.context-view .hover-contents:visible').waitFor({ state: 'hidden' });
      await (await menuOf(page, file)).getByText(entry, { exact: true }).click();
    };
    // Its entries do something once it is awake.
    await openFile(page, FASHION);
    await convlensFrame(page);
    await choose('redes/antes.cnn.yaml', 'Select Model for Compare');
    await choose('redes/depois.cnn.yaml', 'Compare with Selected Model');
    const frame = await until('the comparison', async () => {
      const found = await convlensFrame(page);
      return (await found.locator('.compare-row').count()) > 0 ? found : undefined;
    });
    await screenshot(page, 'language-compare');
    assert.match(plain(await frame.locator('[data-testid=totals]').innerText()), /Parâmetros\s*9,84 M\s*20,7 k/);
    assert.match(await frame.locator('[data-testid=differences]').innerText(), /pesos float32 10×2048/);
    assert.deepEqual(await englishIn(frame), []);
    const cut = await frame
      .locator('.compare-totals :is(tbody th, td), .compare-counts, .compare-chip, .legend')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent));
    assert.deepEqual(cut, []);
  });
});
