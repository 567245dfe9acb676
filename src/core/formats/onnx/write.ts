import { MessageWriter } from '../../bytes/writer';
import type { ModelFile } from '../../bytes/source';
import { Cancelled, type Diagnostic } from '../../diagnostics/diagnostic';
import type { Attr, Constant, Graph, Model, ModelFunction, Node, TensorType } from '../../ir/types';
import { t } from '../../l10n/l10n';
import { Report } from '../report';
import { dtypeCode } from '../../ir/dtype';
import { payloadOf, type Payload } from './writePayload';
import * as problems from './writeProblems';

export interface Written {
  /** Null when the model does not fit into one file. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Protobuf's own bound on a message. */
const LARGEST = 2 ** 31 - 1;

/**
 * The model as an ONNX file, weights and all: stored ones are copied from `file`, external ones become part of it, made ones are
 * computed. What cannot be written is told; only Cancelled is thrown.
 */
export async function writeOnnx(model: Model, file: ModelFile | null, signal?: AbortSignal): Promise<Written> {
  const report = new Report();
  const weight = sizeOf(model);
  if (weight > LARGEST) {
    report.add(problems.tooLarge({}, weight));
    return { bytes: null, diagnostics: report.diagnostics };
  }
  const payloads = await collect(model, file, report, signal);
  const bytes = new ModelWriter(payloads, report).model(model).finish();
  return { bytes, diagnostics: report.diagnostics };
}

type Payloads = ReadonlyMap<Constant, Payload>;

function graphsOf(model: Model): readonly Graph[] {
  const graphs: Graph[] = [model.graph, ...model.functions.map(({ body }) => body)];
  // The list is its own queue: bodies of bodies are met while it grows.
  for (const graph of graphs) {
    for (const { attrs } of graph.nodes) {
      for (const attr of attrs.values()) {
        if (attr.kind === 'graph') graphs.push(attr.value);
        else if (attr.kind === 'graphs') graphs.push(...attr.value);
      }
    }
  }
  return graphs;
}

function* constantsOf(graph: Graph): Generator<{ readonly name: string; readonly constant: Constant }> {
  for (const { name, constant } of graph.values) if (constant) yield { name, constant };
  for (const node of graph.nodes) {
    for (const [name, attr] of node.attrs) {
      if (attr.kind === 'tensor') yield { name: `${node.name}.${name}`, constant: attr.value };
    }
  }
}

/** Bytes of all payloads, before any is read or made. */
function sizeOf(model: Model): number {
  let bytes = 0;
  for (const graph of graphsOf(model)) {
    for (const { constant } of constantsOf(graph)) {
      const { elements, shape } = constant;
      if (elements.kind === 'raw' || elements.kind === 'varint') bytes += elements.end - elements.start;
      else if (elements.kind === 'made') bytes += 4 * shape.reduce((product, extent) => product * extent, 1);
    }
  }
  return bytes;
}

async function collect(model: Model, file: ModelFile | null, report: Report, signal?: AbortSignal): Promise<Payloads> {
  const payloads = new Map<Constant, Payload>();
  for (const graph of graphsOf(model)) {
    for (const { name, constant } of constantsOf(graph)) {
      if (signal?.aborted) throw new Cancelled();
      let payload: Payload | string;
      try {
        payload = await payloadOf(constant, file, signal);
      } catch (error) {
        if (signal?.aborted) throw new Cancelled();
        payload = error instanceof Error ? error.message : String(error);
      }
      if (typeof payload === 'string') report.add(problems.unwritten({}, name, payload));
      else payloads.set(constant, payload);
    }
  }
  return payloads;
}

/** Field numbers are those of onnx.proto. */
class ModelWriter {
  constructor(
    private readonly payloads: Payloads,
    private readonly report: Report,
  ) {}

  model(model: Model): MessageWriter {
    const writer = new MessageWriter();
    writer.int(1, Math.max(model.irVersion ?? 0, OLDEST_IR));
    if (model.producer) writer.text(2, model.producer);
    writer.message(7, (graph) => this.graph(graph, model.graph));
    for (const id of model.graph.inputs) {
      const { name, declared } = model.graph.values[id]!;
      // An input has to say its type, and of a container it is not known what it contains.
      if (declared?.container) this.report.add(problems.unwritten({}, name, t('it is no tensor')));
    }
    opsets(writer, 8, model.opsets);
    for (const [key, value] of model.metadata) {
      if (key === 'doc_string') writer.text(6, value);
      else writer.message(14, (entry) => entry.text(1, key).text(2, value));
    }
    for (const fn of model.functions) writer.message(25, (message) => this.function(message, fn));
    return writer;
  }

  private graph(writer: MessageWriter, graph: Graph): void {
    // The standard wants producers before consumers, in whatever order the file had them.
    for (const id of graph.order) writer.message(1, (node) => this.node(node, graph, graph.nodes[id]!));
    writer.text(2, graph.name || 'graph');
    for (const { name, constant } of graph.values) {
      if (constant) writer.message(5, (tensor) => this.tensor(tensor, name, constant));
    }
    if (graph.doc) writer.text(10, graph.doc);
    this.values(writer, graph);
  }

