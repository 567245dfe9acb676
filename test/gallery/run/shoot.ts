/**
 * Runs real models on real pictures in the real webview and takes pictures of it:
 * `tsx test/gallery/run/shoot.ts NAME… [--image FILE] [--select NAME#NTH] [--theme dark,light,hc] [--width 1400,720] [--eval JS] [--keys "] ]"] [--full] [--out NAME]`
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findChrome } from '../../../scripts/chrome.mjs';
import type { GalleryTheme } from '../themes';
import { serveRunGallery } from './server';
import { settings } from './settings';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      image: { type: 'string', default: 'chelsea.jpg' },
      select: { type: 'string', default: '' },
      theme: { type: 'string', default: 'dark' },
      width: { type: 'string', default: '1400' },
      height: { type: 'string', default: '900' },
      tab: { type: 'string', default: 'maps' },
      keys: { type: 'string', default: '' },
      eval: { type: 'string', default: '' },
      hover: { type: 'string', default: '' },
      wait: { type: 'string', default: '500' },
      docked: { type: 'boolean', default: false },
      isolated: { type: 'boolean', default: false },
      out: { type: 'string', default: '' },
      args: { type: 'string', default: '' },
    },
  });
  const out = path.resolve('artifacts/gallery');
  await mkdir(out, { recursive: true });
  const gallery = await serveRunGallery({ isolated: values.isolated });
  const browser = await chromium.launch({
    executablePath: await findChrome(),
    args: values.args.split(' ').filter(Boolean),
  });
  for (const name of positionals) {
    const setting = settings[name];
    if (!setting) throw new Error(`no setting ${name}`);
    for (const theme of values.theme.split(',') as GalleryTheme[])
      for (const width of values.width.split(',').map(Number)) {
        const page = await browser.newPage({ viewport: { width, height: Number(values.height) } });
        page.on('console', (message) => {
          if (message.type() === 'error' || message.type() === 'warning') console.log('console:', message.text());
        });
        page.on('pageerror', (error) => console.log('page:', error.message));
        await page.goto(gallery.page(setting, theme));
        await page.locator('[data-testid=run]').click();
        const undock = page.locator('[aria-label="Use the whole page"]');
        if (!values.docked && width >= 1100) await undock.click();
        if (values.image) {
          await page.locator(`[data-image="${values.image}"]`).first().click();
          await page.waitForFunction(
            () =>
              ['done', 'failed'].includes(
                (window as never as { __convlens: { state(): { run: { phase: string } } } }).__convlens.state().run
                  .phase,
              ),
            null,
            { timeout: 60_000 },
          );
        }
        if (values.select) {
          await page.evaluate(([wanted, nth]) => {
            const bars = [...document.querySelectorAll('.ribbon-bar')];
            const bar = bars.filter((one) => one.textContent.includes(wanted!))[Number(nth ?? 0)];
            const box = bar?.getBoundingClientRect();
            if (!bar || !box) throw new Error('no such layer');
            const event = { bubbles: true, clientX: box.left + box.width / 2, clientY: box.top + 2, pointerId: 1 };
            bar.parentElement!.setPointerCapture = () => undefined;
            bar.dispatchEvent(new PointerEvent('pointerdown', event));
          }, values.select.split('#'));
        }
        if (values.tab !== 'maps') await page.locator(`[data-tab=${values.tab}]`).click();
        await page.waitForTimeout(300);
        await page.evaluate(() => document.querySelector<HTMLElement>('.workbench')?.focus());
        for (const key of values.keys.split(' ').filter(Boolean)) await page.keyboard.press(key);
        if (values.eval) console.log(JSON.stringify(await page.evaluate(values.eval)));
        if (values.hover) await page.hover(values.hover);
        await page.waitForTimeout(Number(values.wait));
        const state = await page.evaluate(
          () => (window as never as { __convlens: { state(): { run: unknown } } }).__convlens.state().run,
        );
        console.log(name, theme, width, JSON.stringify(state));
        await page.screenshot({ path: path.join(out, `run-${values.out || name}-${theme}-${width}.png`) });
        await page.close();
      }
  }
  await browser.close();
  gallery.close();
}

void main();
