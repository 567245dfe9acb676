import { BinaryWriter, WireType } from '../../bytes/writer';
import type { Graph, ValueId } from '../../ir/types';

/** Operators whose outputs are sequences or optionals: runtimes in a browser cannot hand those out. */
const CONTAINERS = /^(Sequence(?!At$|Length$)|SplitToSequence|Optional(?!GetElement$|HasElement$))/;

/** Everything a run can be asked for: what the nodes of the main graph make, and is no output already. */
export function tappable(graph: Graph): readonly ValueId[] {
  const outputs = new Set(graph.outputs);
  const taps: ValueId[] = [];
  for (const node of graph.nodes) {
    if (CONTAINERS.test(node.op)) continue;
    for (const id of node.outputs) {
      if (id === null || outputs.has(id)) continue;
      const value = graph.values[id]!;
      if (value.declared?.container === undefined) taps.push(id);
    }
  }
  return taps;
}

/**
 * Bytes that, written after a model file, make every named tensor an output of it. They are a ModelProto of their own with
 * nothing but a graph (field 7) with outputs (field 12) that have names; protobuf merges messages that follow each other,
 * so neither the graph nor its weights are decoded or copied here, and the runtime infers the types.
 */
export function tapBytes(names: readonly string[]): Uint8Array {
  if (names.length === 0) return new Uint8Array(0);
  const writer = new BinaryWriter();
  writer.tag(7, WireType.LengthDelimited).fork();
  for (const name of names) {
    writer.tag(12, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(name);
    writer.join();
  }
  writer.join();
  return writer.finish();
}
