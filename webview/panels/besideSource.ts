/** Beside a corner of a pooled or unpooled map: which inputs went on, and where they returned to. */
import type { Gathered } from '../../src/core/explain/explanation';
import { t } from '../../src/core/l10n/l10n';
import type { SceneNode } from '../../src/core/view/types';
import type { MapWindow } from '../state/beside';
import type { Lens } from '../state/lens';
import { poolUnits, winnersOf, type Winners } from '../state/winners';
import type { TensorView } from '../state/tensorView';
import type { ColourScale } from '../ui/colourMaps';
import { el, fill } from '../ui/dom';
import { integer } from '../ui/numbers';
import { cornerTable, cornerWords } from './besideCorner';

export interface BesideMap {
  readonly view: TensorView;
  /** That of all layers, or the last where there are fewer. */
  readonly channel: number;
  readonly scale: ColourScale;
}

export interface BesidePoint {
  /** Units of this map that lie where one points. */
  readonly chosen: MapWindow;
  readonly corner: MapWindow;
  readonly blocks: readonly [number, number];
}

export interface BesideSource {
  /** What went in, as numbers. */
  readonly element: HTMLElement;
  /** Of the corner of the layer's own map: `row, column` of units that hold a value that returned; empty until that is known. */
  kept(): ReadonlySet<string>;
  show(map: BesideMap, point: BesidePoint): void;
}

const places = ({ top, left, rows, columns }: MapWindow): (readonly [number, number])[] =>
  Array.from({ length: rows * columns }, (_, at) => [top + Math.floor(at / columns), left + (at % columns)] as const);

/** Null for layers that choose no input and put none back. `known`: told when `kept` has changed. */
export function createBesideSource(node: SceneNode, lens: Lens, known: () => void): BesideSource | null {
  if ((node.op !== 'MaxPool' && node.op !== 'MaxUnpool') || node.spatial.length !== 2) return null;
  const pools = node.op === 'MaxPool';
  const element = el('div', { class: 'beside-source' });
  let kept: ReadonlySet<string> = new Set();
  let asked = '';
  let of: BesideMap['view'] | null = null;

  async function gathered(channel: number, units: MapWindow): Promise<Winners | null> {
    const answers = await Promise.all(places(units).map((unit) => lens.explain(node, { channel, unit })));
    const windows = answers.flatMap((answer): Gathered[] =>
      answer.kind === 'answer' && answer.explanation.middle.kind === 'gathered' ? [answer.explanation.middle] : [],
    );
    return windows.length < answers.length ? null : winnersOf(windows);
  }

  async function showWinners({ view, channel, scale }: BesideMap, { corner, chosen }: BesidePoint): Promise<void> {
    const units = poolUnits(corner, chosen, view);
    const key = `${channel}/${Object.values(units).join()}`;
    [asked, of] = [key, view];
    const winners =
      (await gathered(channel, units)) ??
      (await gathered(channel, { top: chosen.top, left: chosen.left, rows: 1, columns: 1 }));
    if (asked !== key || of !== view) return;
    fill(element, ...(winners ? winnersView(winners, scale) : []));
  }

  async function showKept({ view, channel }: BesideMap, { corner }: BesidePoint): Promise<void> {
    const key = `${channel}/${Object.values(corner).join()}`;
    // Another run has other indices.
    if (asked === key && of === view) return;
    [asked, of] = [key, view];
    const found = new Set<string>();
    await Promise.all(
      places(corner).map(async (unit) => {
        const answer = await lens.explain(node, { channel, unit });
        const middle = answer.kind === 'answer' ? answer.explanation.middle : null;
        if (middle?.kind === 'kept' && middle.from) found.add(unit.join());
      }),
    );
    if (asked !== key || of !== view) return;
    kept = found;
    known();
  }

  return {
    element,
    kept: () => kept,
    show: (map, point) => void (pools ? showWinners(map, point) : showKept(map, point)),
  };
}

function winnersView({ window, values, won, windows, ties }: Winners, scale: ColourScale): HTMLElement[] {
  const at = (row: number, column: number): number => (row - window.top) * window.columns + column - window.left;
  const table = cornerTable({
    scale,
    window,
    chosen: null,
    blocks: [1, 1],
    testId: 'winners',
    value: (row, column) => values[at(row, column)] ?? null,
    won: (row, column) => won.has(at(row, column)),
  });
  const tied =
    ties === 0
      ? ''
      : windows === 1
        ? t('Several share it: a tie, all of them outlined.')
        : t('In {0} of {1} windows several share it: a tie, all of them outlined.', integer(ties), integer(windows));
  return [
    el('div', { class: 'wb-aside', text: t('what goes in, {0}', cornerWords(window)) }),
    table,
    el('p', {
      class: 'wb-note',
      attrs: { 'data-testid': 'winners-words' },
      text: [windows === 1 ? t('Outlined: the winner of the window.') : t('Outlined: the winner of each window.'), tied]
        .filter(Boolean)
        .join(' '),
    }),
  ];
}
