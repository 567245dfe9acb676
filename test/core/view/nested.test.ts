import assert from 'node:assert/strict';
import { join } from 'node:path';
import { analyze } from '../../../src/core/analysis';
import { GraphBuilder } from '../../../src/core/ir/builder';
import type { Attr, Constant, Graph, TensorType } from '../../../src/core/ir/types';
import { placeOfNode, placeOfValue } from '../../../src/core/view/bodies';
import { cardOf, inspectorOf } from '../../../src/core/view/nestedViews';
import { buildScene, draw, type Drawing } from '../../../src/core/view/scene';
import type { EdgeEnd, Scene } from '../../../src/core/view/types';
import { describeCorpus } from '../../support/corpus';
import { readModel } from '../../support/modelScene';
import { modelAround } from '../../support/onnxModel';

const float = (...shape: number[]): TensorType => ({ dtype: 'float32', shape });
const ints = (value: readonly number[]): Attr => ({ kind: 'ints', value });
const weight = (...shape: number[]): Constant => ({
  dtype: 'float32',
  shape,
  elements: { kind: 'raw', file: null, start: 0, end: 4 * shape.reduce((a, b) => a * b, 1) },
});

function graphOf(write: (builder: GraphBuilder) => void, around: readonly string[] = []): Graph {
  const builder = new GraphBuilder({ enclosing: (name) => around.includes(name) });
  write(builder);
  return builder.build().graph;
}

/** A convolution of what the graph around calls `x`, with weights of its own, then a ReLU. */
const convolved = (name: string, kernel: number): Graph =>
  graphOf(
    (builder) => {
      builder.constant('w', weight(2, 1, kernel, kernel), null);
      const pads = ints(new Array<number>(4).fill(kernel >> 1));
      builder.node({ name, op: 'Conv', inputs: ['x', 'w'], outputs: ['c'], attrs: new Map([['pads', pads]]) });
      builder.node({ name: `${name}_act`, op: 'Relu', inputs: ['c'], outputs: ['r'] });
      builder.output('r', null);
    },
    ['x'],
  );

const branched = (): Graph =>
  graphOf((builder) => {
    builder.input('x', float(1, 1, 8, 8));
    builder.input('flag', { dtype: 'bool', shape: [] });
    const attrs = new Map<string, Attr>([
      ['then_branch', { kind: 'graph', value: convolved('small', 3) }],
      ['else_branch', { kind: 'graph', value: convolved('large', 5) }],
    ]);
    builder.node({ name: 'choice', op: 'If', inputs: ['flag'], outputs: ['y'], attrs });
    builder.node({
      name: 'after',
      op: 'MaxPool',
      inputs: ['y'],
      outputs: ['z'],
      attrs: new Map([['kernel_shape', ints([2, 2])]]),
    });
    builder.output('z', null);
  });

const sceneOf = (graph: Graph, extra = {}): { drawing: Drawing; scene: Scene } => {
  const drawing = draw(analyze(modelAround(graph, extra)));
  return { drawing, scene: buildScene(drawing, 'nested.onnx') };
};

const nameOf = (scene: Scene, end: EdgeEnd): string =>
  end.kind === 'node' ? scene.nodes[end.node]!.name : scene.ports[end.port]!.name;
const wires = (scene: Scene): string[] =>
  scene.edges.map((e) => `${nameOf(scene, e.from)} > ${nameOf(scene, e.to)}`).sort();

