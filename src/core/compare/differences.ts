/** What differs between two operators that correspond, and what of it is their own. */
import type { Facts, ReceptiveField } from '../analysis/facts';
import type { ValueId } from '../ir/types';
import { marked } from '../l10n/decimals';
import { t } from '../l10n/l10n';
import type { ParameterRole } from '../ops/operator';
import { seesText } from '../view/layerTable';
import { integer, size } from '../view/numbers';
import { roleName } from '../view/synapseView';
import type { Aligner } from './align';
import { commutative, type Side, type Source } from './side';
import type { Difference, DifferenceKind } from './types';

const own = (kind: DifferenceKind, before: string, after: string, name = ''): Difference => ({
  kind,
  name,
  before,
  after,
  own: true,
});
const consequence = (kind: DifferenceKind, before: string, after: string, name = ''): Difference => ({
  ...own(kind, before, after, name),
  own: false,
});

/** Sources behind operators without a counterpart: more than these are not followed. */
const MOST_SOURCES = 32;

export class Differ {
  readonly #behind: readonly [Map<number, ReadonlySet<string>>, Map<number, ReadonlySet<string>>] = [
    new Map(),
    new Map(),
  ];

  constructor(readonly aligner: Aligner) {}

  of(a: number, b: number): readonly Difference[] {
    const { before, after } = this.aligner;
    const found: Difference[] = [];
    if (before.kind[a] !== after.kind[b]) found.push(own('operator', operatorText(before, a), operatorText(after, b)));
    found.push(...this.#settings(a, b));
    const [stored, now] = [before.parameters[a]!, after.parameters[b]!];
    if (stored !== now) found.push(own('parameters', inWords(stored), inWords(now)));
    if (this.#rewired(a, b)) found.push(own('inputs', sourceNames(before, a), sourceNames(after, b)));
    found.push(...consequences(before.facts, a, after.facts, b));
    return found;
  }

  #settings(a: number, b: number): Difference[] {
    const { before, after } = this.aligner;
    const [one, other] = [before.settings[a]!, after.settings[b]!];
    // Automatic padding and the same padding in numbers are one geometry.
    const geometry = ['kernel_shape', 'strides', 'pads', 'dilations'].every(
      (name) => one.get(name)?.text === other.get(name)?.text,
    );
    const found: Difference[] = [];
    for (const name of new Set([...one.keys(), ...other.keys()])) {
      const [x, y] = [one.get(name), other.get(name)];
      if (x?.text === y?.text || (name === 'auto_pad' && geometry)) continue;
      // What one version of the operator does not have, and the other leaves as it is, says nothing.
      if ((!x && y?.usual) || (!y && x?.usual)) continue;
      const derived = (x?.derived ?? false) || (y?.derived ?? false);
      // Of an automatic border against one in numbers the rule is told, not what it comes to.
      found.push((derived ? consequence : own)('setting', x?.text ?? '', y?.text ?? '', name));
    }
    return found;
  }

  /**
   * Takes data from elsewhere. That an operator in between is gone or new is told of that operator; so sources that only one has
   * must be what lies behind an operator the other does not have.
   */
  #rewired(a: number, b: number): boolean {
    const { before, after } = this.aligner;
    const key = ({ node, output }: Source): string => `${node ?? 'in'}.${output}`;
    const [mine, theirs] = [before.sources[a]!, after.sources[b]!];
    const across = mine.map((source) => this.aligner.across(source));
    const left = across.flatMap((source) => (source ? [key(source)] : []));
    const right = theirs.flatMap((source) => (this.#known(source) ? [key(source)] : []));
    const [surplusLeft, surplusRight] = [surplus(left, right), surplus(right, left)];
    if (!commutative(after.nodes[b]!) && surplusLeft.size + surplusRight.size === 0 && left.join() !== right.join())
      return true;
    const gone = mine.filter((_, i) => !across[i]);
    const fresh = theirs.filter((source) => !this.#known(source));
    return (
      !explained(surplusRight, this.#behindAll(0, gone)) ||
      !explained(surplusLeft, this.#behindAll(1, fresh)) ||
      (gone.length === 0 && fresh.length === 0 && mine.length !== theirs.length)
    );
  }

  #known({ node }: Source): boolean {
    return node === null || this.aligner.toBefore[node]! >= 0;
  }

  #behindAll(side: 0 | 1, sources: readonly Source[]): ReadonlySet<string> {
    const all = new Set<string>();
    for (const { node } of sources) if (node !== null) for (const key of this.#behindOf(side, node)) all.add(key);
    return all;
  }

  /** What an operator without a counterpart takes from those that have one, as sources of the second model. */
  #behindOf(side: 0 | 1, id: number): ReadonlySet<string> {
    const known = this.#behind[side].get(id);
    if (known) return known;
    const { before, after } = this.aligner;
    const found = new Set<string>();
    const seen = new Set([id]);
    const stack = [id];
    for (let at = stack.pop(); at !== undefined && found.size < MOST_SOURCES && seen.size < 1000; at = stack.pop())
      for (const source of (side === 0 ? before : after).sources[at]!) {
        const there = side === 0 ? this.aligner.across(source) : this.#known(source) ? source : null;
        if (there) found.add(`${there.node ?? 'in'}.${there.output}`);
        else if (source.node !== null && !seen.has(source.node)) {
          seen.add(source.node);
          stack.push(source.node);
        }
      }
    this.#behind[side].set(id, found);
    return found;
  }
}

/** Entries of one list that the other does not have as often. */
function surplus(list: readonly string[], other: readonly string[]): ReadonlySet<string> {
  const rest = new Map<string, number>();
  for (const key of other) rest.set(key, (rest.get(key) ?? 0) + 1);
  return new Set(
    list.filter((key) => {
      const left = rest.get(key) ?? 0;
      rest.set(key, left - 1);
      return left <= 0;
    }),
  );
}

const explained = (keys: ReadonlySet<string>, by: ReadonlySet<string>): boolean =>
  [...keys].every((key) => by.has(key));

const operatorText = ({ nodes }: Side, id: number): string => {
  const { domain, op } = nodes[id]!;
  return domain ? `${domain}.${op}` : op;
};

/** `weights float32 64×3×7×7, bias float32 64`: as compared, with the role in the reader's language. */
const inWords = (parameters: string): string =>
  parameters
    .split('\n')
    .map((line) => line.replace(/^\w+/, (role) => roleName(role as ParameterRole).toLowerCase()))
    .join(', ');

function sourceNames({ sources, nodes, facts: { graph } }: Side, id: number): string {
  return sources[id]!.map(({ node, output }) =>
    node === null ? (graph.values[graph.inputs[output] ?? -1]?.name ?? '?') : nodes[node]!.name || nodes[node]!.op,
  ).join(', ');
}

function consequences(before: Facts, a: number, after: Facts, b: number): Difference[] {
  const found: Difference[] = [];
  const differ = (kind: DifferenceKind, x: string, y: string): void => {
    if (x !== y) found.push(consequence(kind, x, y));
  };
  const [one, other] = [firstOutput(before, a), firstOutput(after, b)];
  const [in0, in1] = [firstInput(before, a), firstInput(after, b)];
  differ('input size', sizeText(before, in0), sizeText(after, in1));
  differ('size', sizeText(before, one), sizeText(after, other));
  differ('dtype', dtypeText(before, one), dtypeText(after, other));
  const macs = (n: number | null | undefined): string => (n === null || n === undefined ? '?' : integer(n));
  differ('macs', macs(before.nodes[a]?.macs), macs(after.nodes[b]?.macs));
  const [field, fieldNow] = [fieldOf(before, one), fieldOf(after, other)];
  if (fieldKey(field) !== fieldKey(fieldNow)) found.push(consequence('field', fieldText(field), fieldText(fieldNow)));
  return found;
}

const firstOutput = ({ graph }: Facts, id: number): ValueId | undefined =>
  graph.nodes[id]?.outputs.find((v) => v !== null) ?? undefined;
const firstInput = ({ graph, constant }: Facts, id: number): ValueId | undefined =>
  graph.nodes[id]?.inputs.find((v) => v !== null && !constant[v]) ?? undefined;
const sizeText = ({ types }: Facts, value: ValueId | undefined): string =>
  value === undefined ? '' : size(types[value] ?? null, { batch: true });
const dtypeText = ({ types }: Facts, value: ValueId | undefined): string =>
  value === undefined ? '' : (types[value]?.dtype ?? t('unknown'));
const fieldOf = ({ fields }: Facts, value: ValueId | undefined): ReceptiveField | null =>
  value === undefined ? null : (fields[value] ?? null);

const fieldKey = (field: ReceptiveField | null): string =>
  field
    ? JSON.stringify([field.size, field.smallest, field.stride, field.start, field.dense, field.aligned, field.whole])
    : '';

/** `43 px, stride 8, from −13`. */
function fieldText(field: ReceptiveField | null): string {
  if (!field) return '';
  if (field.whole) return t('all');
  const each = (values: readonly (number | null)[]): string => {
    const words = values.map((v) =>
      v === null ? t('all') : marked(String(Number(v.toPrecision(4))).replace('-', '−')),
    );
    return words.every((w) => w === words[0]) ? (words[0] ?? '') : words.join('×');
  };
  return t('{0} px, stride {1}, from {2}', seesText(field), each(field.stride), each(field.start));
}

/** Inputs and outputs of the nets, in their order. */
export function endDifferences(before: Facts, after: Facts): readonly Difference[] {
  const found: Difference[] = [];
  for (const side of ['inputs', 'outputs'] as const) {
    const [one, other] = [before.graph[side], after.graph[side]];
    for (let at = 0; at < Math.max(one.length, other.length); at++) {
      const [x, y] = [endText(before, one[at]), endText(after, other[at])];
      const name = after.graph.values[other[at] ?? -1]?.name ?? before.graph.values[one[at] ?? -1]?.name ?? '';
      const kind: DifferenceKind = side === 'inputs' ? 'input size' : 'size';
      if (x !== y) found.push((side === 'inputs' || !x || !y ? own : consequence)(kind, x, y, name));
    }
  }
  return found;
}

const endText = (facts: Facts, value: ValueId | undefined): string =>
  value === undefined ? '' : `${dtypeText(facts, value)} ${sizeText(facts, value) || '?'}`;
