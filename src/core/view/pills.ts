/**
 * What a person draws as part of a layer's box: the normalisation, bias or scaling by constants and the activation that alone
 * follow it. `Conv → BN → ReLU` is one box with a pill `BN · ReLU`; sigmoid and product after a convolution are `SiLU`.
 */
import type { Facts } from '../analysis/facts';
import type { Node, NodeId, ValueId } from '../ir/types';
import { pacer, type Steps } from '../steps';

/** Words of one pill, and the operators behind each. */
export interface PillPart {
  readonly nodes: readonly NodeId[];
  readonly title: string;
}

/** By NodeId: parts drawn on the edge of this operator, in the order of the data; none for most. */
export function* findPills(facts: Facts, plumbing: readonly boolean[]): Steps<readonly (readonly PillPart[])[]> {
  const { graph } = facts;
  const taken = graph.nodes.map(() => false);
  const pills: (readonly PillPart[])[] = graph.nodes.map(() => []);
  const due = pacer();
  for (const id of graph.order) {
    const node = graph.nodes[id];
    if (due()) yield;
    if (!node || plumbing[id] || taken[id] || facts.nodes[id]?.def?.activation) continue;
    const parts = chainAfter(facts, node, plumbing);
    pills[id] = parts;
    for (const part of parts) for (const n of part.nodes) taken[n] = true;
  }
  return pills;
}

/** Layers that a normalisation belongs to. */
const LAYER = new Set(['convolution', 'dense']);
const isLayer = (facts: Facts, node: Node): boolean =>
  LAYER.has(facts.nodes[node.id]?.def?.family ?? '') || node.op === 'ConvTranspose';

function chainAfter(facts: Facts, host: Node, plumbing: readonly boolean[]): PillPart[] {
  const parts: PillPart[] = [];
  const layer = isLayer(facts, host);
  const scalable = layer || facts.nodes[host.id]?.def?.family === 'normalisation';
  let at = host;
  let normalised = !layer;
  for (;;) {
    const value = soleOutput(facts, at);
    if (value === null) return parts;
    const consumers = (facts.graph.consumers[value] ?? []).filter((c) => !plumbing[c]);
    const gate = consumers.length === 2 ? gateOf(facts, value, consumers) : null;
    if (gate) return [...parts, gate];
    const [next] = consumers.map((c) => facts.graph.nodes[c]);
    if (consumers.length !== 1 || !next || !feedsAlone(facts, next, value)) return parts;
    const { def } = facts.nodes[next.id] ?? {};
    if (def?.activation) return [...parts, { nodes: [next.id], title: def.title }];
    if (next.op === 'BatchNormalization' && !normalised) {
      parts.push({ nodes: [next.id], title: 'BN' });
      normalised = true;
    } else if (scalable && (next.op === 'Add' || next.op === 'Mul')) {
      const first = at === host && layer;
      parts.push({ nodes: [next.id], title: next.op === 'Mul' ? 'scale' : first ? 'bias' : 'shift' });
    } else return parts;
    at = next;
  }
}

/** The one output that is used; null where there are several or it is an output of the net. */
function soleOutput(facts: Facts, node: Node): ValueId | null {
  const { graph } = facts;
  const used = node.outputs.filter((v): v is ValueId => v !== null && (graph.consumers[v] ?? []).length > 0);
  const [value] = used;
  return used.length === 1 && value !== undefined && !node.outputs.some((v) => v !== null && graph.outputs.includes(v))
    ? value
    : null;
}

/** All other inputs are constants. */
const feedsAlone = (facts: Facts, node: Node, value: ValueId): boolean =>
  node.inputs.filter((v) => v !== null && !facts.constant[v]).length === 1 && node.inputs.includes(value);

const GATES: ReadonlyMap<string, string> = new Map([
  ['Sigmoid', 'SiLU'],
  ['HardSigmoid', 'Hard swish'],
  ['Softplus>Tanh', 'Mish'],
]);

/** `x · g(x)`: an activation spelled out. */
function gateOf(facts: Facts, value: ValueId, consumers: readonly NodeId[]): PillPart | null {
  const { graph } = facts;
  const product = consumers.find((c) => graph.nodes[c]?.op === 'Mul');
  const first = consumers.find((c) => c !== product);
  if (product === undefined || first === undefined) return null;
  const nodes: NodeId[] = [];
  const ops: string[] = [];
  let at = graph.nodes[first];
  let from = value;
  while (at && nodes.length < 3 && facts.nodes[at.id]?.def?.activation && feedsAlone(facts, at, from)) {
    nodes.push(at.id);
    ops.push(at.op);
    const out = soleOutput(facts, at);
    const after = out === null ? [] : (graph.consumers[out] ?? []);
    if (out === null || after.length !== 1) return null;
    if (after[0] === product) {
      const title = GATES.get(ops.join('>'));
      const whole = graph.nodes[product]?.inputs;
      return title !== undefined && whole?.length === 2 ? { nodes: [...nodes, product], title } : null;
    }
    at = graph.nodes[after[0]!];
    from = out;
  }
  return null;
}
