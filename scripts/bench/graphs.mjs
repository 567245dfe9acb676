// Graphs to measure with: a CNN-like one of any number of nodes, and DenseNet-201 (Huang, Liu, van der Maaten, Weinberger 2017),
// whose layers read all layers before them. Weights are declared, their bytes are not there: analysis does not read them.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

// field numbers of onnx.proto
const MODEL = { irVersion: 1, graph: 7, opsets: 8 };
const GRAPH = { nodes: 1, name: 2, initializers: 5, inputs: 11, outputs: 12 };
const NODE = { inputs: 1, outputs: 2, name: 3, op: 4, attributes: 5 };
const ATTRIBUTE = { name: 1, int: 3, ints: 8, type: 20 };
const TENSOR = { dims: 1, dtype: 2, name: 8, external: 13, location: 14 };
const FLOAT = 1;

class GraphWriter {
  nodes = [];
  weights = [];

  /** One output, named after the node. */
  node(op, inputs, attributes = {}, scope = '') {
    const name = `${scope && `/${scope}`}/${op}_${this.nodes.length}`;
    this.nodes.push({ op, name, inputs: [...inputs], output: `${name}_output`, attributes });
    return `${name}_output`;
  }

  weight(...dims) {
    const name = `w${this.weights.length}`;
    this.weights.push({ name, dims });
    return name;
  }

  conv(x, cin, cout, kernel, { stride = 1, scope = '' } = {}) {
    const window = { kernel_shape: [kernel, kernel], pads: Array(4).fill(kernel >> 1), strides: [stride, stride] };
    return this.node('Conv', [x, this.weight(cout, cin, kernel, kernel), this.weight(cout)], window, scope);
  }

  finish(size, last) {
    const model = new BinaryWriter();
    int(model, MODEL.irVersion, 8);
    part(model, MODEL.graph, (graph) => {
      for (const node of this.nodes) part(graph, GRAPH.nodes, (writer) => writeNode(writer, node));
      text(graph, GRAPH.name, 'bench');
      for (const weight of this.weights) part(graph, GRAPH.initializers, (writer) => writeWeight(writer, weight));
      part(graph, GRAPH.inputs, (value) => writeValue(value, 'image', size));
      part(graph, GRAPH.outputs, (value) => text(value, 1, last));
    });
    part(model, MODEL.opsets, (opset) => int(opset, 2, 13));
    return model.finish();
  }
}

function part(writer, field, write) {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

const text = (writer, field, value) => writer.tag(field, WireType.LengthDelimited).string(value);
const int = (writer, field, value) => writer.tag(field, WireType.Varint).int64(value);

function writeNode(writer, { op, name, inputs, output, attributes }) {
  for (const input of inputs) text(writer, NODE.inputs, input);
  text(writer, NODE.outputs, output);
  text(writer, NODE.name, name);
  text(writer, NODE.op, op);
  for (const [key, value] of Object.entries(attributes)) {
    part(writer, NODE.attributes, (attribute) => {
      text(attribute, ATTRIBUTE.name, key);
      if (Array.isArray(value)) for (const entry of value) int(attribute, ATTRIBUTE.ints, entry);
      else int(attribute, ATTRIBUTE.int, value);
      int(attribute, ATTRIBUTE.type, Array.isArray(value) ? 7 : 2);
    });
  }
}

function writeWeight(writer, { name, dims }) {
  for (const extent of dims) int(writer, TENSOR.dims, extent);
  int(writer, TENSOR.dtype, FLOAT);
  text(writer, TENSOR.name, name);
  part(writer, TENSOR.external, (entry) => {
    text(entry, 1, 'location');
    text(entry, 2, 'absent.bin');
  });
  int(writer, TENSOR.location, 1);
}

function writeValue(writer, name, size) {
  text(writer, 1, name);
  part(writer, 2, (type) =>
    part(type, 1, (tensor) => {
      int(tensor, 1, FLOAT);
      part(tensor, 2, (shape) => {
        for (const extent of size) part(shape, 1, (dim) => int(dim, 1, extent));
      });
    }),
  );
}

/** Channels everywhere: what is measured is the graph. */
const WIDE = 8;
const BLOCKS_OF_STAGE = 6;

/**
 * About `count` nodes: stages of six blocks, residual, inception and dense ones in turn, each in a scope of its own. Very deep, very
 * repetitive: 35 nodes and 48 edges every three blocks, 26 of the nodes one after the other. `blocks`: others than these three.
 */
export function synthetic(count, blocks = [residual, inception, dense]) {
  const graph = new GraphWriter();
  let x = convRelu(graph, 'image', 3, WIDE, 3, 'stem', 2);
  for (let block = 0; graph.nodes.length < count - 3; block++) {
    const scope = `stage${Math.floor(block / BLOCKS_OF_STAGE)}/block${block % BLOCKS_OF_STAGE}`;
    x = blocks[block % blocks.length](graph, x, scope);
  }
  const flat = graph.node('Flatten', [graph.node('GlobalAveragePool', [x])]);
  return graph.finish([1, 3, 64, 64], graph.node('Gemm', [flat, graph.weight(WIDE, 10)]));
}

const norm = (graph, x, channels, scope) =>
  graph.node('BatchNormalization', [x, ...Array.from({ length: 4 }, () => graph.weight(channels))], {}, scope);

const convRelu = (graph, x, cin, cout, kernel, scope, stride = 1) =>
  graph.node('Relu', [graph.conv(x, cin, cout, kernel, { scope, stride })], {}, scope);

/** He, Zhang, Ren, Sun 2015. */
export function residual(graph, x, scope) {
  const first = norm(graph, graph.conv(x, WIDE, WIDE, 3, { scope }), WIDE, scope);
  const inner = graph.conv(graph.node('Relu', [first], {}, scope), WIDE, WIDE, 3, { scope });
  return graph.node('Relu', [graph.node('Add', [norm(graph, inner, WIDE, scope), x], {}, scope)], {}, scope);
}

/** Szegedy and others 2014. */
export function inception(graph, x, scope) {
  const [part, narrow] = [WIDE / 4, WIDE / 2];
  const reduced = (kernel, branch) =>
    convRelu(graph, convRelu(graph, x, WIDE, narrow, 1, branch), narrow, part, kernel, branch);
  const window = { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1] };
  const branches = [
    convRelu(graph, x, WIDE, part, 1, `${scope}/branch1`),
    reduced(3, `${scope}/branch2`),
    reduced(5, `${scope}/branch3`),
    convRelu(graph, graph.node('MaxPool', [x], window, `${scope}/branch4`), WIDE, part, 1, `${scope}/branch4`),
  ];
  return graph.node('Concat', branches, { axis: 1 }, scope);
}

