import { chromium, type Browser } from 'playwright-core';
import { findChrome } from '../../../scripts/chrome.mjs';
import { serveRunGallery, type RunGallery } from './server';

export interface RunBench {
  readonly browser: Browser;
  readonly gallery: RunGallery;
}

/** Hooks of a suite: one browser and the gallery in which models run, from its first test to its last. */
export function onRunGallery(): RunBench {
  let gallery: RunGallery;
  let browser: Browser;
  before(async () => {
    gallery = await serveRunGallery();
    browser = await chromium.launch({ executablePath: await findChrome() });
  });
  after(async () => {
    await browser.close();
    gallery.close();
  });
  return {
    get browser() {
      return browser;
    },
    get gallery() {
      return gallery;
    },
  };
}
