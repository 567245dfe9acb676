import assert from 'node:assert/strict';
import { chromium, type Browser } from 'playwright-core';
import { findChrome } from '../../../scripts/chrome.mjs';
import { CHAPTERS } from '../../../src/core/course/chapters';
import { coursePage } from '../../gallery/coursePage';
import { serveGallery, type Gallery } from '../../gallery/server';

describe('the panel of the course in a browser', () => {
  let browser: Browser;
  let gallery: Gallery;
  before(async () => {
    gallery = await serveGallery();
    browser = await chromium.launch({ executablePath: await findChrome() });
  });
  after(async () => {
    await browser.close();
    gallery.close();
  });

  for (const width of [1400, 700, 420]) {
    it(`shows all of every chapter, ${width} px wide`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      for (const [at, chapter] of CHAPTERS.entries()) {
        await page.goto(gallery.add(`${chapter.id}-${width}`, await coursePage(chapter, 'light')));
        await page.locator('.tool[aria-label=Course]').click();
        await page.locator('[data-testid=course-title]', { hasText: chapter.title() }).waitFor();
        assert.equal(await page.locator('[data-testid=course-place]').innerText(), `${at + 1} of 13`);
        assert.ok((await page.locator('.course-blocks > *').count()) > 0, chapter.id);
        // Nothing is cut off at the side, and the graph keeps some room.
        const wide = await page.evaluate(() => {
          const body = document.querySelector('.course-body')!;
          return body.scrollWidth - body.clientWidth;
        });
        assert.ok(wide <= 0, `${chapter.id} is ${wide} px too wide`);
        const stage = await page.locator('.stage-area').boundingBox();
        assert.ok(stage && stage.width >= 300 && stage.height >= 200, chapter.id);
      }
      assert.deepEqual(errors, []);
      await page.close();
    });
  }

  it('opens and closes by keyboard alone', async () => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(gallery.add('keys', await coursePage(CHAPTERS[0]!, 'dark')));
    await page.locator('.tool[aria-label=Course]').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-testid=course-place]').focus();
    await page.keyboard.press('Enter');
    await page.locator('.course-chapter').first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.equal(await page.locator('.course-chapter:focus').count(), 1, 'the list follows its button');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.course-chapter').first().isVisible(), false);
    assert.equal(await page.locator('[data-testid=course-place]:focus').count(), 1);
    await page.locator('[aria-label="Close the course"]').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.course').isVisible(), false);
    await page.close();
  });
});
