import type { Reading } from '../../bytes/cursor';
import { t } from '../../l10n/l10n';
import { DEEPEST_GRAPH, LONGEST_LIST } from '../limits';
import { emptyGraph, type RawAttribute, type RawGraph, type RawNode, type RawSparse, type RawValue } from './messages';
import * as problems from './problems';
import { emptyTensor, readSparse, readTensor } from './readTensor';
import { readValue } from './readValue';
import { bytesAt, type Reader } from './reader';

/**
 * GraphProto. Every part enters the graph before it is read, so that a file that ends in its middle
 * leaves what there is of it. `depth` is 0 for the main graph.
 */
export function* readGraph(reader: Reader, graph: RawGraph, depth: number, end: number): Reading<void> {
  const { cursor } = reader;
  while (cursor.pos < end) {
    if (!cursor.ready) yield* cursor.ahead();
    switch (cursor.header(end)) {
      case 1:
        yield* oneNode(reader, graph, depth);
        break;
      case 2:
        graph.name = yield* reader.text();
        break;
      case 5: {
        const tensor = emptyTensor(cursor.fieldStart, cursor.stop);
        const at = graph.initializers.push(tensor) - 1;
        yield* reader.part(`initializer[${at}]`, (stop) => readTensor(reader, tensor, stop));
        break;
      }
      case 10:
        graph.doc = yield* reader.text();
        break;
      case 11:
        yield* oneValue(reader, graph.inputs, 'input');
        break;
      case 12:
        yield* oneValue(reader, graph.outputs, 'output');
        break;
      case 13:
        yield* oneValue(reader, graph.values, 'value_info');
        break;
      case 15: {
        const sparse: RawSparse = { values: null, dims: [] };
        graph.sparse.push(sparse);
        yield* reader.part('sparse_initializer', (stop) => readSparse(reader, sparse, stop));
        break;
      }
      case 16:
        yield* reader.entry(graph.metadata);
        break;
      default:
        cursor.skip();
    }
  }
}

export function* oneNode(reader: Reader, graph: RawGraph, depth: number): Reading<void> {
  const { cursor } = reader;
  const node = emptyNode(cursor.fieldStart, cursor.stop);
  const at = graph.nodes.push(node) - 1;
  if (depth === 0) reader.node = at;
  yield* reader.part(`node[${at}]`, (stop) => readNode(reader, node, depth, stop));
  if (depth === 0) reader.node = null;
}

export function* oneValue(reader: Reader, list: RawValue[], kind: string): Reading<void> {
  const { cursor } = reader;
  const value: RawValue = { span: { start: cursor.fieldStart, end: cursor.stop }, name: '', type: null };
  list.push(value);
  yield* reader.part(kind, (stop) => readValue(reader, value, stop));
}

const emptyNode = (start: number, end: number): RawNode => ({
  span: { start, end },
  name: '',
  op: '',
  domain: '',
  doc: '',
  inputs: [],
  outputs: [],
  attributes: [],
  metadata: [],
});

/** NodeProto. `depth` counts the graphs around it. */
function* readNode(reader: Reader, node: RawNode, depth: number, end: number): Reading<void> {
  const { cursor } = reader;
  while (cursor.pos < end) {
    if (!cursor.ready) yield* cursor.ahead();
    switch (cursor.header(end)) {
      case 1:
        node.inputs.push(reader.quickText() ?? (yield* reader.text()));
        break;
      case 2:
        node.outputs.push(reader.quickText() ?? (yield* reader.text()));
        break;
      case 3:
        node.name = reader.quickText() ?? (yield* reader.text());
        break;
      case 4:
        node.op = reader.quickText() ?? (yield* reader.text());
        break;
      case 5: {
        const attribute = emptyAttribute();
        node.attributes.push(attribute);
        yield* reader.part('attribute', (stop) => readAttribute(reader, attribute, depth, stop));
        break;
      }
      case 6:
        node.doc = yield* reader.text();
        break;
      case 7:
        node.domain = yield* reader.text();
        break;
      case 9:
        yield* reader.entry(node.metadata);
        break;
      default:
        cursor.skip();
    }
  }
}

export const emptyAttribute = (): RawAttribute => ({
  name: '',
  type: 0,
  reference: '',
  float: null,
  int: null,
  string: null,
  tensor: null,
  graph: null,
  floats: [],
  ints: [],
  strings: [],
  graphs: [],
  tensors: 0,
  other: '',
});

/** AttributeProto. */
export function* readAttribute(reader: Reader, attribute: RawAttribute, depth: number, end: number): Reading<void> {
  const { cursor } = reader;
  while (cursor.pos < end) {
    if (!cursor.ready) yield* cursor.ahead();
    switch (cursor.header(end)) {
      case 1:
        attribute.name = reader.quickText() ?? (yield* reader.text());
        break;
      case 2:
        attribute.float = reader.float();
        break;
      case 3:
        attribute.int = reader.int();
        break;
      case 4:
        attribute.string = reader.quickText() ?? (yield* reader.text());
        break;
      case 5: {
        const tensor = emptyTensor(cursor.fieldStart, cursor.stop);
        attribute.tensor = tensor;
        yield* reader.part('tensor', (stop) => readTensor(reader, tensor, stop));
        break;
      }
      case 6: {
        const graph = attribute.graph ?? emptyGraph();
        if (yield* readBody(reader, graph, depth)) attribute.graph = graph;
        else attribute.other = t('a graph nested too deep');
        break;
      }
      case 7:
        yield* reader.floats(attribute.floats);
        break;
      case 8:
        yield* reader.ints(attribute.ints);
        break;
      case 9: {
        const text = yield* reader.text();
        if (attribute.strings.length < LONGEST_LIST) attribute.strings.push(text);
        break;
      }
      case 10:
        attribute.tensors++;
        cursor.skip();
        break;
      case 11: {
        const graph = emptyGraph();
        if (yield* readBody(reader, graph, depth)) attribute.graphs.push(graph);
        break;
      }
      case 14:
      case 15:
        attribute.other = t('a type');
        cursor.skip();
        break;
      case 20:
        attribute.type = reader.int();
        break;
      case 21:
        attribute.reference = yield* reader.text();
        break;
      case 22:
      case 23:
        attribute.other = t('a sparse tensor');
        cursor.skip();
        break;
      default:
        cursor.skip();
    }
  }
  reportLongLists(reader, attribute);
}

/** False when it lies too deep and was stepped over. */
function* readBody(reader: Reader, graph: RawGraph, depth: number): Reading<boolean> {
  const { cursor } = reader;
  if (depth >= DEEPEST_GRAPH) {
    const place = { location: bytesAt(cursor.fieldStart, cursor.stop), node: reader.node };
    reader.report(problems.tooDeep(place, DEEPEST_GRAPH));
    cursor.skip();
    return false;
  }
  yield* reader.part('graph', (stop) => readGraph(reader, graph, depth + 1, stop));
  return true;
}

function reportLongLists(reader: Reader, attribute: RawAttribute): void {
  const longest = Math.max(attribute.ints.length, attribute.floats.length, attribute.strings.length);
  if (longest < LONGEST_LIST) return;
  const place = { location: bytesAt(reader.cursor.pos, reader.cursor.pos), node: reader.node };
  reader.report(problems.longAttribute(place, attribute.name, LONGEST_LIST));
}
