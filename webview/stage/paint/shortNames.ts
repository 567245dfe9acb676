/** Names as a person abbreviates them, for boxes without room for the whole: a `Transpose…` would be another operator. */
import { t } from '../../../src/core/l10n/l10n';
import type { Texts } from './text';

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['AveragePool', t('Avg pool')],
  ['ConvTranspose', t('Transp. conv')],
  ['Gemm', t('Fully conn.')],
  ['GlobalAveragePool', t('Global avg pool')],
  ['LRN', 'Local resp. norm'],
]);

const KINDS: ReadonlyMap<string, string> = new Map([
  [t('inverted residual'), t('inv. residual')],
  [t('depthwise separable'), t('dw separable')],
  ['squeeze-and-excitation', 'SE'],
]);

/** The title of an operator, its short form, or that one cut at the end. */
export function fitTitle(
  texts: Texts,
  { op, title }: { readonly op: string; readonly title: string },
  room: number,
  size: number,
): string {
  const short = OPERATORS.get(op);
  const words = short !== undefined && texts.width(title, size, 600) > room ? short : title;
  return texts.fit(words, room, size, 600, 'end');
}

export const shortKind = (kind: string): string => KINDS.get(kind) ?? kind;

/** `depthwise separable 2 … 4` as `dw separable 2 … 4` before it is cut: which ones they are stands at its end. */
export function fitModule(texts: Texts, name: string, room: number, size: number): string {
  const kind = [...KINDS.keys()].find((known) => name.startsWith(`${known} `));
  const tight = kind !== undefined && texts.width(name, size, 600) > room;
  return texts.fit(tight ? shortKind(kind) + name.slice(kind.length) : name, room, size, 600);
}

/** Smaller, down to `least`, before words are cut. */
export function sizeFor(texts: Texts, words: string, room: number, size: number, least: number): number {
  const width = texts.width(words, size, 600);
  return width <= room ? size : Math.max(least, (size * room) / width);
}
