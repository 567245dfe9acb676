/** The whole page in Portuguese, wide and narrow: nothing of it is left in English, nor cut that is beside a table or a chart. */
import assert from 'node:assert/strict';
import bundle from '../../../l10n/bundle.l10n.pt-br.json';
import { onRunGallery } from '../../gallery/run/bench';
import { settings } from '../../gallery/run/settings';

/** What a text says and an operator is called, too. */
const MAY_STAND: ReadonlySet<string> = new Set(['Flatten']);
const english = Object.entries(bundle)
  .filter(([text, translated]) => text !== translated && !text.includes('{') && !MAY_STAND.has(text))
  .map(([text]) => text);

describe('the page in Portuguese', function () {
  this.timeout(120_000);
  const bench = onRunGallery();

  for (const width of [1400, 700]) {
    it(`leaves nothing in English at ${width} px`, async () => {
      const page = await bench.browser.newPage({ viewport: { width, height: 900 } });
      await page.goto(bench.gallery.page(settings.fashion!, 'dark', bundle));
      await page.waitForSelector('[data-drawn]', { timeout: 60_000 });
      const left: string[] = [];
      const look = async (where: string): Promise<void> => {
        const found = await page.evaluate((texts) => {
          const known = new Set(texts);
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const said: string[] = [];
          for (let node = walker.nextNode(); node; node = walker.nextNode())
            if (!node.parentElement?.closest('script, pre')) said.push(node.textContent ?? '');
          for (const element of document.querySelectorAll('[aria-label], [title]'))
            said.push(element.getAttribute('aria-label') ?? '', element.getAttribute('title') ?? '');
          return said.map((text) => text.trim()).filter((text) => known.has(text));
        }, english);
        left.push(...found.map((text) => `${where}: ${text}`));
        if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/pt-${where}-${width}.png` });
      };
      await look('graph');
      for (const [at, tab] of ['maps', 'microscope', 'coverage', 'depth', 'layers'].entries()) {
        await page.keyboard.press(String(at + 1));
        await page.waitForTimeout(400);
        await look(tab);
        if (tab === 'depth' || tab === 'layers') {
          const cut = await page.evaluate(() =>
            [...document.querySelectorAll<HTMLElement>('.wb-about, .layers-sum')]
              .filter((one) => one.scrollWidth > one.clientWidth)
              .map((one) => one.textContent),
          );
          assert.deepEqual(cut, [], `words that are cut: ${tab}`);
        }
      }
      await page.close();
      assert.deepEqual([...new Set(left)], []);
    });
  }
});
