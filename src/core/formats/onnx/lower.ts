import { GraphBuilder } from '../../ir/builder';
import type { Attr, Graph, Model, ModelFunction } from '../../ir/types';
import { refusal } from './external';
import { lowerAttribute } from './lowerAttribute';
import { lowerSparse, lowerTensor, lowerType, type Surroundings } from './lowerTensor';
import {
  emptyGraph,
  type RawEntry,
  type RawFunction,
  type RawGraph,
  type RawModel,
  type RawNode,
  type RawOpset,
  type RawValue,
} from './messages';
import { bytesAt } from './reader';

/** Where a graph stands: around which graphs, and at which node of the main one. */
interface Position {
  readonly enclosing?: (name: string) => boolean;
  /** `null` in the main graph, where every node is its own owner. */
  readonly owner: number | null;
  readonly main: boolean;
}

export function lowerModel(raw: RawModel, around: Surroundings): Model {
  return {
    format: 'onnx',
    producer: [raw.producerName, raw.producerVersion].filter(Boolean).join(' '),
    irVersion: raw.irVersion,
    opsets: opsetMap(raw.opsets.length ? raw.opsets : BEFORE_OPSETS),
    metadata: entryMap([...(raw.doc ? [{ key: 'doc_string', value: raw.doc }] : []), ...raw.metadata]),
    externalFiles: [...around.externalFiles.keys()].filter((location) => refusal(location) === null),
    functions: raw.functions.map((fn) => lowerFunction(fn, around)),
    graph: lowerGraph(raw.graph ?? emptyGraph(), around, { owner: null, main: true }),
  };
}

const BEFORE_OPSETS: readonly RawOpset[] = [{ domain: '', version: 1 }];

/** `ai.onnx` and '' are the same domain; of several imports of one, the newest counts. */
function opsetMap(opsets: readonly RawOpset[]): Map<string, number> {
  const map = new Map<string, number>();
  for (const { domain, version } of opsets) {
    const key = domain || 'ai.onnx';
    map.set(key, Math.max(version, map.get(key) ?? version));
  }
  return map;
}

const entryMap = (entries: readonly RawEntry[]): Map<string, string> =>
  new Map(entries.map(({ key, value }) => [key, value]));

function lowerGraph(raw: RawGraph, around: Surroundings, position: Position): Graph {
  const builder = new GraphBuilder({
    name: raw.name,
    doc: raw.doc,
    incomplete: around.incomplete,
    owner: position.owner,
    ...(position.enclosing ? { enclosing: position.enclosing } : {}),
  });
  for (const input of raw.inputs) builder.input(input.name, typeOf(input, around), originOf(input));
  addConstants(builder, raw, around, position.owner);
  const scope = lazyScope(raw, position);
  raw.nodes.forEach((node, index) => {
    const last = index === raw.nodes.length - 1;
    // The file ended before this node came to say what it is.
    if (around.incomplete && last && node.op === '') return;
    addNode(builder, node, around, { enclosing: scope, owner: position.main ? index : position.owner, main: false });
  });
  for (const value of raw.values) builder.declare(value.name, typeOf(value, around));
  for (const output of raw.outputs) builder.output(output.name, typeOf(output, around), originOf(output));
  const { graph, diagnostics } = builder.build();
  diagnostics.forEach(around.report);
  return graph;
}

function addConstants(builder: GraphBuilder, raw: RawGraph, around: Surroundings, owner: number | null): void {
  for (const tensor of raw.initializers) {
    const { constant, type } = lowerTensor(tensor, around, owner);
    builder.constant(tensor.name, constant, type, bytesAt(tensor.span.start, tensor.span.end));
  }
  for (const sparse of raw.sparse) {
    const { constant, type } = lowerSparse(sparse, around);
    builder.constant(sparse.values?.name ?? '', constant, type, null);
  }
}

function addNode(builder: GraphBuilder, raw: RawNode, around: Surroundings, position: Position): void {
  const attrs = new Map<string, Attr>();
  const bodies = (body: RawGraph) => lowerGraph(body, around, position);
  for (const attribute of raw.attributes) {
    attrs.set(attribute.name, lowerAttribute(attribute, around, position.owner, bodies));
  }
  builder.node({
    name: raw.name,
    op: raw.op,
    domain: raw.domain === 'ai.onnx' ? '' : raw.domain,
    inputs: raw.inputs,
    outputs: raw.outputs,
    attrs,
    metadata: entryMap(raw.metadata),
    doc: raw.doc,
    origin: bytesAt(raw.span.start, raw.span.end),
  });
}

/** The names a body can see around it. Made when the first body asks: most graphs have none. */
function lazyScope(raw: RawGraph, { enclosing }: Position): (name: string) => boolean {
  let names: Set<string> | null = null;
  return (name) => {
    names ??= new Set([
      ...raw.inputs.map((input) => input.name),
      ...raw.initializers.map((tensor) => tensor.name),
      ...raw.nodes.flatMap((node) => node.outputs),
    ]);
    return names.has(name) || (enclosing?.(name) ?? false);
  };
}

function lowerFunction(raw: RawFunction, around: Surroundings): ModelFunction {
  const value = (name: string): RawValue => ({ span: { start: 0, end: 0 }, name, type: null });
  const body: RawGraph = {
    ...raw.graph,
    name: raw.name,
    inputs: raw.inputs.map(value),
    outputs: raw.outputs.map(value),
  };
  const graph = lowerGraph(body, around, { owner: null, main: false });
  const noBodies = () => graph;
  return {
    name: raw.name,
    domain: raw.domain,
    attributes: raw.attributes,
    defaults: new Map(raw.defaults.map((attr) => [attr.name, lowerAttribute(attr, around, null, noBodies)])),
    opsets: opsetMap(raw.opsets),
    body: graph,
  };
}

const typeOf = (value: RawValue, around: Surroundings) =>
  value.type ? lowerType(value.type, value.name, value.span, around) : null;

const originOf = (value: RawValue) => (value.span.end > 0 ? bytesAt(value.span.start, value.span.end) : null);
