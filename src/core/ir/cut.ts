import { GraphBuilder } from './builder';
import { capturedNames } from './captured';
import { addHead, type NewHead } from './head';
import type { Graph, Model, NodeId, TensorType, ValueId } from './types';

/** Class names belong to the head: what a cut leaves has other outputs. */
const OF_THE_HEAD = 'convlens.labels';

/** What `addHead` puts onto the one value a net is cut at, whose type is known. */
interface NewEnd {
  readonly head: NewHead;
  readonly opset: number;
}

/** ONNX's opset that a file without one is read as; a head needs one that is written. */
const OPSET = 17;

/**
 * The part of a model that some of its values need, with these as its outputs: what remains when a net is cut there. `typeOf` tells
 * what is known of a value, for the new outputs. A head, where one is wanted, takes the place of the first output.
 */
export function cutModel(
  model: Model,
  at: readonly ValueId[],
  typeOf: (value: ValueId) => TensorType | null,
  head: NewHead | null = null,
): Model {
  const { graph } = model;
  const values = new Set<ValueId>(at);
  const nodes = new Set<NodeId>();
  // The set is its own queue: it grows while it is walked.
  for (const id of values) {
    const { producer } = graph.values[id]!;
    if (producer === null || nodes.has(producer)) continue;
    nodes.add(producer);
    const { inputs, attrs } = graph.nodes[producer]!;
    const captured = capturedNames(attrs).flatMap((name) => graph.valueByName.get(name) ?? []);
    for (const input of [...inputs, ...captured]) if (input !== null) values.add(input);
  }
  const opset = model.opsets.get('ai.onnx') ?? model.opsets.get('') ?? null;
  const end = head && { head, opset: opset ?? OPSET };
  return {
    ...model,
    opsets: end && opset === null ? new Map([...model.opsets, ['ai.onnx', OPSET]]) : model.opsets,
    metadata: new Map([...model.metadata].filter(([key]) => key !== OF_THE_HEAD)),
    graph: partOf(graph, values, nodes, at, typeOf, end),
  };
}

function partOf(
  graph: Graph,
  values: ReadonlySet<ValueId>,
  nodes: ReadonlySet<NodeId>,
  at: readonly ValueId[],
  typeOf: (value: ValueId) => TensorType | null,
  end: NewEnd | null,
): Graph {
  const builder = new GraphBuilder({ name: graph.name, doc: graph.doc, incomplete: true });
  const nameOf = (id: ValueId | null): string => (id === null ? '' : graph.values[id]!.name);
  for (const id of graph.inputs) if (values.has(id)) builder.input(nameOf(id), graph.values[id]!.declared);
  for (const { id, name, constant, declared } of graph.values) {
    if (constant && values.has(id)) builder.constant(name, constant, declared);
  }
  for (const node of graph.nodes) {
    if (!nodes.has(node.id)) continue;
    builder.node({ ...node, inputs: node.inputs.map(nameOf), outputs: node.outputs.map(nameOf) });
  }
  for (const { name, declared, constant } of graph.values) if (!constant) builder.declare(name, declared);
  const names = new Set([...graph.valueByName.keys(), ...graph.nodes.map(({ name }) => name)]);
  const [first] = at;
  const type = first === undefined ? null : typeOf(first);
  if (end && first !== undefined && type) {
    addHead(builder, nameOf(first), type, end.head, { opset: end.opset, taken: (name) => names.has(name) });
  }
  for (const id of end ? at.slice(1) : at) builder.output(nameOf(id), graph.values[id]!.declared ?? typeOf(id));
  return builder.build().graph;
}
