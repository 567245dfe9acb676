/** What is stored of an operator's weights, and how they could be drawn; never their elements. */
import type { Facts, NodeFacts, Parameter } from '../analysis/facts';
import type { Constant, Graph, Node, ValueId } from '../ir/types';
import { t } from '../l10n/l10n';
import { extents } from './numbers';
import { roleName } from './synapseView';
import type { WeightRow } from './types';

/** The constant a value holds: an initialiser, or what a Constant node was given. */
function constantOf(graph: Graph, id: ValueId): Constant | null {
  const value = graph.values[id];
  const node = graph.nodes[value?.producer ?? -1];
  const attr = node?.op === 'Constant' ? node.attrs.get('value') : undefined;
  return value?.constant ?? (attr?.kind === 'tensor' ? attr.value : null);
}

type Storage = Pick<WeightRow, 'stored' | 'reason' | 'bytes'>;

function storageOf({ graph }: Facts, { input, source }: Parameter, constant: Constant | null): Storage {
  if (input < 0) return { stored: 'computed', reason: t('held inside the function that is called here'), bytes: null };
  if (!constant) {
    const producer = graph.values[source]?.producer ?? null;
    const maker = producer === null ? '' : (graph.nodes[producer]?.op ?? '');
    return { stored: 'computed', reason: maker ? t('made by {0}', maker) : t('not stored in the file'), bytes: null };
  }
  const { elements } = constant;
  if (elements.kind === 'missing') return { stored: 'missing', reason: elements.reason, bytes: null };
  const bytes = elements.kind === 'raw' || elements.kind === 'varint' ? elements.end - elements.start : null;
  return { stored: 'file', reason: '', bytes };
}

const UNCHANGED = new Set(['Identity', 'Cast', 'DequantizeLinear']);

/** The operator takes the elements in the order they are stored in. */
function inStoredOrder({ graph }: Facts, node: Node, { input, source }: Parameter): boolean {
  let at = node.inputs[input] ?? null;
  while (at !== null && at !== source) {
    const producer = graph.values[at]?.producer ?? null;
    const maker = producer === null ? undefined : graph.nodes[producer];
    if (!maker || !UNCHANGED.has(maker.op)) return false;
    at = maker.inputs[0] ?? null;
  }
  return at !== null;
}

function kernelsOf(facts: Facts, node: Node, own: NodeFacts, parameter: Parameter): WeightRow['kernels'] {
  const { role, shape } = parameter;
  const [rowCount = 0, columnCount = 0, ...extent] = shape;
  if (role !== 'weight' || shape.length < 2 || !shape.every((n) => n > 0)) return null;
  if (!inStoredOrder(facts, node, parameter)) return null;
  const width = extent.at(-1) ?? 1;
  const height = extent.slice(0, -1).reduce((product, n) => product * n, 1);
  const base = { rowCount, columnCount, height, width };
  if (own.windows?.length === extent.length) {
    return own.def?.family === 'upsampling'
      ? { ...base, rows: 'input channel', columns: 'output channel' }
      : { ...base, rows: 'output channel', columns: 'input channel' };
  }
  if (own.def?.family !== 'dense' || shape.length !== 2) return null;
  return (own.context?.attrs.int('transB', 0) ?? 0) !== 0
    ? { ...base, rows: 'output', columns: 'input' }
    : { ...base, rows: 'input', columns: 'output' };
}

export function weightRows(facts: Facts, node: Node): readonly WeightRow[] {
  const own = facts.nodes[node.id];
  const ports = own?.def?.inputs ?? [];
  return (own?.parameters ?? []).map((parameter): WeightRow => {
    const { input, source, name, shape, role, count, shared } = parameter;
    const constant = input < 0 ? null : constantOf(facts.graph, source);
    return {
      name,
      port: ports[input]?.name ?? '',
      dtype: constant?.dtype ?? facts.types[node.inputs[input] ?? -1]?.dtype ?? 'unknown',
      size: extents(shape, true),
      value: source,
      role: roleName(role),
      shape,
      count,
      shared,
      ...storageOf(facts, parameter, constant),
      kernels: own ? kernelsOf(facts, node, own, parameter) : null,
    };
  });
}
