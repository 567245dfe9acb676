/** One unit as a computational graph, as in the lecture: inputs and weights, ×, Σ, +, g. */
import type { Element, Explanation, Gathered, Products, Terms } from '../../src/core/explain/explanation';
import { t } from '../../src/core/l10n/l10n';
import type { UnitAnswer } from '../state/lens';
import { integer } from '../ui/numbers';
import { svg } from '../ui/svg';
import { outcomeOf } from './microscopeSum';
import { indexText, lineText } from './microscopeText';
import { valueText } from './valueText';

interface Pair {
  readonly x: Element;
  readonly w: Element | null;
  readonly product: number | null;
}

/** Pairs that are drawn, and how many are not: the first two and the last one of all. */
interface Pairs {
  readonly shown: readonly (Pair | null)[];
  readonly left: number;
  /** `7 more pairs`, `7 more inputs`. */
  readonly more: (left: string) => string;
}

function elementAt(
  name: string,
  lead: readonly number[],
  axes: readonly (readonly number[])[],
  extent: readonly number[],
  cell: number,
  value: number,
): Element {
  const place: number[] = [];
  let rest = cell;
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    place.unshift(axes[axis]![rest % extent[axis]!]!);
    rest = Math.floor(rest / extent[axis]!);
  }
  return { name, index: [...lead, ...place], value };
}

/** First two, a gap, the last. */
const morePairs = (left: string): string => t('{0} more pairs', left);

function picked(count: number, pair: (i: number) => Pair, more: Pairs['more']): Pairs {
  if (count <= 4) return { shown: Array.from({ length: count }, (_, i) => pair(i)), left: 0, more };
  return { shown: [pair(0), pair(1), null, pair(count - 1)], left: count - 3, more };
}

function pairsOfProducts({ channels, window, taps, weights }: Products): Pairs {
  const cells = window.outside.length;
  return picked(
    channels.length * cells,
    (i) => {
      const channel = channels[Math.floor(i / cells)]!;
      const cell = i % cells;
      const w = weights === 'kernel' ? 'W' : t('weight');
      const lead = weights === 'kernel' ? channel.weight : [];
      return {
        x: elementAt('X', channel.input, window.positions, window.extent, cell, channel.patch[cell]!),
        w:
          weights === 'kernel'
            ? elementAt(w, lead, taps, window.extent, cell, channel.kernel[cell]!)
            : { name: w, index: [], value: channel.kernel[cell]! },
        product: channel.products[cell]!,
      };
    },
    morePairs,
  );
}

function pairsOfTerms({ terms, count }: Terms): Pairs {
  const list = terms.map(({ x, w, product }): Pair => ({ x, w, product }));
  if (list.length <= 4 && count === list.length) return { shown: list, left: 0, more: morePairs };
  return { shown: [list[0]!, list[1]!, list[2]!, null], left: count - 3, more: morePairs };
}

function inputsOfWindow({ window, input, values, neutral }: Gathered): Pairs {
  const taking = [...values.keys()].filter((cell) => neutral !== null || !window.outside[cell]);
  return picked(
    taking.length,
    (i) => ({
      x: elementAt('X', input, window.positions, window.extent, taking[i]!, values[taking[i]!]!),
      w: null,
      product: null,
    }),
    (left) => t('{0} more inputs', left),
  );
}

const GATHERED: Readonly<Record<Gathered['how'], string>> = {
  max: 'max',
  min: 'min',
  mean: 'mean',
  sum: 'Σ',
  norm: '‖·‖',
};

interface Drawn {
  readonly pairs: Pairs;
  /** What joins them: `Σ`, `max`, `+`. */
  readonly join: string;
  readonly value: number;
  readonly bias: { readonly label: string; readonly value: number } | null;
}

/** Null where a graph would say nothing that the arithmetic does not. */
function drawnOf({ middle, steps, value }: Explanation): Drawn | null {
  const bias = steps.find((step) => step.bias) ?? null;
  const before = bias ? value - bias.value : value;
  switch (middle.kind) {
    case 'products':
      return { pairs: pairsOfProducts(middle), join: 'Σ', value: before, bias };
    case 'terms':
      return { pairs: pairsOfTerms(middle), join: 'Σ', value: before, bias };
    case 'gathered':
      return { pairs: inputsOfWindow(middle), join: GATHERED[middle.how], value, bias: null };
    case 'operands': {
      const sign = steps[1]?.sign ?? 'g';
      if (sign === 'g' || steps.length > 4) return null;
      const pair = (x: Element): Pair => ({ x, w: null, product: null });
      return { pairs: { shown: middle.operands.map(pair), left: 0, more: morePairs }, join: sign, value, bias: null };
    }
    default:
      return null;
  }
}

const BOX = 152;
/** From one circle to the next. */
const STEP = 64;
const ROUND = 12;

const words = (x: number, y: number, text: string, attributes: Readonly<Record<string, string>> = {}): SVGElement =>
  svg('text', { x, y, ...attributes }, text);

