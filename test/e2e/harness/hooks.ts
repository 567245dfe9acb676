import type { Context } from 'mocha';
import type { Page } from 'playwright-core';
import { closeBrowser, pages } from './browser';
import { stopNodeServer } from './nodeServer';

/** What of VS Code stands over or beside the page: the usual reason why a key did not arrive. */
async function around(page: Page): Promise<string> {
  const places = ['.quick-input-widget', '.notification-toast', '.monaco-dialog-box', '.tab.active'];
  const lines = places.map(async (place) => {
    const texts = await page.locator(`${place}:visible`).allInnerTexts();
    return `${place}: ${texts.join(' | ').replace(/\s+/g, ' ').slice(0, 200)}`;
  });
  return (await Promise.all(lines)).join('\n      ');
}

/** Loaded by mocha before the specs: the browser and the Node host's server are shared by all of them. */
export const mochaHooks = {
  /** Before a second try: says how the first one left the window, and closes what stands open over it. */
  async beforeEach(this: Context): Promise<void> {
    const test = this.currentTest as (Mocha.Test & { currentRetry(): number }) | undefined;
    if (!test?.currentRetry()) return;
    for (const page of await pages()) {
      console.log(`      ${await around(page)}`);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    }
  },
  async afterAll(): Promise<void> {
    await closeBrowser();
    await stopNodeServer();
  },
};
