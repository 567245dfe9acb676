/** Receptive fields in words: what one unit sees of the image, and by how much a layer makes it grow. */
import type { Facts, ReceptiveField } from '../analysis/facts';
import { fieldInputs } from '../analysis/imageInput';
import type { Node, ValueId } from '../ir/types';
import { t } from '../l10n/l10n';
import type { Window } from '../ops/dependence';
import { dataInputs } from './flow';
import { decimal, signed } from './numbers';
import { factRow, quiet, strong, plain } from './rows';
import type { FactRow } from './types';

/** A pixel has two axes; a signal has samples, a volume voxels. */
export const unitOf = (axes: number): string => (axes === 1 ? t('samples') : axes === 3 ? t('voxels') : 'px');

const number = (n: number): string => (Number.isInteger(n) ? signed(n) : decimal(n, 3));

/** One value where all axes agree, else one for each. */
const perAxis = (texts: readonly string[], between: string): string =>
  texts.every((text) => text === texts[0]) ? (texts[0] ?? '') : texts.join(between);

/** `23×23`, `31…35×31…35` where units differ, `all×5` where one axis is seen whole. */
function sizeText({ size, smallest }: ReceptiveField): string {
  return size
    .map((largest, k) => {
      const least = smallest[k] ?? largest;
      if (largest === null) return t('all');
      return least === null || least === largest ? number(largest) : `${number(least)}…${number(largest)}`;
    })
    .join('×');
}

function steps({ stride, start }: ReceptiveField): readonly string[] {
  const known = (list: readonly (number | null)[]): list is readonly number[] => list.every((n) => n !== null);
  return [
    known(stride) ? t('stride {0}', perAxis(stride.map(number), '×')) : '',
    known(start) ? t('starts at {0}', perAxis(start.map(number), ', ')) : '',
  ].filter(Boolean);
}

/** How a unit of this value sees the image; nothing to say in a net without an image. */
export function seesRows(facts: Facts, value: ValueId | undefined): readonly FactRow[] {
  if (facts.imageInput === null || value === undefined) return [];
  const field = facts.fields[value];
  if (!field) return [factRow('sees', t('Sees'), whyNone(facts, value))];
  const unit = unitOf(field.size.length);
  const local = field.size.some((size) => size !== null);
  const size = `${sizeText(field)} ${unit}`;
  const sees = field.whole
    ? [plain(t('all of the input')), ...(local ? [quiet(` · ${t('directly {0}', size)}`)] : [])]
    : [plain([size, ...steps(field)].join(' · '))];
  const row = factRow('sees', t('Sees'), sees, ends(field, unit));
  // Of a unit that sees everything there is nothing more to say, unless something is wrong.
  return local || !field.dense || !field.aligned ? [row, verdictRow(field)] : [row];
}

function ends(field: ReceptiveField, unit: string): string | undefined {
  const { size, start, stride } = field;
  const ranges = size.flatMap((n, k) => {
    const first = start[k] ?? null;
    return n === null || first === null ? [] : [`${number(first)}…${number(first + n - 1)}`];
  });
  if (!ranges.length || field.whole) return undefined;
  const steps = stride.map((n) => (n === null ? '?' : number(n)));
  const step = steps.every((text) => text === steps[0])
    ? (steps[0] ?? '')
    : steps.reduce((a, b) => t('{0} and {1}', a, b));
  return t(
    'The first unit sees {0} {1} of the input; the next one lies {2} further. Not clipped at the border.',
    unit,
    ranges.reduce((a, b) => t('{0} by {1}', a, b)),
    step,
  );
}

/** Whether all pixels inside are used, and whether paths that meet look at the same place. */
function verdictRow(field: ReceptiveField): FactRow {
  const parts = [field.dense ? t('dense') : t('with holes'), field.aligned ? t('aligned') : t('paths not aligned')];
  const exact = [
    field.dense ? t('Every pixel inside is used.') : t('Some pixels inside are never used.'),
    field.aligned
      ? t('All paths that meet look at the same place.')
      : t('Paths meet that differ in stride or centre: features of different places are joined.'),
  ];
  return factRow('field', t('Field'), parts.join(' · '), exact.join(' '));
}

/** The image is called by its name where another could be meant. */
function nothingText(facts: Facts): string {
  const { graph, imageInput } = facts;
  const name = imageInput === null ? '' : (graph.values[imageInput]?.name ?? '');
  return fieldInputs(facts).length > 1 && name ? t('nothing of “{0}”', name) : t('nothing of the image');
}

function whyNone(facts: Facts, value: ValueId) {
  const nothing = plain(nothingText(facts));
  if (facts.constant[value]) return [nothing, quiet(` · ${t('made of constants alone')}`)];
  if (!dependsOnImage(facts, value)) return [nothing];
  return [plain('?'), quiet(` · ${t('an operator before it does not say what it reads')}`)];
}

function dependsOnImage({ graph, imageInput }: Facts, value: ValueId): boolean {
  const met = new Set<ValueId>([value]);
  const stack = [value];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === imageInput) return true;
    const producer = graph.values[at]?.producer ?? null;
    for (const input of producer === null ? [] : (graph.nodes[producer]?.inputs ?? [])) {
      if (input === null || met.has(input)) continue;
      met.add(input);
      stack.push(input);
    }
  }
  return false;
}

interface Growth {
  readonly from: number;
  readonly plus: number;
  readonly how: string;
}

/** Size after = size before + (kernel − 1) · dilation · stride before; null where the operator does not follow that. */
function growth(before: ReceptiveField, after: ReceptiveField, window: Window, k: number): Growth | null {
  const [from, to, stride] = [before.size[k] ?? null, after.size[k] ?? null, before.stride[k] ?? null];
  if (from === null || to === null || stride === null) return null;
  const { kernel, dilation } = window;
  const plus = (kernel - 1) * dilation * stride;
  if (to - from !== plus) return null;
  const factors = [`(${kernel} − 1)`, ...(dilation === 1 ? [] : [String(dilation)]), number(stride)];
  return { from, plus, how: factors.join(' · ') };
}

/** `from 15, +8 = (3 − 1) · 4`, for layers with a window on one picture. */
export function growsRow(facts: Facts, node: Node): FactRow | null {
  const windows = facts.nodes[node.id]?.windows;
  const [input, ...more] = dataInputs(facts, node);
  const output = node.outputs.find((v) => v !== null);
  if (!windows || input === undefined || more.length || output === undefined) return null;
  const [before, after] = [facts.fields[input], facts.fields[output]];
  if (!before || !after || after.whole || windows.length !== after.size.length) return null;
  const axes = windows.map((window, k) => growth(before, after, window, k));
  if (axes.some((axis) => axis === null)) return null;
  const known = axes.filter((axis) => axis !== null);
  const dilated = windows.some(({ dilation }) => dilation !== 1);
  return factRow(
    'grows',
    t('Grows'),
    [
      plain(
        `${t(
          'from {0}',
          perAxis(
            known.map(({ from }) => number(from)),
            '×',
          ),
        )}, `,
      ),
      strong(
        `+${perAxis(
          known.map(({ plus }) => number(plus)),
          '×',
        )}`,
      ),
      plain(
        ` = ${perAxis(
          known.map(({ how }) => how),
          ', ',
        )}`,
      ),
    ],
    dilated
      ? t('(kernel − 1) · dilation · stride of the units before')
      : t('(kernel − 1) · stride of the units before'),
  );
}
