/** Screenshots of the course's panel: `tsx test/gallery/course.ts [CHAPTER…] [--theme dark,light,hc] [--width 1400,720] [--height 900] [--dist FOLDER]` */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findChrome } from '../../scripts/chrome.mjs';
import { CHAPTERS } from '../../src/core/course/chapters';
import { coursePage } from './coursePage';
import { serveGallery } from './server';
import type { GalleryTheme } from './themes';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      theme: { type: 'string', default: 'dark' },
      width: { type: 'string', default: '1400' },
      height: { type: 'string', default: '900' },
      dist: { type: 'string', default: 'dist/webview' },
    },
  });
  const out = path.resolve('artifacts/gallery');
  await mkdir(out, { recursive: true });
  const gallery = await serveGallery(path.resolve(values.dist));
  const browser = await chromium.launch({ executablePath: await findChrome() });
  for (const chapter of CHAPTERS) {
    if (positionals.length && !positionals.some((wanted) => chapter.id.includes(wanted))) continue;
    for (const theme of values.theme.split(',') as GalleryTheme[])
      for (const width of values.width.split(',').map(Number)) {
        const page = await browser.newPage({ viewport: { width, height: Number(values.height) } });
        page.on('console', (message) => {
          if (message.type() === 'error') console.log('console:', message.text());
        });
        page.on('pageerror', (error) => console.log('page:', error.message));
        await page.goto(gallery.add(`${chapter.id}-${theme}-${width}`, await coursePage(chapter, theme)));
        await page.waitForSelector('[data-drawn]', { timeout: 20_000 });
        await page.locator('[aria-label=Course].tool').click();
        await page.waitForTimeout(500);
        const name = `course-${chapter.id}-${theme}-${width}.png`;
        await page.screenshot({ path: path.join(out, name) });
        console.log(name);
        await page.close();
      }
  }
  await browser.close();
  gallery.close();
}

void main();
