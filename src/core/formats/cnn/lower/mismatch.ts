import type { Fix } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import { fix, lineOf, setOption } from '../fixes';
import type { LayerBuilder } from './layerBuilder';
import { keepingPad, spanOf } from './windows';
import { pairText, spatialText, type Branch, type LayerRun, type WindowUse, type Wire } from './wire';

export interface Remedies {
  /** Where the difference comes from, as a sentence behind the problem; '' where that is not plain. */
  readonly why: string;
  readonly fixes: readonly Fix[];
}

const NONE: Remedies = { why: '', fixes: [] };
/** A difference that comes from further up is not explained by one layer. */
const FURTHEST = 200;

/** Why two branches differ, and what makes them equal: padding what cut the border off, cropping, or a 1×1 convolution. */
export function remedies(builder: LayerBuilder, branches: readonly Branch[], odd: Branch): Remedies {
  const model = branches.find(({ wire }) => wire.shape && wire.shape !== odd.wire.shape);
  const [a, b] = [model?.wire.shape, odd.wire.shape];
  if (!model || !a?.spatial || !b?.spatial) return NONE;
  const [rowsA, columnsA] = a.spatial;
  const [rowsB, columnsB] = b.spatial;
  if (rowsA === null || rowsB === null || columnsA === null || columnsB === null) return NONE;
  if (rowsA === rowsB && columnsA === columnsB) return projection(model, odd);
  const [small, large] = rowsB < rowsA || columnsB < columnsA ? [odd, model] : [model, odd];
  const lost = [Math.abs(rowsA - rowsB), Math.abs(columnsA - columnsB)] as const;
  const cut = cutters(small.wire, large.wire, lost);
  const crop = cropFix(large, small);
  if (!cut) return { why: '', fixes: crop };
  return { why: whyCut(builder.around.source, cut), fixes: [...padFix(builder, cut, large), ...crop] };
}

const ancestors = (wire: Wire): ReadonlySet<LayerRun> => {
  const found = new Set<LayerRun>();
  const queue: Wire[] = [wire];
  for (const { run } of queue) {
    if (!run || found.has(run) || found.size > FURTHEST) continue;
    found.add(run);
    queue.push(...run.inputs);
  }
  return found;
};

/** Layers of the small branch whose missing padding makes up the whole difference; null where something else is at work. */
function cutters(small: Wire, large: Wire, lost: readonly [number, number]): readonly LayerRun[] | null {
  const shared = ancestors(large);
  const found: LayerRun[] = [];
  let [rows, columns] = [0, 0];
  let at: LayerRun | null = small.run;
  for (let i = 0; at && !shared.has(at) && i < FURTHEST; i++) {
    const { window } = at;
    if (window) {
      const [down, across] = cutBy(window);
      // Behind a stride the rows that are lost count for less: padding then no longer makes up for them one by one.
      if (window.stride.some((step) => step !== 1) || window.transposed) return null;
      if (down > 0 || across > 0) found.push(at);
      rows += down;
      columns += across;
    } else if (at.kind && !SAME_SIZE.has(at.kind.chapter)) return null;
    at = at.inputs[0]?.run ?? null;
  }
  return found.length && rows === lost[0] && columns === lost[1] ? found.reverse() : null;
}

const SAME_SIZE = new Set(['activation', 'normalisation', 'join', 'other']);

const cutBy = ({ kernel, dilation, pads }: WindowUse): readonly [number, number] => [
  spanOf(kernel[0], dilation[0]) - 1 - pads[0] - pads[2],
  spanOf(kernel[1], dilation[1]) - 1 - pads[1] - pads[3],
];

const rowsText = (count: number): string => (count === 1 ? t('one row') : t('{0} rows', count));
const columnsText = (count: number): string => (count === 1 ? t('one column') : t('{0} columns', count));

function whyCut(source: string, cut: readonly LayerRun[]): string {
  const [first] = cut;
  if (!first?.window) return '';
  const places = [...new Set(cut.map(({ layer }) => lineOf(source, layer.kind.span.start)))];
  const padded = first.window.pads.some((side) => side > 0);
  const window = pairText(first.window.kernel);
  const [rows, columns] = cutBy(first.window);
  if (places.length > 1)
    return t('The windows in lines {0} have too little padding and cut the borders off.', places.join(', '));
  const who =
    first.kind?.chapter === 'pooling'
      ? t('The {0} pooling in line {1}', window, places[0] ?? '')
      : t('The {0} convolution in line {1}', window, places[0] ?? '');
  const how = cutText(rows, columns);
  if (cut.length > 1) {
    return padded
      ? t('{0} has too little padding and {1} and is used {2} times.', who, how, cut.length)
      : t('{0} has no padding and {1} and is used {2} times.', who, how, cut.length);
  }
  return padded ? t('{0} has too little padding and {1}.', who, how) : t('{0} has no padding and {1}.', who, how);
}

function cutText(rows: number, columns: number): string {
  if (rows !== columns || rows % 2 !== 0) return t('cuts {0} and {1} off', rowsText(rows), columnsText(columns));
  return rows === 2 ? t('cuts one pixel off at each border') : t('cuts {0} pixels off at each border', rows / 2);
}

function padFix(builder: LayerBuilder, cut: readonly LayerRun[], large: Branch): readonly Fix[] {
  const { source } = builder.around;
  const layers = new Map(cut.map((run) => [run.layer, run]));
  const edits = [];
  for (const run of layers.values()) {
    const pad = run.window && keepingPad(run.window.kernel, run.window.dilation);
    edits.push(setOption(source, run.layer, run.given, 'pad', pad ?? 'same'));
  }
  const [only] = layers.values();
  const size = large.wire.shape?.spatial ? spatialText(large.wire.shape.spatial) : '';
  const lines = [...layers.keys()].map(({ kind }) => lineOf(source, kind.span.start));
  const pad = only?.window ? keepingPad(only.window.kernel, only.window.dilation) : null;
  const title =
    layers.size === 1
      ? t('Pad line {0} with {1}: keeps {2}', lines[0] ?? '', (pad ?? 'same').replace('x', '×'), size)
      : t('Pad lines {0}: keeps {1}', lines.join(', '), size);
  return [fix(title, ...edits)];
}

/** The larger branch cut down around its middle, where the text calls it by a name. */
function cropFix(large: Branch, small: Branch): readonly Fix[] {
  const [from, to] = [large.wire.shape?.spatial, small.wire.shape?.spatial];
  if (large.name === null || !from || !to || to[0]! > from[0]! || to[1]! > from[1]!) return [];
  const text = `{crop: ${to[0]}x${to[1]}, from: ${large.name}}`;
  return [fix(t('Crop {0} to {1}', large.name, spatialText(to)), { span: large.span, text })];
}

/** Rows and columns agree and channels do not: a 1×1 convolution on the shorter way makes them equal, as in ResNet. */
function projection(model: Branch, odd: Branch): Remedies {
  const channels = ({ wire }: Branch): number | null => wire.shape?.channels ?? null;
  const depth = ({ wire }: Branch): number => ancestors(wire).size;
  const [short, long] = depth(model) <= depth(odd) ? [model, odd] : [odd, model];
  const wanted = channels(long);
  if (wanted === null) return NONE;
  const why = t('Only branches with equally many channels can be; a 1×1 convolution makes them equal.');
  if (short.name === null) return { why, fixes: [] };
  const text = `{conv: ${wanted} 1x1, from: ${short.name}}`;
  return {
    why,
    fixes: [fix(t('Make {0} channels of {1} with a 1×1 convolution', wanted, short.name), { span: short.span, text })],
  };
}
