/**
 * Screenshots of real models in the real webview:
 * `tsx test/gallery/shoot.ts FILE… [--theme dark,light,hc] [--width 1400,720] [--height 900] [--keys "e e f"] [--eval JS] [--out NAME] [--dist FOLDER]`
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findChrome } from '../../scripts/chrome.mjs';
import { pageOf } from './page';
import { realScene } from './realScene';
import { serveGallery } from './server';
import type { GalleryTheme } from './themes';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      theme: { type: 'string', default: 'dark' },
      width: { type: 'string', default: '1400' },
      height: { type: 'string', default: '900' },
      keys: { type: 'string', default: '' },
      eval: { type: 'string', default: '' },
      out: { type: 'string', default: '' },
      scale: { type: 'string', default: '1' },
      dist: { type: 'string', default: 'dist/webview' },
    },
  });
  const out = path.resolve('artifacts/gallery');
  await mkdir(out, { recursive: true });
  const gallery = await serveGallery(path.resolve(values.dist));
  const browser = await chromium.launch({ executablePath: await findChrome() });
  for (const file of positionals) {
    const scene = await realScene(file);
    for (const theme of values.theme.split(',') as GalleryTheme[]) {
      for (const width of values.width.split(',').map(Number)) {
        const url = gallery.add(`${scene.title}-${theme}-${width}`, pageOf(scene, theme));
        const page = await browser.newPage({
          viewport: { width, height: Number(values.height) },
          deviceScaleFactor: Number(values.scale),
        });
        page.on('console', (m) => {
          if (m.type() === 'error') console.log('console:', m.text());
        });
        page.on('pageerror', (e) => console.log('page:', e.message));
        await page.goto(url);
        await page.waitForSelector('[data-drawn]', { timeout: 20_000 });
        await page.waitForTimeout(250);
        if (values.keys) {
          await page.evaluate(() => document.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus());
          for (const key of values.keys.split(' ')) {
            await page.keyboard.press(key);
            await page.waitForTimeout(120);
          }
        }
        if (values.eval) await page.evaluate(values.eval);
        await page.waitForTimeout(400);
        const name = `${values.out || scene.title.replace(/\.onnx$/, '')}-${theme}-${width}.png`;
        await page.screenshot({ path: path.join(out, name) });
        console.log(name);
        await page.close();
      }
    }
  }
  await browser.close();
  gallery.close();
}

void main();
