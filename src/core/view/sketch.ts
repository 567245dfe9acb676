/** The boxes that will be drawn, as grouping into modules looks at them. */
import type { Facts } from '../analysis/facts';
import type { Node, ValueId } from '../ir/types';
import type { Sketch, SketchBox } from '../modules/sketch';
import { dataInputs, type Flow } from './flow';

export function sketchOf(facts: Facts, flow: Flow): Sketch {
  const { graph } = facts;
  const boxes: SketchBox[] = [];
  const boxOf = graph.nodes.map(() => -1);
  for (const id of graph.order) {
    const node = graph.nodes[id];
    if (!node || flow.plumbing[id] || flow.pillOf[id] !== null) continue;
    const fused = flow.fused[id]?.flatMap((part) => part.nodes) ?? [];
    const box = boxes.push(sketchBox(facts, flow, node, fused)) - 1;
    for (const n of [id, ...fused]) boxOf[n] = box;
  }
  const next = boxes.map(() => new Set<number>());
  const previous = boxes.map(() => new Set<number>());
  const enters = boxes.map(() => false);
  const leaves = boxes.map(() => false);
  for (const node of graph.nodes) {
    const box = boxOf[node.id] ?? -1;
    if (box < 0) continue;
    for (const v of dataInputs(facts, node)) {
      const producer = graph.values[v]?.producer ?? null;
      const from = producer === null ? -1 : (boxOf[producer] ?? -1);
      if (producer === null) enters[box] = true;
      // What leads back (a damaged file may hold cycles) would send whoever follows the edges round for ever.
      else if (from >= 0 && from < box) {
        next[from]?.add(box);
        previous[box]?.add(from);
      }
    }
  }
  for (const v of graph.outputs) {
    const box = boxOf[graph.values[v]?.producer ?? -1] ?? -1;
    if (box >= 0) leaves[box] = true;
  }
  return { boxes, boxOf, next: next.map((s) => [...s]), previous: previous.map((s) => [...s]), enters, leaves };
}

function sketchBox(facts: Facts, flow: Flow, node: Node, fused: readonly number[]): SketchBox {
  const known = facts.nodes[node.id];
  const input = dataInputs(facts, node)[0];
  const output = node.outputs.find((v) => v !== null);
  const [from, to] = [extentsOf(facts, input), extentsOf(facts, output)];
  const groups = known?.context?.attrs.int('group', 1) ?? 1;
  return {
    node: node.id,
    fused,
    op: node.op,
    family: known?.def?.family ?? 'shape',
    kernel: known?.windows?.map((w) => w.kernel) ?? known?.context?.attrs.ints('kernel_shape') ?? null,
    depthwise: groups > 1 && groups === from.channels,
    channelsIn: from.channels,
    channelsOut: to.channels,
    areaIn: from.area,
    areaOut: to.area,
    weighs: (known?.parameterCount ?? 0) > 0,
    auxiliary: flow.auxiliaryOnly[node.id] ?? false,
  };
}

/** Channels, and the number of places; null where not known, 0 places for a tensor that is no map. */
function extentsOf(
  facts: Facts,
  value: ValueId | undefined,
): { readonly channels: number | null; readonly area: number | null } {
  const shape = value === undefined ? null : (facts.types[value]?.shape ?? null);
  if (!shape) return { channels: null, area: null };
  const channels = shape[1];
  const spatial = shape.slice(2).map((d) => (typeof d === 'number' ? d : null));
  const area = spatial.reduce<number | null>((a, d) => (a === null || d === null ? null : a * d), 1);
  return { channels: typeof channels === 'number' ? channels : null, area: spatial.length ? area : 0 };
}
