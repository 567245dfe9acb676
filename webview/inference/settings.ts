/** What the user chose for a run, and what outlives the page of it. */
import type { Filling, HostApi, ImageEntry, Preparation, RunSource } from '../../src/protocol/host';
import type { ProviderChoice } from '../state/runner';
import type { Fillings } from './feeds';

export interface Settings {
  chosen: ImageEntry | null;
  readonly preparation: Preparation | null;
  readonly choice: ProviderChoice;
  readonly fillings: Fillings;
  /** Takes over what the host knows: a guess, and what was kept of an earlier run; never over what was chosen here. */
  learn(source: RunSource): void;
  prepare(preparation: Preparation): void;
  provide(choice: ProviderChoice): void;
  fill(input: string, filling: Filling): void;
  /** The model has changed: its inputs may be others. The picture stays chosen. */
  reset(): void;
}

export function createSettings(host: HostApi): Settings {
  let preparation: Preparation | null = null;
  /** Only what was set by hand is kept: a better guess of a later version should count. */
  let own: Preparation | null = null;
  let choice: ProviderChoice = 'auto';
  let fillings: Fillings = {};
  const keep = (): void => {
    const small = Object.entries(fillings).filter(([, { kind }]) => kind !== 'file');
    void host.keepRunSettings({ preparation: own, provider: choice, fillings: Object.fromEntries(small) });
  };
  return {
    chosen: null,
    get preparation() {
      return preparation;
    },
    get choice() {
      return choice;
    },
    get fillings() {
      return fillings;
    },
    learn({ preparation: guessed, saved }) {
      own = preparation ? own : (saved?.preparation ?? null);
      preparation ??= own ?? guessed;
      if (!saved) return;
      fillings = { ...saved.fillings, ...fillings };
      if (choice === 'auto') choice = saved.provider;
    },
    prepare(next) {
      preparation = next;
      own = next.reason === 'set by hand' ? next : null;
      keep();
    },
    provide(next) {
      choice = next;
      keep();
    },
    fill(input, filling) {
      fillings = { ...fillings, [input]: filling };
      keep();
    },
    reset() {
      preparation = own = null;
      fillings = {};
    },
  };
}
