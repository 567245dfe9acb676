import { chromium, type Browser, type Page } from 'playwright-core';
import { findChrome } from '../../../scripts/chrome.mjs';

let running: Promise<Browser> | undefined;

async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChrome(),
    headless: process.env.HEADED === undefined,
    args: [
      // Chromium's sandbox refuses to start as root, which is what a container usually is.
      '--no-sandbox',
      // Gives WebGPU a software adapter where there is no real one: slow, but right.
      '--enable-unsafe-webgpu',
      // The small /dev/shm of a container kills tabs that hold a big model.
      '--disable-dev-shm-usage',
    ],
  });
}

/** One browser for a whole run; every session gets a context of its own. */
export function browser(): Promise<Browser> {
  running ??= launch();
  return running;
}

/** Of all sessions that are open. */
export async function pages(): Promise<Page[]> {
  const all = (await running)?.contexts() ?? [];
  return all.flatMap((context) => context.pages());
}

export async function closeBrowser(): Promise<void> {
  const closing = running;
  running = undefined;
  await (await closing)?.close();
}
