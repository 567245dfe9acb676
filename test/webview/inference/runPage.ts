/** The page of the gallery as tests see it: its hooks, and the end of a run. */
import type { Page } from 'playwright-core';

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
