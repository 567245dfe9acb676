/** How the net reads as a drawing: what is plumbing, which activations are pills, which edges are skips, which outputs are auxiliary. */
import type { Facts } from '../analysis/facts';
import type { Node, NodeId, ValueId } from '../ir/types';
import type { Steps } from '../steps';
import { findPills, type PillPart } from './pills';

export interface Flow {
  readonly plumbing: readonly boolean[];
  /** By NodeId: the activation that alone and directly follows it, drawn as a pill on its edge. */
  readonly pill: readonly (number | null)[];
  /** By NodeId: all of the words in its pill. */
  readonly fused: readonly (readonly PillPart[])[];
  /** By NodeId: the operator in whose pill this one is. */
  readonly pillOf: readonly (number | null)[];
  /** Longest way from an input in drawn operators. */
  readonly depth: readonly number[];
  /** Edges, as `edgeKey` says them, on the short way round a join by addition, or into a concat past other layers. */
  readonly skips: ReadonlySet<number>;
  /** Output index -> auxiliary head. */
  readonly auxiliary: readonly boolean[];
  /** By NodeId: leads to auxiliary outputs only. */
  readonly auxiliaryOnly: readonly boolean[];
}

/** One whole number for both ends; `from` may be negative. A string would take longer to make than all that is asked of it. */
export const edgeKey = (from: number, to: number): number => from * 2 ** 26 + to;

const INTEGERS = new Set(['int64', 'int32', 'bool', 'uint8', 'int8', 'uint32', 'uint64', 'int16', 'uint16']);

/** Data inputs of a node: those that are not constants. */
export function dataInputs(facts: Facts, node: Node): ValueId[] {
  return node.inputs.filter((v): v is ValueId => v !== null && !facts.constant[v]);
}

const outputsOf = (node: Node): ValueId[] => node.outputs.filter((v): v is ValueId => v !== null);

function findPlumbing(facts: Facts): boolean[] {
  const { graph } = facts;
  const plumbing = graph.nodes.map(() => false);
  const shapeLike = (v: ValueId): boolean => {
    const type = facts.types[v];
    return !!type && INTEGERS.has(type.dtype) && type.shape !== null && type.shape.length <= 1;
  };
  for (const id of graph.order) {
    const node = graph.nodes[id];
    if (!node) continue;
    const outputs = outputsOf(node);
    if (outputs.length && outputs.every((v) => facts.constant[v])) {
      plumbing[id] = true;
      continue;
    }
    if (!outputs.every(shapeLike) || outputs.some((v) => graph.outputs.includes(v))) continue;
    const fed = dataInputs(facts, node).every((v) => {
      const producer = graph.values[v]?.producer ?? null;
      return producer !== null && plumbing[producer];
    });
    plumbing[id] = fed || (facts.nodes[id]?.def?.plumbing ?? false);
  }
  return plumbing;
}

function depths(facts: Facts, flow: Pick<Flow, 'plumbing' | 'pillOf'>): number[] {
  const { graph } = facts;
  const depth = graph.nodes.map(() => 0);
  for (const id of graph.order) {
    const node = graph.nodes[id];
    if (!node) continue;
    let deepest = 0;
    for (const v of dataInputs(facts, node)) {
      const producer = graph.values[v]?.producer ?? null;
      if (producer !== null) deepest = Math.max(deepest, depth[producer] ?? 0);
    }
    depth[id] = deepest + (flow.plumbing[id] || flow.pillOf[id] !== null ? 0 : 1);
  }
  return depth;
}

/** Longest run of layers that may stand on a skip (a downsampling convolution, its normalisation, an activation). */
const SKIP_LAYERS = 3;

/** Neither weights nor windows: cropping, padding, reordering. Into a concat nothing else may stand on a skip. */
const isLight = (facts: Facts, id: NodeId): boolean => {
  const known = facts.nodes[id];
  return !!known?.def && !known.parameterCount && !known.windows && !known.def.activation;
};

function findSkips(
  facts: Facts,
  depth: readonly number[],
  { plumbing, pillOf }: Pick<Flow, 'plumbing' | 'pillOf'>,
): Set<number> {
  const { graph } = facts;
  const skips = new Set<number>();
  const drawnConsumers = (v: ValueId): number => (graph.consumers[v] ?? []).filter((c) => !plumbing[c]).length;
  for (const id of graph.order) {
    const node = graph.nodes[id];
    if (!node || plumbing[id] || pillOf[id] !== null || facts.nodes[id]?.def?.family !== 'join') continue;
    const inputs = dataInputs(facts, node);
    if (inputs.length < 2) continue;
    const ends = inputs.map((v) => ({ v, depth: depthOf(facts, depth, v) }));
    const deepest = ends.reduce((most, e) => Math.max(most, e.depth), -Infinity);
    for (const end of ends) {
      if (end.depth === deepest) continue;
      const allowed = (layer: NodeId): boolean => node.op !== 'Concat' || isLight(facts, layer);
      const run = skipRun(facts, end.v, id, drawnConsumers, allowed);
      for (const key of run) skips.add(key);
    }
  }
  return skips;
}

