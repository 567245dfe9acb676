/** Receptive fields in words: what one unit sees of the image, and by how much a layer makes it grow. */
import type { Facts, ReceptiveField } from '../analysis/facts';
import { fieldInputs } from '../analysis/imageInput';
import type { Node, ValueId } from '../ir/types';
import type { Window } from '../ops/dependence';
import { dataInputs } from './flow';
import { decimal, signed } from './numbers';
import { factRow, quiet, strong, plain } from './rows';
import type { FactRow } from './types';

/** A pixel has two axes; a signal has samples, a volume voxels. */
export const unitOf = (axes: number): string => (axes === 1 ? 'samples' : axes === 3 ? 'voxels' : 'px');

const number = (n: number): string => (Number.isInteger(n) ? signed(n) : decimal(n, 3));

/** One value where all axes agree, else one for each. */
const perAxis = (texts: readonly string[], between: string): string =>
  texts.every((text) => text === texts[0]) ? (texts[0] ?? '') : texts.join(between);

/** `23×23`, `31…35×31…35` where units differ, `all×5` where one axis is seen whole. */
function sizeText({ size, smallest }: ReceptiveField): string {
  return size
    .map((largest, k) => {
      const least = smallest[k] ?? largest;
      if (largest === null) return 'all';
      return least === null || least === largest ? number(largest) : `${number(least)}…${number(largest)}`;
    })
    .join('×');
}

function steps({ stride, start }: ReceptiveField): readonly string[] {
  const known = (list: readonly (number | null)[]): list is readonly number[] => list.every((n) => n !== null);
  return [
    known(stride) ? `stride ${perAxis(stride.map(number), '×')}` : '',
    known(start) ? `starts at ${perAxis(start.map(number), ', ')}` : '',
  ].filter(Boolean);
}

/** How a unit of this value sees the image; nothing to say in a net without an image. */
export function seesRows(facts: Facts, value: ValueId | undefined): readonly FactRow[] {
  if (facts.imageInput === null || value === undefined) return [];
  const field = facts.fields[value];
  if (!field) return [factRow('sees', 'Sees', whyNone(facts, value))];
  const unit = unitOf(field.size.length);
  const local = field.size.some((size) => size !== null);
  const size = `${sizeText(field)} ${unit}`;
  const sees = field.whole
    ? [plain('all of the input'), ...(local ? [quiet(` · directly ${size}`)] : [])]
    : [plain([size, ...steps(field)].join(' · '))];
  const row = factRow('sees', 'Sees', sees, ends(field, unit));
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
  const step = perAxis(
    stride.map((n) => (n === null ? '?' : number(n))),
    ' and ',
  );
  return `The first unit sees ${unit} ${ranges.join(' by ')} of the input; the next one lies ${step} further. Not clipped at the border.`;
}

/** Whether all pixels inside are used, and whether paths that meet look at the same place. */
function verdictRow(field: ReceptiveField): FactRow {
  const parts = [field.dense ? 'dense' : 'with holes', field.aligned ? 'aligned' : 'paths not aligned'];
  const exact = [
    field.dense ? 'Every pixel inside is used.' : 'Some pixels inside are never used.',
    field.aligned
      ? 'All paths that meet look at the same place.'
      : 'Paths meet that differ in stride or centre: features of different places are joined.',
  ];
  return factRow('field', 'Field', parts.join(' · '), exact.join(' '));
}

/** By its name where another could be meant. */
function imageName(facts: Facts): string {
  const { graph, imageInput } = facts;
  const name = imageInput === null ? '' : (graph.values[imageInput]?.name ?? '');
  return fieldInputs(facts).length > 1 && name ? `“${name}”` : 'the image';
}

function whyNone(facts: Facts, value: ValueId) {
  const nothing = plain(`nothing of ${imageName(facts)}`);
  if (facts.constant[value]) return [nothing, quiet(' · made of constants alone')];
  if (!dependsOnImage(facts, value)) return [nothing];
  return [plain('?'), quiet(' · an operator before it does not say what it reads')];
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
    'Grows',
    [
      plain(
        `from ${perAxis(
          known.map(({ from }) => number(from)),
          '×',
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
    `(kernel − 1)${dilated ? ' · dilation' : ''} · stride of the units before`,
  );
}
