/** What the page needs of a node to work a unit out by itself: plain data that survives the wire. */
import type { Facts } from '../analysis/facts';
import type { Attr, DType, Graph, Node, ValueId } from '../ir/types';

export type PlainAttr = Extract<Attr, { kind: 'int' | 'ints' | 'float' | 'floats' | 'string' | 'strings' }>;

/** Where the elements of an operand come from. */
export type ElementSource =
  /** Stored in the file under this value, in the same order. */
  | { readonly kind: 'stored'; readonly value: number }
  /** Made of one number. */
  | { readonly kind: 'filled'; readonly with: number }
  /** Fed or computed: it is a tensor of the run. */
  | { readonly kind: 'run' };

export interface OperandSource {
  readonly value: number;
  readonly name: string;
  readonly dtype: DType;
  /** Extents nobody knows before the run are null, so is the shape of an unknown rank. */
  readonly shape: readonly (number | null)[] | null;
  readonly constant: boolean;
  readonly source: ElementSource;
  /** Of small tensors that follow from constants. */
  readonly contents: readonly number[] | null;
}

export interface NodeSource {
  readonly op: string;
  readonly domain: string;
  readonly opset: number;
  readonly attrs: readonly (readonly [string, PlainAttr])[];
  /** Null: left out. */
  readonly inputs: readonly (OperandSource | null)[];
  readonly outputs: readonly (number | null)[];
}

const finite = (values: readonly number[]): boolean => values.every(Number.isFinite);

/** JSON knows no infinities: an attribute with one counts as left out, which for limits means the same. */
function plainAttr(attr: Attr): PlainAttr | null {
  switch (attr.kind) {
    case 'float':
      return Number.isFinite(attr.value) ? attr : null;
    case 'floats':
      return finite(attr.value) ? attr : null;
    case 'int':
    case 'ints':
    case 'string':
    case 'strings':
      return attr;
    default:
      return null;
  }
}

/** Operators whose output holds the elements of their first input in the same order and, between these types, the same values. */
const SAME_ELEMENTS = new Set(['Identity', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Dropout']);
const WIDER: Readonly<Record<string, readonly DType[]>> = {
  float32: ['float16', 'bfloat16', 'float32'],
  float64: ['float16', 'bfloat16', 'float32', 'float64'],
};

function keepsElements(node: Node, from: DType | undefined, to: DType | undefined): boolean {
  if (SAME_ELEMENTS.has(node.op)) return true;
  return node.op === 'Cast' && from !== undefined && to !== undefined && (WIDER[to]?.includes(from) ?? false);
}

function storedOrFilled(graph: Graph, id: ValueId): ElementSource | null {
  const value = graph.values[id];
  if (!value) return null;
  if (value.constant) return { kind: 'stored', value: id };
  const node = value.producer === null ? undefined : graph.nodes[value.producer];
  const attr = node?.attrs.get('value');
  if (node?.op === 'Constant' && attr?.kind === 'tensor') return { kind: 'stored', value: id };
  if (node?.op !== 'ConstantOfShape') return null;
  if (!attr) return { kind: 'filled', with: 0 };
  const elements = attr.kind === 'tensor' ? attr.value.elements : null;
  const filling = elements?.kind === 'inline' ? Number(elements.values[0]) : NaN;
  return Number.isFinite(filling) ? { kind: 'filled', with: filling } : null;
}

/** Follows copies of a constant back to where its elements are stored. */
function elementSource({ graph, types, constant }: Facts, id: ValueId): ElementSource {
  let at = id;
  for (;;) {
    const found = constant[at] ? storedOrFilled(graph, at) : null;
    if (found) return found;
    const producer = graph.values[at]?.producer ?? null;
    const node = producer === null || !constant[at] ? undefined : graph.nodes[producer];
    const before = node?.inputs[0];
    if (!node || before === undefined || before === null) return { kind: 'run' };
    if (!keepsElements(node, types[before]?.dtype, types[at]?.dtype)) return { kind: 'run' };
    at = before;
  }
}

function operandSource(facts: Facts, id: ValueId): OperandSource {
  const { graph, types, contents, constant } = facts;
  const known = contents.get(id)?.values;
  const numbers = known?.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  return {
    value: id,
    name: graph.values[id]?.name ?? '',
    dtype: types[id]?.dtype ?? 'unknown',
    shape: types[id]?.shape?.map((extent) => (typeof extent === 'number' ? extent : null)) ?? null,
    constant: constant[id] ?? false,
    source: elementSource(facts, id),
    contents: numbers && numbers.length === known?.length ? numbers : null,
  };
}

/** Null for a number that is no node. */
export function nodeSource(facts: Facts, id: number): NodeSource | null {
  const node = facts.graph.nodes[id];
  if (!node) return null;
  const attrs = [...node.attrs].flatMap(([name, attr]) => {
    const plain = plainAttr(attr);
    return plain ? [[name, plain] as const] : [];
  });
  return {
    op: node.op,
    domain: node.domain,
    opset: facts.nodes[id]?.context?.opset ?? 1,
    attrs,
    inputs: node.inputs.map((input) => (input === null ? null : operandSource(facts, input))),
    outputs: node.outputs,
  };
}