const depthOf = (facts: Facts, depth: readonly number[], v: ValueId): number => {
  const producer = facts.graph.values[v]?.producer ?? null;
  return producer === null ? 0 : (depth[producer] ?? 0);
};

/** Edges from the join back to the fork this path left from; empty when it is no short way round. */
function skipRun(
  facts: Facts,
  value: ValueId,
  join: number,
  consumers: (v: ValueId) => number,
  allowed: (layer: NodeId) => boolean,
): number[] {
  const run: number[] = [];
  let [v, to] = [value, join];
  for (let i = 0; i <= SKIP_LAYERS; i++) {
    const producer = facts.graph.values[v]?.producer ?? null;
    run.push(edgeKey(producer ?? -1 - v, to));
    if (consumers(v) > 1) return run;
    const node = producer === null ? undefined : facts.graph.nodes[producer];
    const inputs = node ? dataInputs(facts, node) : [];
    if (producer === null || inputs.length !== 1 || inputs[0] === undefined || !allowed(producer)) return [];
    [v, to] = [inputs[0], producer];
  }
  return [];
}

/** A further output of the same kind as the first but from less deep in the net: GoogLeNet's auxiliary classifiers. */
function findAuxiliary(facts: Facts, depth: readonly number[]): boolean[] {
  const { graph } = facts;
  const text = (v: ValueId): string => JSON.stringify(facts.types[v]?.shape ?? null);
  // The deepest output is the main one whatever its place in the list.
  const main = graph.outputs.reduce<ValueId | null>(
    (best, v) => (best === null || depthOf(facts, depth, v) > depthOf(facts, depth, best) ? v : best),
    null,
  );
  return graph.outputs.map((v) => {
    if (main === null || v === main || text(v) !== text(main) || !facts.types[v]?.shape) return false;
    const named = /aux/i.test(graph.values[v]?.name ?? '');
    return (
      named || (facts.types[v].shape.length === 2 && depthOf(facts, depth, v) < 0.95 * depthOf(facts, depth, main))
    );
  });
}

function onlyAuxiliary(facts: Facts, auxiliary: readonly boolean[]): boolean[] {
  const { graph } = facts;
  const main = graph.nodes.map(() => false);
  const stack: NodeId[] = [];
  const visit = (v: ValueId): void => {
    const producer = graph.values[v]?.producer ?? null;
    if (producer === null || main[producer]) return;
    main[producer] = true;
    stack.push(producer);
  };
  if (!auxiliary.includes(true)) return graph.nodes.map(() => false);
  graph.outputs.forEach((v, i) => {
    if (!auxiliary[i]) visit(v);
  });
  for (let id = stack.pop(); id !== undefined; id = stack.pop())
    for (const v of graph.nodes[id]?.inputs ?? []) if (v !== null) visit(v);
  return main.map((m) => !m);
}

function fromPills(facts: Facts, fused: Flow['fused']): Pick<Flow, 'pill' | 'pillOf'> {
  const pillOf: (number | null)[] = facts.graph.nodes.map(() => null);
  fused.forEach((parts, host) => {
    for (const part of parts) for (const n of part.nodes) pillOf[n] = host;
  });
  const pill = fused.map((parts) => {
    const [first] = parts[0]?.nodes ?? [];
    return first !== undefined && parts[0]?.nodes.length === 1 && facts.nodes[first]?.def?.activation ? first : null;
  });
  return { pill, pillOf };
}

export function* readFlow(facts: Facts): Steps<Flow> {
  const plumbing = findPlumbing(facts);
  yield;
  const fused = yield* findPills(facts, plumbing);
  yield;
  const { pill, pillOf } = fromPills(facts, fused);
  yield;
  const depth = depths(facts, { plumbing, pillOf });
  yield;
  const auxiliary = findAuxiliary(facts, depth);
  const skips = findSkips(facts, depth, { plumbing, pillOf });
  yield;
  return {
    plumbing,
    pill,
    fused,
    pillOf,
    depth,
    skips,
    auxiliary,
    auxiliaryOnly: onlyAuxiliary(facts, auxiliary),
  };
}
