/** A unit at the border of the same map: what enters from outside, and which share of its products that is. */
import type { Explanation, Middle } from '../../src/core/explain/explanation';
import { t } from '../../src/core/l10n/l10n';
import type { SceneNode } from '../../src/core/view/types';
import type { Lens, UnitAnswer } from '../state/lens';
import type { TensorView } from '../state/tensorView';
import { el, fill } from '../ui/dom';
import { integer, percent } from '../ui/numbers';
import { cellTable, columnsOf, largestOf, type CellLook } from './microscopeCells';
import { shownChannels, type ChannelName } from './microscopeProducts';
import { outcomeOf } from './microscopeSum';
import { cellScale } from './microscopeText';
import { valueText } from './valueText';

const SHOWN = 2;
const WIDEST = 111;

export interface BorderUnit {
  readonly answer: UnitAnswer;
  readonly unit: readonly number[];
}

const outsideOf = (middle: Middle): readonly boolean[] =>
  middle.kind === 'products' || middle.kind === 'gathered' ? middle.window.outside : [];

export const isAtBorder = ({ middle }: Explanation): boolean => outsideOf(middle).includes(true);

/** Units of the outermost rows and columns, the nearest to this one first. */
function candidates(unit: readonly number[], { axes, height, width }: TensorView): readonly (readonly number[])[] {
  const [row, column] = axes === 1 ? [0, unit[0] ?? 0] : [unit[0] ?? 0, unit[1] ?? 0];
  const sides =
    axes === 1
      ? [[0], [width - 1]]
      : [
          [0, column],
          [height - 1, column],
          [row, 0],
          [row, width - 1],
        ];
  const distance = (one: readonly number[]): number =>
    one.reduce((sum, position, axis) => sum + Math.abs(position - (unit[axis] ?? 0)), 0);
  return sides.sort((a, b) => distance(a) - distance(b));
}

/** This unit if it lies at the border itself, else the nearest one that does; null where the layer has no padding. */
export async function findBorderUnit(
  lens: Lens,
  node: SceneNode,
  answer: UnitAnswer,
  channel: number,
  unit: readonly number[],
  map: TensorView,
): Promise<BorderUnit | null> {
  if (answer.strides.length === 0 || node.family === 'upsampling') return null;
  if (isAtBorder(answer.explanation)) return { answer, unit };
  for (const place of candidates(unit, map)) {
    const found = await lens.explain(node, { channel, unit: place });
    if (found.kind === 'answer' && isAtBorder(found.explanation)) return { answer: found, unit: place };
  }
  return null;
}

/** One look for all tables of a column: they share their largest value. */
function looksOf(columns: readonly (readonly ArrayLike<number>[])[], extent: readonly number[]): readonly CellLook[] {
  const width = Math.max(14, Math.min(37, Math.floor(WIDEST / columnsOf(extent))));
  return columns.map((tables) => {
    const values = tables.flatMap((one) => Array.from(one));
    return { largest: largestOf(values), scale: cellScale(values, width), width, height: Math.min(25, width) };
  });
}

function tables(middle: Middle, name: ChannelName): HTMLElement[] {
  if (middle.kind === 'gathered') {
    const { window, values, neutral, winners } = middle;
    const finite = Array.from(values).filter(Number.isFinite);
    const [look] = looksOf([[finite]], window.extent);
    const fromZero = finite.every((value) => value >= 0);
    const table = { label: t('Input patch'), extent: window.extent, values, outside: window.outside, neutral };
    return [cellTable({ ...table, marked: new Set(winners) }, { ...look!, fromZero })];
  }
  if (middle.kind !== 'products') return [];
  const { channels, window, neutral } = middle;
  const picked = shownChannels(middle)
    .slice(0, SHOWN)
    .map((i) => channels[i]!);
  const [patch, kernel] = looksOf([picked.map((c) => c.patch), picked.map((c) => c.kernel)], window.extent);
  const rows = picked.flatMap((channel) => {
    const label = name(channel.input.at(-1) ?? 0);
    const shape = { extent: window.extent };
    return [
      el('div', { class: 'mic-channel-name', text: label }),
      cellTable(
        { ...shape, label: t('Input patch, {0}', label), values: channel.patch, outside: window.outside, neutral },
        patch!,
      ),
      el('div', { class: 'mic-sign', text: '×' }),
      cellTable({ ...shape, label: t('Kernel, {0}', label), values: channel.kernel }, kernel!),
      el('div', { class: 'mic-sign', text: '=' }),
      el('div', { class: 'mic-number', text: valueText(channel.sum) }),
    ];
  });
  const rest = channels.length - picked.length;
  if (rest > 0) {
    const others =
      channels.reduce((sum, { sum: one }) => sum + one, 0) - picked.reduce((sum, { sum: one }) => sum + one, 0);
    rows.push(
      el('div', {
        class: 'mic-others',
        text: rest === 1 ? t('1 more channel') : t('{0} more channels', integer(rest)),
      }),
      el('div', { class: 'mic-number', text: `${others < 0 ? '\u2212' : '+'} ${valueText(Math.abs(others))}` }),
    );
  }
  return rows;
}

function wordsOf(answer: UnitAnswer): HTMLElement[] {
  const { explanation, after } = answer;
  const { middle } = explanation;
  const outside = outsideOf(middle);
  const hatched = outside.filter(Boolean).length;
  const products = middle.kind === 'products' ? middle.channels.length : 1;
  const share = percent(hatched / outside.length);
  const neutral = middle.kind === 'products' || middle.kind === 'gathered' ? middle.neutral : null;
  const enters = neutral === null ? t('those cells do not take part') : t('neutral value {0} enters', String(neutral));
  const [some, all] = [integer(hatched * products), integer(outside.length * products)];
  const padding = middle.kind === 'products' ? t('{0} of {1} products', some, all) : t('{0} of {1} cells', some, all);
  const lines: (readonly [string, string])[] = [
    ['', t('hatched: outside the input, {0}', enters)],
    ['dim', t('padding share of this unit:')],
    ['strong', `${padding} = ${share}`],
  ];
  if (after.length > 0) {
    const name = after.map(({ activation, title }) => (activation === null ? title : 'g')).join(', ');
    const [before, made] = [explanation.value, outcomeOf(answer).value];
    lines.push(['dim', t('before {0} {1} → after {2}', name, valueText(before), valueText(made))]);
  }
  return lines.map(([kind, text]) => el('p', { class: kind, text }));
}

export function fillBorder(
  parent: HTMLElement,
  { answer, unit }: BorderUnit,
  own: boolean,
  channel: number,
  name: ChannelName,
  go: (unit: readonly number[]) => void,
): void {
  const where = own ? t('this unit') : t('unit [{0}]', unit.join(', '));
  fill(
    parent,
    el(
      'div',
      { class: 'wb-row' },
      el('h3', { text: t('At the border: {0}, channel {1}', where, integer(channel)) }),
      own
        ? null
        : el('button', {
            class: 'link-quiet',
            text: t('look at it'),
            attrs: { type: 'button' },
            on: { click: () => go(unit) },
          }),
    ),
    el(
      'div',
      { class: 'mic-border' },
      el(
        'div',
        { class: answer.explanation.middle.kind === 'products' ? 'mic-border-rows' : '' },
        ...tables(answer.explanation.middle, name),
      ),
      el('div', { class: 'mic-border-words' }, ...wordsOf(answer)),
    ),
  );
}
