/**
 * The hover card and the inspector on real models:
 * `tsx test/gallery/cards.ts SETTING… [--pin OP#NTH] [--hover OP#NTH] [--theme dark,light,hc] [--width 1400,720] [--before "e f"] [--keys "…"] [--eval JS] [--out NAME]`
 * SETTING is one of `run/settings.ts` or the name of a model of the corpus.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { findChrome } from '../../scripts/chrome.mjs';
import type { Setting } from './run/host';
import { serveRunGallery } from './run/server';
import { settings } from './run/settings';
import type { GalleryTheme } from './themes';

interface Hook {
  readonly __convlens: {
    state(): { readonly scene: { readonly nodes: readonly { readonly id: number; readonly op: string }[] } };
    nodeScreenBox(node: number): { x: number; y: number; width: number; height: number } | null;
  };
}

const ofCorpus = (name: string): Setting => ({
  title: `${name}.onnx`,
  model: `/models/${name}.onnx`,
  images: [],
  labels: null,
});

async function pointOf(page: Page, wanted: string): Promise<{ readonly x: number; readonly y: number }> {
  const [op, nth = '0'] = wanted.split('#') as [string, string?];
  const box = await page.evaluate(
    ([type, n]) => {
      const lens = (window as unknown as Hook).__convlens;
      const node = lens.state().scene.nodes.filter((one) => one.op === type)[Number(n)];
      return node ? lens.nodeScreenBox(node.id) : null;
    },
    [op, nth],
  );
  if (!box) throw new Error(`${wanted} is not in sight`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      pin: { type: 'string', default: '' },
      hover: { type: 'string', default: '' },
      theme: { type: 'string', default: 'dark' },
      width: { type: 'string', default: '1400' },
      height: { type: 'string', default: '900' },
      keys: { type: 'string', default: '' },
      eval: { type: 'string', default: '' },
      before: { type: 'string', default: '' },
      out: { type: 'string', default: '' },
    },
  });
  const out = path.resolve('artifacts/gallery');
  await mkdir(out, { recursive: true });
  const gallery = await serveRunGallery();
  const browser = await chromium.launch({ executablePath: await findChrome() });
  try {
    for (const name of positionals)
      for (const theme of values.theme.split(',') as GalleryTheme[])
        for (const width of values.width.split(',').map(Number)) {
          const page = await browser.newPage({ viewport: { width, height: Number(values.height) } });
          page.on('console', (message) => {
            if (message.type() === 'error' || message.type() === 'warning') console.log('console:', message.text());
          });
          page.on('pageerror', (error) => console.log('page:', error.message));
          await page.goto(gallery.page(settings[name] ?? ofCorpus(name), theme));
          await page.waitForSelector('.app[data-drawn]', { timeout: 30_000 });
          await page.waitForTimeout(300);
          const press = async (keys: string): Promise<void> => {
            for (const key of keys.split(' ').filter(Boolean)) {
              await page.keyboard.press(key);
              await page.waitForTimeout(250);
            }
          };
          if (values.before) {
            await page.evaluate(() => document.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus());
            await press(values.before);
          }
          if (values.pin) {
            const { x, y } = await pointOf(page, values.pin);
            await page.mouse.click(x, y);
            await page.waitForSelector('[data-testid=inspector]');
            await page.waitForTimeout(500);
          }
          if (values.hover) {
            const { x, y } = await pointOf(page, values.hover);
            await page.mouse.move(x - 5, y);
            await page.mouse.move(x, y);
            await page.waitForSelector('[data-testid=hover-card]:not([hidden])');
          }
          await press(values.keys);
          if (values.eval) console.log(JSON.stringify(await page.evaluate(values.eval)));
          await page.waitForTimeout(600);
          const file = `card-${values.out || name}-${theme}-${width}.png`;
          await page.screenshot({ path: path.join(out, file) });
          console.log(file);
          await page.close();
        }
  } finally {
    await browser.close();
    gallery.close();
  }
}

void main();