  private values(writer: MessageWriter, graph: Graph): void {
    const listed = new Set([...graph.inputs, ...graph.outputs]);
    const info = (field: number, id: number): void => {
      const { name, declared } = graph.values[id]!;
      writer.message(field, (value) => valueInfo(value, name, declared));
    };
    for (const id of graph.inputs) info(11, id);
    for (const id of graph.outputs) info(12, id);
    for (const { id, declared, constant, captured } of graph.values) {
      if (declared && !constant && !captured && !listed.has(id)) info(13, id);
    }
  }

  private function(writer: MessageWriter, fn: ModelFunction): void {
    const { body } = fn;
    writer.text(1, fn.name);
    for (const id of body.inputs) writer.text(4, body.values[id]!.name);
    for (const id of body.outputs) writer.text(5, body.values[id]!.name);
    for (const name of fn.attributes) writer.text(6, name);
    for (const id of body.order) writer.message(7, (node) => this.node(node, body, body.nodes[id]!));
    if (body.doc) writer.text(8, body.doc);
    opsets(writer, 9, fn.opsets);
    writer.text(10, fn.domain);
    for (const [name, attr] of fn.defaults) writer.message(11, (message) => this.attribute(message, name, attr));
  }

  private node(writer: MessageWriter, graph: Graph, node: Node): void {
    const name = (id: number | null): string => (id === null ? '' : graph.values[id]!.name);
    for (const id of node.inputs) writer.text(1, name(id));
    for (const id of node.outputs) writer.text(2, name(id));
    if (node.name) writer.text(3, node.name);
    writer.text(4, node.op);
    for (const [key, attr] of node.attrs) writer.message(5, (message) => this.attribute(message, key, attr));
    if (node.doc) writer.text(6, node.doc);
    if (node.domain) writer.text(7, node.domain);
    for (const [key, value] of node.metadata) writer.message(9, (entry) => entry.text(1, key).text(2, value));
  }

  private attribute(writer: MessageWriter, name: string, attr: Attr): void {
    writer.text(1, name);
    const type = (code: number): MessageWriter => writer.int(20, code);
    switch (attr.kind) {
      case 'float':
        type(1).float(2, attr.value);
        break;
      case 'int':
        type(2).int(3, attr.value);
        break;
      case 'string':
        type(3).text(4, attr.value);
        break;
      case 'tensor':
        type(4).message(5, (tensor) => this.tensor(tensor, '', attr.value));
        break;
      case 'graph':
        type(5).message(6, (graph) => this.graph(graph, attr.value));
        break;
      case 'floats':
        type(6).packedFloats(7, attr.value);
        break;
      case 'ints':
        type(7).packedInts(8, attr.value);
        break;
      case 'strings':
        type(8);
        for (const text of attr.value) writer.text(9, text);
        break;
      case 'graphs':
        type(10);
        for (const graph of attr.value) writer.message(11, (message) => this.graph(message, graph));
        break;
      case 'other':
        // In a function's body: the value of the call's attribute of that name.
        if (attr.value.startsWith('@')) writer.text(21, attr.value.slice(1));
        else this.report.add(problems.unwritten({}, name, t('it is {0}', attr.value)));
    }
  }

  private tensor(writer: MessageWriter, name: string, constant: Constant): void {
    const payload = this.payloads.get(constant);
    if (constant.shape.length) writer.packedInts(1, constant.shape);
    writer.int(2, dtypeCode(constant.dtype));
    if (payload?.kind === 'texts') for (const text of payload.texts) writer.text(6, text);
    if (name) writer.text(8, name);
    if (payload?.kind === 'bytes') writer.bytes(payload.field, payload.bytes);
  }
}

/** The first IR version whose constants need not be listed as inputs too. */
const OLDEST_IR = 4;

function opsets(writer: MessageWriter, field: number, versions: ReadonlyMap<string, number>): void {
  for (const [domain, version] of versions) {
    writer.message(field, (opset) => opset.text(1, domain === 'ai.onnx' ? '' : domain).int(2, version));
  }
}

function valueInfo(writer: MessageWriter, name: string, type: TensorType | null): void {
  writer.text(1, name);
  // Containers are known by name only: left to the runtime to infer.
  if (!type || type.container || type.dtype === 'unknown') return;
  writer.message(2, (outer) =>
    outer.message(1, (tensor) => {
      tensor.int(1, dtypeCode(type.dtype));
      if (!type.shape) return;
      const { shape } = type;
      tensor.message(2, (extents) => {
        for (const extent of shape) {
          extents.message(1, (dim) => {
            if (typeof extent === 'number') dim.int(1, extent);
            else if (extent) dim.text(2, extent.text);
          });
        }
      });
    }),
  );
}
