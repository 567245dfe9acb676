/** The layer table of one model, and what that of another page may tell instead. */
import { t } from '../../src/core/l10n/l10n';
import type { Scene } from '../../src/core/view/types';
import type { RunState } from '../state/app';
import { compact, integer } from '../ui/numbers';
import { columnsFor, type Column, type Room } from './layersColumns';
import { sums } from './layersRows';

/** What a table of layers tells of them. */
export interface LayersOf {
  readonly columns: (room: Room, run: RunState) => readonly Column[];
  /** Sums beside the filter. `whole`: the operators are all there are; `short`: in fewer letters. */
  readonly sum: (scene: Scene, operators: readonly number[], whole: boolean, short: boolean) => string;
  /** What can be typed into the filter, by example. */
  readonly filters: string;
  /** Of a file the table is saved in, without its ending. */
  readonly fileName: (scene: Scene) => string;
}

export const ONE_MODEL: LayersOf = {
  columns: (room, { times, provider }) => columnsFor(room, times, provider),
  sum(scene, operators, whole, short) {
    // Parameters that two layers share count once in the whole.
    const { parameters, macs } = whole ? scene.header : sums(scene, operators);
    const products = macs === null ? '?' : compact(macs);
    if (short) return `Σ ${t('{0} par.', compact(parameters))} · ${products} MACs`;
    return t('Σ {0} parameters · {1} MACs', integer(parameters), products);
  },
  filters: t('name, op:Conv kernel:3, params>1M, -op:Relu'),
  fileName: ({ title }) => `${title.replace(/[.][^.]+$/, '')}-layers`,
};
