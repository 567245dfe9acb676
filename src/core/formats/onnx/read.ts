import type { Reading } from '../../bytes/cursor';
import { emptyGraph, type RawFunction, type RawModel, type RawOpset } from './messages';
import { emptyAttribute, oneNode, oneValue, readAttribute, readGraph } from './readGraph';
import type { Reader } from './reader';

/** Reads a ModelProto into `model`, which holds what was read so far whenever this stops. */
export function* readModel(reader: Reader, model: RawModel): Reading<void> {
  const { cursor } = reader;
  const end = cursor.size;
  while (cursor.pos < end) {
    if (!cursor.ready) yield* cursor.ahead();
    switch (cursor.header(end)) {
      case 1:
        model.irVersion = reader.int();
        break;
      case 2:
        model.producerName = yield* reader.text();
        break;
      case 3:
        model.producerVersion = yield* reader.text();
        break;
      case 4:
        model.domain = yield* reader.text();
        break;
      case 5:
        model.modelVersion = reader.int();
        break;
      case 6:
        model.doc = yield* reader.text();
        break;
      case 7: {
        const graph = (model.graph ??= emptyGraph());
        yield* reader.part('graph', (stop) => readGraph(reader, graph, 0, stop));
        break;
      }
      case 8:
        yield* oneOpset(reader, model.opsets);
        break;
      case 14:
        yield* reader.entry(model.metadata);
        break;
      case 25: {
        const fn = emptyFunction();
        model.functions.push(fn);
        yield* reader.part('function', (stop) => readFunction(reader, fn, stop));
        break;
      }
      default:
        cursor.skip();
    }
  }
}

const emptyFunction = (): RawFunction => ({
  name: '',
  domain: '',
  inputs: [],
  outputs: [],
  attributes: [],
  defaults: [],
  opsets: [],
  graph: emptyGraph(),
});

/** OperatorSetIdProto. */
function* oneOpset(reader: Reader, list: RawOpset[]): Reading<void> {
  const opset = { domain: '', version: 0 };
  list.push(opset);
  const { cursor } = reader;
  yield* reader.part('opset_import', function* (end) {
    while (cursor.pos < end) {
      if (!cursor.ready) yield* cursor.ahead();
      switch (cursor.header(end)) {
        case 1:
          opset.domain = yield* reader.text();
          break;
        case 2:
          opset.version = reader.int();
          break;
        default:
          cursor.skip();
      }
    }
  });
}

/** FunctionProto. Its nodes are not nodes of the main graph: problems in them name no node. */
function* readFunction(reader: Reader, fn: RawFunction, end: number): Reading<void> {
  const { cursor } = reader;
  while (cursor.pos < end) {
    if (!cursor.ready) yield* cursor.ahead();
    switch (cursor.header(end)) {
      case 1:
        fn.name = yield* reader.text();
        break;
      case 4:
        fn.inputs.push(yield* reader.text());
        break;
      case 5:
        fn.outputs.push(yield* reader.text());
        break;
      case 6:
        fn.attributes.push(yield* reader.text());
        break;
      case 7:
        yield* oneNode(reader, fn.graph, 1);
        break;
      case 8:
        fn.graph.doc = yield* reader.text();
        break;
      case 9:
        yield* oneOpset(reader, fn.opsets);
        break;
      case 10:
        fn.domain = yield* reader.text();
        break;
      case 11: {
        const attribute = emptyAttribute();
        fn.defaults.push(attribute);
        yield* reader.part('attribute_proto', (stop) => readAttribute(reader, attribute, 1, stop));
        break;
      }
      case 12:
        yield* oneValue(reader, fn.graph.values, 'value_info');
        break;
      default:
        cursor.skip();
    }
  }
}