/** Huang and others 2017, with a transition; what its layers made is handed on. */
function dense(graph, x, scope) {
  const made = [];
  for (let layer = 1; layer <= 4; layer++) {
    const inner = `${scope}/layer${layer}`;
    const wide = made.length ? graph.node('Concat', [x, ...made], { axis: 1 }, inner) : x;
    made.push(convRelu(graph, wide, WIDE + made.length * WIDE, WIDE, 3, inner));
  }
  const all = graph.node('Concat', made, { axis: 1 }, scope);
  return convRelu(graph, all, made.length * WIDE, WIDE, 1, `${scope}/transition`);
}

/** Layers read everything before them by one Concat each, as exporters write them. */
export function densenet201() {
  const [growth, bottleneck] = [32, 128];
  const graph = new GraphWriter();
  const normRelu = (x, channels, scope) => graph.node('Relu', [norm(graph, x, channels, scope)], {}, scope);
  const stem = graph.node('Relu', [graph.conv('image', 3, 64, 7, { stride: 2, scope: 'features' })], {}, 'features');
  let x = graph.node('MaxPool', [stem], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }, 'features');
  let channels = 64;
  for (const [block, layers] of [6, 12, 48, 32].entries()) {
    const parts = [x];
    for (let i = 0; i < layers; i++) {
      const scope = `features/denseblock${block + 1}/denselayer${i + 1}`;
      const wide = parts.length > 1 ? graph.node('Concat', parts, { axis: 1 }, scope) : x;
      const narrow = graph.conv(normRelu(wide, channels, scope), channels, bottleneck, 1, { scope });
      parts.push(graph.conv(graph.node('Relu', [narrow], {}, scope), bottleneck, growth, 3, { scope }));
      channels += growth;
    }
    const scope = `features/transition${block + 1}`;
    x = normRelu(graph.node('Concat', parts, { axis: 1 }, scope), channels, scope);
    if (block === 3) break;
    channels /= 2;
    x = graph.conv(x, channels * 2, channels, 1, { scope });
    x = graph.node('AveragePool', [x], { kernel_shape: [2, 2], strides: [2, 2] }, scope);
  }
  const flat = graph.node('Flatten', [graph.node('GlobalAveragePool', [x])]);
  const weights = [graph.weight(1000, channels), graph.weight(1000)];
  return graph.finish([1, 3, 224, 224], graph.node('Gemm', [flat, ...weights], { transB: 1 }));
}
