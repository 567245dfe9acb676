/** The page of the gallery as tests see it: a browser and a fresh page for each test, its hooks, and the end of a run. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { onRunGallery } from '../../gallery/run/bench';
import { settings } from '../../gallery/run/settings';

export interface Bench {
  readonly page: Page;
  /** Opens a model of the gallery and presses Run. */
  readonly open: (name: string) => Promise<void>;
  readonly choose: (image: string) => Promise<void>;
}

/** Hooks of a suite that give each test a page of its own; whatever the page complains about fails the test. */
export function eachOnItsPage(): Bench {
  const bench = onRunGallery();
  let page: Page;
  const noise: string[] = [];
  beforeEach(async () => {
    noise.length = 0;
    page = await bench.browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on('pageerror', (error) => noise.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) noise.push(message.text());
    });
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(noise, []);
  });
  return {
    get page() {
      return page;
    },
    open: async (name) => {
      await page.goto(bench.gallery.page(settings[name]!, 'dark'));
      await page.locator('[data-testid=run]').click();
    },
    choose: (image) => page.locator(`[data-image="${image}"]`).first().click(),
  };
}

export interface State {
  readonly selection: number | null;
  readonly channel: number;
  readonly unit: readonly number[] | null;
  readonly field: { readonly pixels: number } | null;
  readonly mode: string;
  readonly run: {
    readonly phase: string;
    readonly text: string;
    readonly image: string | null;
    readonly serial: number;
    readonly top5: readonly { readonly label: string | null; readonly probability: number }[] | null;
    readonly times: {
      readonly ms: readonly (number | null)[];
      readonly other: number;
      readonly total: number;
      readonly runs: number;
      readonly how: string;
    } | null;
    readonly working: object | null;
    readonly strip: readonly {
      readonly image: { readonly name: string };
      readonly top: { readonly label: string | null; readonly probability: number } | null;
    }[];
    readonly stripHow: string | null;
  };
}
export interface Lens {
  readonly __convlens: {
    state(): State;
    mapValues(channel: number): number[];
    effectiveField(): {
      before: number;
      patches: (readonly [number, number, number, number])[];
      values: number[];
    } | null;
  };
}
export const state = (page: Page): Promise<State> =>
  page.evaluate(() => (window as unknown as Lens).__convlens.state());
export const settled = (page: Page, after = 0): Promise<unknown> =>
  page.waitForFunction(
    (least) => {
      const { phase, serial } = (window as unknown as Lens).__convlens.state().run;
      return phase === 'failed' || (phase === 'done' && serial > least);
    },
    after,
    { timeout: 60_000 },
  );
