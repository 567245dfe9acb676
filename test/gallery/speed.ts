/** How fast the page is with a big net: `tsx test/gallery/speed.ts [NODES…]`. Frames while panning and zooming, and long tasks. */
import { chromium, type Page } from 'playwright-core';
import { findChrome } from '../../scripts/chrome.mjs';
import { bigScene } from './bigScene';
import { pageOf } from './page';
import { serveGallery } from './server';

/** Frames per second while the camera moves by `step` each frame. */
async function frames(page: Page, kind: 'pan' | 'zoom' | 'whole'): Promise<string> {
  return page.evaluate(async (kind) => {
    const canvas = document.querySelector('canvas')!;
    const times: number[] = [];
    const wheel = (dy: number, dx: number): void => {
      canvas.dispatchEvent(
        new WheelEvent('wheel', {
          deltaY: dy,
          deltaX: dx,
          clientX: 700,
          clientY: 400,
          bubbles: true,
          cancelable: true,
        }),
      );
    };
    await new Promise<void>((resolve) => {
      let n = 0;
      const tick = (now: number): void => {
        times.push(now);
        if (kind === 'zoom') wheel(n < 60 ? 40 : -40, 0);
        else wheel(n % 40 < 20 ? 30 : -30, n % 2 ? 2 : -2);
        if (++n < 120) requestAnimationFrame(tick);
        else resolve();
      };
      requestAnimationFrame(tick);
    });
    const gaps = times.slice(1).map((t, i) => t - times[i]!);
    const worst = Math.max(...gaps).toFixed(0);
    return `${kind} ${(1000 / (gaps.reduce((a, b) => a + b, 0) / gaps.length)).toFixed(0)} fps, worst ${worst} ms`;
  }, kind);
}

async function main(): Promise<void> {
  const gallery = await serveGallery();
  const browser = await chromium.launch({ executablePath: await findChrome() });
  for (const count of process.argv.slice(2).map(Number)) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // The transpiler names functions through a helper that the page does not have.
    await page.addInitScript('globalThis.__name = (f) => f');
    await page.addInitScript(() => {
      const tasks: number[] = [];
      Object.assign(window, { longTasks: tasks });
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map((e) => Math.round(e.duration)))).observe({
        entryTypes: ['longtask'],
      });
    });
    const started = performance.now();
    await page.goto(gallery.add(`big${count}`, pageOf(bigScene(count), 'dark')));
    await page.waitForSelector('[data-drawn]', { timeout: 60_000 });
    console.log(`${count} nodes drawn after ${(performance.now() - started).toFixed(0)} ms`);
    console.log('  ', await frames(page, 'pan'));
    console.log('  ', await frames(page, 'zoom'));
    await page.evaluate(() => document.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus());
    await page.keyboard.press('f');
    await page.waitForTimeout(400);
    console.log('  ', await frames(page, 'whole'));
    const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
    console.log('   tasks over 50 ms:', tasks.join(' ') || 'none');
    await page.close();
  }
  await browser.close();
  gallery.close();
}

void main();
