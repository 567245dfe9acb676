import { bytesOf } from '../ir/dtype';
import type { Steps } from '../steps';
import type { DType, Node, ValueId } from '../ir/types';
import type { ParameterRole } from '../ops/operator';
import { bodiesOf, macsOfAll } from './cost';
import type { NodeFacts, Totals } from './facts';
import type { Inferred } from './inferred';
import { added, peakBytes } from './memory';
import type { Found, ParameterLedger } from './parameters';

const noRoles = (): Record<ParameterRole, number> => ({
  weight: 0,
  bias: 0,
  bn_scale: 0,
  bn_bias: 0,
  bn_mean: 0,
  bn_var: 0,
  scale: 0,
  elementwise_const: 0,
});

/** Sums over the main graph; `inside` has what the bodies of If, Loop and Scan use beside it. */
export function* totalsOf(
  found: Inferred,
  nodes: readonly NodeFacts[],
  ledger: ParameterLedger,
  inside: ParameterLedger,
): Steps<Totals> {
  const byRole = noRoles();
  const parameters = ledger.distinct();
  for (const p of parameters) byRole[p.role] += p.count;
  // Nodes that prepare weights hold no activations.
  const bytes = nodes.map((n, i) => (isPreparation(found, found.graph.nodes[i]) ? 0 : n.activationBytes));
  yield;
  const peak = yield* peakBytes(found);
  return {
    parameters: parameters.reduce((sum, p) => sum + p.count, 0),
    byRole,
    macs: nodes.reduce<number | null>((sum, n) => added(sum, n.macs), 0),
    activationBytes: bytes.reduce<number | null>((sum, b) => added(sum, b), 0),
    peakBytes: peak,
    ...weightBytes(parameters),
    inSubgraphs: subgraphTotals(found, ledger, inside),
  };
}

/** As stored: copies of the same constant weigh nothing. */
function weightBytes(parameters: readonly Found[]): Pick<Totals, 'weightBytes' | 'weightBytesByType'> {
  const seen = new Map<Inferred, Set<ValueId>>();
  const byType: Partial<Record<DType, number>> = {};
  for (const { trace, count } of parameters) {
    const { found, id } = trace.stored;
    const ofGraph = seen.get(found) ?? new Set<ValueId>();
    seen.set(found, ofGraph);
    const dtype = found.types[id]?.dtype ?? 'unknown';
    const bytes = bytesOf(dtype, count);
    if (!ofGraph.has(id) && bytes !== null) byType[dtype] = (byType[dtype] ?? 0) + bytes;
    ofGraph.add(id);
  }
  return { weightBytes: Object.values(byType).reduce((a, b) => a + b, 0), weightBytesByType: byType };
}

const isPreparation = (found: Inferred, node: Node | undefined): boolean =>
  !!node && node.outputs.every((id) => id === null || found.constant[id]);

/** A constant that the main graph uses too was counted there. */
function subgraphTotals(found: Inferred, main: ParameterLedger, inside: ParameterLedger): Totals['inSubgraphs'] {
  let macs: number | null = 0;
  for (const body of bodiesOf(found)) macs = added(macs, macsOfAll(body));
  const own = inside.distinct().filter((p) => !main.usesOf(p));
  return { parameters: own.reduce((sum, p) => sum + p.count, 0), macs };
}