describe('graphs inside of operators', () => {
  it('draws the branches of an If as modules, fed from around and feeding the If', () => {
    const { scene } = sceneOf(branched());
    assert.deepEqual(
      scene.nodes.map(({ id, name, sizeOut }) => [id, name, sizeOut]),
      [
        [0, 'choice', '2×8×8'],
        [1, 'after', '2×7×7'],
        [2, 'small', '2×8×8'],
        [3, 'small_act', '2×8×8'],
        [4, 'large', '2×8×8'],
        [5, 'large_act', '2×8×8'],
      ],
    );
    assert.deepEqual(
      scene.order?.map((id) => scene.nodes[id]!.name),
      ['small', 'small_act', 'large', 'large_act', 'choice', 'after'],
      'lists have a branch where it runs',
    );
    assert.deepEqual(wires(scene), [
      'after > z',
      'choice > after',
      'flag > choice',
      'large > large_act',
      'large_act > choice',
      'small > small_act',
      'small_act > choice',
      'x > large',
      'x > small',
    ]);
    const groups = scene.groups.map(({ name, parent, nodes, parameters, open }) => ({
      name,
      parent,
      nodes,
      parameters,
      open,
    }));
    assert.deepEqual(groups, [
      { name: 'choice', parent: null, nodes: [2, 3, 4, 5, 0], parameters: 68, open: true },
      { name: 'then', parent: 0, nodes: [2, 3], parameters: 18, open: true },
      { name: 'else', parent: 0, nodes: [4, 5], parameters: 50, open: true },
    ]);
    assert.deepEqual(
      scene.nodes.map(({ group }) => group),
      [0, null, 1, 1, 2, 2],
    );
    assert.equal(scene.nodes[2]!.pill?.node, 3, 'the ReLU is the pill of its own convolution');
    assert.equal(scene.nodes[5]!.pillOf, 4);
    assert.equal(scene.header.parameters, 68);
    assert.equal(scene.header.macs, null, 'which branch runs is not known');
  });

  it('tells of an operator inside by its own graph', () => {
    const { drawing } = sceneOf(branched());
    const card = cardOf(drawing, 4)!;
    assert.equal(card.node, 4);
    assert.equal(card.path, 'large');
    assert.ok(card.rows.some(({ key, value }) => key === 'out' && value === '2×8×8'));
    const found = inspectorOf(drawing, 4)!;
    assert.match(found.position, /inside If choice else_branch$/);
    const [weights] = found.weights;
    assert.equal(weights!.size, '2×1×5×5');
    const place = placeOfValue(drawing, weights!.value);
    assert.deepEqual(place.drawing.facts.graph.values[place.id]?.constant?.shape, [2, 1, 5, 5]);
    assert.deepEqual(found.outputs[0]!.links, [5]);
    assert.equal(inspectorOf(drawing, 0)!.card.title, 'If');
    assert.equal(cardOf(drawing, 6), null);
    assert.equal(placeOfNode(drawing, 1).body, null);
  });

  it('feeds the body of a Loop with what it carries, but not the number of its turn', () => {
    const body = graphOf((builder) => {
      builder.input('turn', { dtype: 'int64', shape: [] });
      builder.input('go', { dtype: 'bool', shape: [] });
      builder.input('state', null);
      builder.node({ name: 'again', op: 'Identity', inputs: ['go'], outputs: ['on'] });
      builder.node({ name: 'step', op: 'Relu', inputs: ['state'], outputs: ['next'] });
      builder.output('on', null);
      builder.output('next', null);
    });
    const { scene } = sceneOf(
      graphOf((builder) => {
        builder.input('count', { dtype: 'int64', shape: [] });
        builder.input('x', float(1, 3, 4, 4));
        const attrs = new Map<string, Attr>([['body', { kind: 'graph', value: body }]]);
        builder.node({ name: 'loop', op: 'Loop', inputs: ['count', '', 'x'], outputs: ['y'], attrs });
        builder.output('y', null);
      }),
    );
    assert.deepEqual(wires(scene), ['again > loop', 'count > loop', 'loop > y', 'step > loop', 'x > step']);
    assert.deepEqual(
      scene.groups.map(({ name }) => name),
      ['loop'],
    );
    assert.equal(scene.nodes.find(({ name }) => name === 'step')!.sizeOut, '3×4×4');
  });

  it('draws each call of a function with its body, in bodies too', () => {
    const inner = graphOf((builder) => {
      builder.input('in', null);
      builder.node({
        name: 'half',
        op: 'MaxPool',
        inputs: ['in'],
        outputs: ['out'],
        attrs: new Map([
          ['kernel_shape', ints([2, 2])],
          ['strides', ints([2, 2])],
        ]),
      });
      builder.output('out', null);
    });
    const outer = graphOf((builder) => {
      builder.input('in', null);
      builder.node({ name: 'first', op: 'Half', domain: 'mine', inputs: ['in'], outputs: ['m'] });
      builder.node({ name: 'second', op: 'Half', domain: 'mine', inputs: ['m'], outputs: ['out'] });
      builder.output('out', null);
    });
    const of = (name: string, body: Graph) => ({
      name,
      domain: 'mine',
      attributes: [],
      defaults: new Map<string, Attr>(),
      opsets: new Map([['', 17]]),
      body,
    });
    const { scene } = sceneOf(
      graphOf((builder) => {
        builder.input('x', float(1, 1, 16, 16));
        builder.node({ name: 'call', op: 'Quarter', domain: 'mine', inputs: ['x'], outputs: ['y'] });
        builder.output('y', null);
      }),
      { functions: [of('Half', inner), of('Quarter', outer)] },
    );
    assert.deepEqual(
      scene.nodes.map(({ name, sizeOut }) => `${name} ${sizeOut}`),
      ['call 1×4×4', 'first 1×8×8', 'second 1×4×4', 'half 1×8×8', 'half 1×4×4'],
    );
    assert.ok(
      scene.nodes.every(({ known }) => known),
      'what has a body is known',
    );
    assert.deepEqual(wires(scene), [
      'call > y',
      'first > half',
      'half > first',
      'half > second',
      'second > call',
      'x > half',
    ]);
    assert.deepEqual(
      scene.groups.map(({ name, parent }) => [name, parent]),
      [
        ['call', null],
        ['first', 0],
        ['second', 0],
      ],
    );
  });
});

describeCorpus('silero_vad', (folder) => {
  it('shows the nets inside of its If', async () => {
    const model = await readModel(join(folder, 'models/silero_vad_v4.onnx'));
    const { scene } = sceneOf(model.graph);
    const [choice, ...others] = scene.groups;
    const [first, second] = others.filter(({ parent }) => parent === 0);
    assert.deepEqual([choice!.kind, first!.name, second!.name], ['If', 'then', 'else']);
    assert.ok(first!.nodes.length > 50 && second!.nodes.length > 50);
    const ends = scene.edges.flatMap(({ from, to }) => [from, to]);
    assert.ok(ends.every((end) => (end.kind === 'node' ? scene.nodes[end.node] : scene.ports[end.port]) !== undefined));
    // Every operator that takes data is fed, by one of the graph around or one beside it.
    const fed = new Set(scene.edges.flatMap(({ to }) => (to.kind === 'node' ? [to.node] : [])));
    const convolutions = scene.nodes.filter(({ op }) => op === 'Conv');
    assert.ok(convolutions.length > 10 && convolutions.every(({ id }) => fed.has(id)));
    assert.ok(scene.nodes.every(({ id }, at) => id === at));
  });
});
