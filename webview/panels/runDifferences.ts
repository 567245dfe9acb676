/** How far the last run is from the one that is kept: the layer in view in numbers, and every layer on request. */
import './runDifferences.css';
import { marked } from '../../src/core/l10n/decimals';
import { t } from '../../src/core/l10n/l10n';
import type { AppState } from '../state/app';
import type { PageContext } from '../state/context';
import {
  byDifference,
  comparable,
  differs,
  firstToDiffer,
  TOLERANCE,
  type DifferenceNumbers,
  type LayerDifference,
} from '../state/differences';
import type { Runner } from '../state/runner';
import { button } from '../ui/index';
import { el, fill, refill } from '../ui/dom';
import { integer, percent } from '../ui/numbers';
import type { MapsStore } from './layerMaps';
import { valueText } from './valueText';
import { shareRow } from './shareRow';

/** Rows at first; the rest on request. */
const SHOWN = 12;

type Order = 'largest' | 'executed';

export function mountRunDifferences(
  parent: HTMLElement,
  context: PageContext,
  runner: Runner,
  maps: MapsStore,
): () => void {
  const { store } = context;
  const title = el('h3', { class: 'grow wb-cut' });
  const numbers = el('div', { class: 'kv wb-small', attrs: { 'data-testid': 'difference-numbers' } });
  const part = el('div', { attrs: { 'data-testid': 'differences' } });
  const root = el(
    'section',
    { class: 'run-part', attrs: { 'aria-label': t('Two runs compared') } },
    title,
    numbers,
    part,
  );
  parent.append(root);
  let order: Order = 'largest';
  let all = false;

  /** Its bar against the layer that is furthest apart. */
  function row({ node, numbers: own }: LayerDifference, most: number): HTMLElement | null {
    const share = most === 0 ? 0 : (own?.relative ?? 0) / most;
    return shareRow(store, node, share, [own === null ? t('other size') : shareText(own)]);
  }

  function list(layers: readonly LayerDifference[], state: AppState): HTMLElement[] {
    const first = firstToDiffer(layers);
    const name = first === null ? undefined : state.scene?.nodes[first]?.shortName;
    const words = `${TOLERANCE * 100}\u00a0%`;
    const alike = comparable(layers)
      ? t('No layer differs by more than {0} of its largest value.', words)
      : t('No layer gives out values of the same size in both runs.');
    const verdict = el('p', {
      class: 'wb-note',
      text:
        name === undefined ? alike : t('The first to differ by more than {0} of its largest value: {1}.', words, name),
    });
    const apart = layers.filter((layer) => layer.numbers === null || differs(layer.numbers));
    const sorted = order === 'largest' ? byDifference(layers) : layers;
    const shown = all ? sorted : sorted.slice(0, SHOWN);
    const choice = (value: Order, text: string): HTMLElement =>
      el('button', {
        class: order === value ? 'wb-choice on' : 'wb-choice',
        text,
        attrs: { type: 'button', 'aria-pressed': String(order === value) },
        on: {
          click: () => {
            order = value;
            show();
          },
        },
      });
    const rest = sorted.length - shown.length;
    const most = layers.reduce((top, layer) => Math.max(top, layer.numbers?.relative ?? 0), 0);
    return [
      verdict,
      el(
        'div',
        { class: 'wb-row' },
        el('span', {
          class: 'grow wb-small',
          text: t('{0} of {1} layers differ', integer(apart.length), integer(layers.length)),
        }),
        el(
          'span',
          { class: 'wb-choices', role: 'group', attrs: { 'aria-label': t('Order of the layers') } },
          choice('largest', t('largest first')),
          choice('executed', t('as executed')),
        ),
      ),
      ...shown.flatMap((layer) => row(layer, most) ?? []),
      ...(rest > 0
        ? [
            el('button', {
              class: 'link',
              text: t('{0} more', integer(rest)),
              attrs: { type: 'button' },
              on: {
                click: () => {
                  all = true;
                  show();
                },
              },
            }),
          ]
        : []),
    ];
  }

  function show(): void {
    const state = store.get();
    const { kept, differences, working } = state.run;
    root.hidden = kept === null;
    if (kept === null) return;
    title.textContent = t('Compared with {0}', kept);
    title.title = title.textContent;
    const { layer } = maps.get();
    fill(numbers, ...(layer?.pair ? numberRows(layer.pair.numbers) : []));
    const busy = working?.what === 'differences';
    const start = button(t('Compare all layers'), {
      appearance: 'secondary',
      onClick: () => void runner.compareAll(),
    });
    const done = t('Comparing all layers, {0} % done', Math.round((working?.done ?? 0) * 100));
    const cancel = button(t('Cancel'), { appearance: 'secondary', onClick: () => runner.stopWork() });
    refill(
      part,
      ...(busy
        ? [el('div', { class: 'wb-row' }, el('span', { class: 'grow wb-small', text: done }), cancel)]
        : [...(differences ? list(differences, state) : [start])]),
    );
  }

  const stops = [
    store.subscribe((state, previous) => {
      if (state.run.differences !== previous.run.differences) all = false;
      if (state.run !== previous.run) show();
    }),
    maps.subscribe((state, previous) => {
      if (state.layer !== previous.layer) show();
    }),
  ];
  show();
  return () => {
    stops.forEach((stop) => stop());
    root.remove();
  };
}

const shareText = ({ largest, relative, unlike }: DifferenceNumbers): string =>
  unlike > 0 ? 'NaN' : largest === 0 ? '=' : relative === null ? valueText(largest) : relativeText(relative);

/** Shares of more than all are said as factors. */
const relativeText = (relative: number): string =>
  relative > 1 ? `${valueText(relative)}×` : relative < 0.001 ? valueText(relative) : percent(relative);

/** Largest and mean difference, share of the largest value, and cosine similarity of the layer in view. */
function numberRows({ largest, mean, relative, cosine, unlike }: DifferenceNumbers): HTMLElement[] {
  const rows: readonly (readonly [string, string, string])[] = [
    [
      t('Largest difference'),
      valueText(largest),
      t('The largest of all differences of values in the same place, without their signs'),
    ],
    [t('Mean difference'), valueText(mean), t('The mean of all differences without their signs')],
    [
      t('Relative'),
      relative === null ? '?' : relativeText(relative),
      t('The largest difference by the largest value of the kept run’s layer'),
    ],
    [
      t('Cosine similarity'),
      cosine === null ? '?' : marked(cosine.toFixed(6)),
      t('1 where both runs point the same way, whatever their lengths; unknown where either is zero everywhere'),
    ],
    ...(unlike > 0 ? [[t('Only one is a number'), integer(unlike), ''] as const] : []),
  ];
  return rows.flatMap(([label, value, title]) => [
    el('span', { text: label, title }),
    el('span', { text: value, attrs: { 'data-number': label } }),
  ]);
}