function box({ name, index, value }: Element, y: number, x: number, kind: string): SVGElement[] {
  return [
    svg('rect', { class: 'mic-box', x, y: y - 11, width: BOX, height: 22, rx: 3 }),
    svg('rect', { class: `mic-bar ${kind}`, x, y: y - 11, width: 3, height: 22 }),
    words(x + 9, y + 4, indexText(name, index), { class: 'dim' }),
    words(x + BOX - 6, y + 4, valueText(value), { 'text-anchor': 'end' }),
  ];
}

/** Radius of a circle with this sign in it. */
const halfOf = (text: string): number => (text.length > 1 ? 18 : ROUND);

function round(x: number, y: number, text: string, kind = ''): SVGElement[] {
  const radius = halfOf(text);
  return [
    svg('circle', { class: `mic-round ${kind}`, cx: x, cy: y, r: radius }),
    words(x, y + 4.5, text, { 'text-anchor': 'middle' }),
  ];
}

const edge = (x1: number, y1: number, x2: number, y2: number): SVGElement =>
  svg('path', { class: 'mic-edge', d: `M${x1} ${y1}L${x2} ${y2}` });

/** Room for a digit of the outcome, which is large and strong; of the widest fonts. */
const DIGIT = 11;
/** Room for one pair of a weighted sum, and for a single input. */
const PAIR = 47;
const SINGLE = 28;

export function graphView(answer: UnitAnswer, decimals: number): SVGElement | null {
  const { explanation, after } = answer;
  const drawn = drawnOf(explanation);
  if (!drawn || drawn.pairs.shown.length === 0) return null;
  const { pairs, join, bias } = drawn;
  const weighted = pairs.shown.some((pair) => pair?.w);
  const pitch = weighted ? PAIR : SINGLE;
  const height = Math.max(pairs.shown.length * pitch + 8, bias ? 190 : 90);
  const middle = (pairs.shown.length * pitch) / 2;
  const sum = weighted ? BOX + 148 : BOX + 84;
  const times = BOX + 48;
  const parts: SVGElement[] = [];
  pairs.shown.forEach((pair, i) => {
    const y = pitch / 2 + i * pitch;
    if (!pair) {
      parts.push(
        words(BOX / 2, y + 4, `⋮ ${pairs.more(integer(pairs.left))}`, { class: 'dim', 'text-anchor': 'middle' }),
      );
      return;
    }
    if (!pair.w || pair.product === null) {
      parts.push(edge(BOX, y, sum - 18, middle), ...box(pair.x, y, 0, 'input'));
      return;
    }
    parts.push(
      edge(BOX, y - 12, times - ROUND, y),
      edge(BOX, y + 12, times - ROUND, y),
      edge(times + ROUND, y, sum - ROUND, middle),
    );
    parts.push(...box(pair.x, y - 12, 0, 'input'), ...box(pair.w, y + 12, 0, 'weight'), ...round(times, y, '×'));
    parts.push(words(times + 16, y - 7, valueText(pair.product), { class: 'dim halo' }));
  });
  let x = sum;
  let so = drawn.value;
  const onward = (to: number, from: number, until: number): void => {
    parts.push(edge(x + from, middle, to - until, middle));
    parts.push(words((x + to) / 2, middle - 7, valueText(so), { class: 'dim', 'text-anchor': 'middle' }));
  };
  parts.push(...round(x, middle, join));
  const first = halfOf(join);
  if (bias) {
    onward(x + STEP, first, ROUND);
    const below = Math.min(height - 16, middle + 62);
    parts.push(edge(x + STEP, below - 11, x + STEP, middle + ROUND));
    // `bias β[3]`, `β·C[3]`, whatever the language calls it.
    const [, name = 'β', index = ''] = /(\S+)\[([^\]]*)\]$/.exec(bias.label) ?? [];
    const place = index === '' ? [] : index.split(', ').map(Number);
    parts.push(...box({ name, index: place, value: bias.value }, below, x + STEP - BOX / 2, 'weight'));
    x += STEP;
    parts.push(...round(x, middle, '+'));
    so = explanation.value;
  }
  let beside = bias ? ROUND : first;
  for (const { activation, title, explanation: made } of after) {
    const sign = activation === null ? title : 'g';
    onward(x + STEP, beside, halfOf(sign));
    x += STEP;
    parts.push(...round(x, middle, sign, activation === null ? 'normalisation' : 'activation'));
    so = made.value;
    beside = halfOf(sign);
  }
  const outcome = outcomeOf(answer);
  const end = outcome.runtime ?? outcome.value;
  parts.push(edge(x + beside, middle, x + 42, middle));
  parts.push(svg('path', { class: 'mic-head', d: `M${x + 40} ${middle - 4}l8 4l-8 4z` }));
  const written = lineText(end, decimals);
  const count = pairs.shown.length + pairs.left;
  parts.push(words(x + 54, middle + 5, written, { class: 'mic-end' }));
  const width = x + 60 + DIGIT * written.length;
  const view = svg('svg', {
    class: 'mic-graph',
    viewBox: `-1 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-label': `${[
      weighted ? t('{0} products into {1}', count, join) : t('{0} inputs into {1}', count, join),
      ...(bias ? [t('plus bias')] : []),
      ...after.map(({ title }) => t('then {0}', title)),
    ].join(', ')}: ${written}`,
  });
  view.append(...parts);
  return view;
}
