import assert from 'node:assert/strict';
import { GraphBuilder } from '../../../src/core/ir/builder';
import type { Attr, Graph } from '../../../src/core/ir/types';

const relu = (builder: GraphBuilder, input: string, output: string, name = '') =>
  builder.node({ name, op: 'Relu', inputs: [input], outputs: [output] });

const codes = (builder: GraphBuilder): readonly string[] => builder.build().diagnostics.map(({ code }) => code);

const names = (graph: Graph, ids: readonly number[]): readonly string[] => ids.map((id) => graph.values[id]!.name);

describe('GraphBuilder', () => {
  it('joins nodes by the names of their tensors', () => {
    const builder = new GraphBuilder({ name: 'net' });
    builder.input('x', { dtype: 'float32', shape: [1, 3, 8, 8] });
    builder.constant('w', { dtype: 'float32', shape: [4, 3, 1, 1], elements: { kind: 'missing', reason: '' } }, null);
    builder.node({ name: 'c', op: 'Conv', inputs: ['x', 'w', ''], outputs: ['y'] });
    relu(builder, 'y', 'z');
    builder.output('z', null);
    const { graph, diagnostics } = builder.build();
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(names(graph, graph.inputs), ['x']);
    assert.deepEqual(names(graph, graph.outputs), ['z']);
    assert.equal(graph.nodes[0]!.inputs[2], null);
    assert.equal(graph.values[graph.valueByName.get('y')!]!.producer, 0);
    assert.deepEqual(graph.consumers[graph.valueByName.get('y')!], [1]);
  });

  it('counts a node once as consumer of a tensor it takes twice', () => {
    const builder = new GraphBuilder();
    builder.input('x', null);
    builder.node({ name: '', op: 'Mul', inputs: ['x', 'x'], outputs: ['y'] });
    assert.deepEqual(builder.build().graph.consumers[0], [0]);
  });

  it('keeps the file order where it holds, and finds one where it does not', () => {
    const builder = new GraphBuilder();
    builder.input('x', null);
    relu(builder, 'b', 'c');
    relu(builder, 'a', 'b');
    relu(builder, 'x', 'a');
    assert.deepEqual(builder.build().graph.order, [2, 1, 0]);
  });

  it('does not list initialisers among the inputs (IR 3 does)', () => {
    const builder = new GraphBuilder();
    builder.input('x', null);
    builder.input('w', { dtype: 'float32', shape: [2] });
    builder.constant('w', { dtype: 'float32', shape: [2], elements: { kind: 'inline', values: [1, 2] } }, null);
    builder.node({ name: '', op: 'Add', inputs: ['x', 'w'], outputs: ['y'] });
    const { graph } = builder.build();
    assert.deepEqual(names(graph, graph.inputs), ['x']);
    assert.deepEqual(codes(builder), []);
  });

  it('puts the nodes of a cycle last and names them', () => {
    const builder = new GraphBuilder();
    builder.input('x', null);
    relu(builder, 'b', 'a', 'n1');
    relu(builder, 'a', 'b', 'n2');
    relu(builder, 'b', 'after', 'n3');
    relu(builder, 'x', 'free', 'n4');
    const { graph, diagnostics } = builder.build();
    assert.deepEqual(graph.order, [3, 0, 1, 2]);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['graph/cycle'],
    );
    assert.match(diagnostics[0]!.message, /2 nodes.*n2 → n1|n1 → n2/);
    assert.doesNotMatch(diagnostics[0]!.message, /n3/);
  });

  it('gives a second definition of a tensor a name of its own', () => {
    const builder = new GraphBuilder();
    builder.input('x', null);
    relu(builder, 'x', 'a');
    relu(builder, 'x', 'a');
    relu(builder, 'x', 'a');
    const { graph, diagnostics } = builder.build();
    assert.deepEqual(
      names(
        graph,
        graph.nodes.map((node) => node.outputs[0]!),
      ),
      ['a', 'a#2', 'a#3'],
    );
    assert.deepEqual(
      diagnostics.map(({ code, node }) => [code, node]),
      [
        ['graph/duplicate-output', 1],
        ['graph/duplicate-output', 2],
      ],
    );
  });

  it('draws inputs that nobody makes, and tells', () => {
    const builder = new GraphBuilder();
    relu(builder, 'nowhere', 'a');
    builder.output('neither', null);
    assert.deepEqual(codes(builder), ['graph/undefined-input', 'graph/undefined-output']);
  });

  it('does not blame a file that ended early for what is missing', () => {
    const builder = new GraphBuilder({ incomplete: true });
    relu(builder, 'nowhere', 'a');
    assert.deepEqual(codes(builder), []);
  });

  it('knows names that are dangerous as keys of plain objects', () => {
    const builder = new GraphBuilder();
    builder.input('__proto__', null);
    relu(builder, '__proto__', 'constructor');
    relu(builder, 'constructor', 'toString');
    builder.output('toString', null);
    assert.deepEqual(codes(builder), []);
    assert.equal(builder.build().graph.values.length, 3);
  });

  it('marks what a body takes from around it, and orders by it', () => {
    const inner = new GraphBuilder({ enclosing: (name) => name === 'later' });
    relu(inner, 'later', 'out');
    inner.output('out', null);
    const body = inner.build();
    assert.deepEqual(body.diagnostics, []);
    assert.equal(body.graph.values[0]!.captured, true);

    const outer = new GraphBuilder();
    outer.input('x', null);
    const attrs = new Map<string, Attr>([['then_branch', { kind: 'graph', value: body.graph }]]);
    outer.node({ name: 'if', op: 'If', inputs: ['x'], outputs: ['y'], attrs });
    relu(outer, 'x', 'later');
    assert.deepEqual(outer.build().graph.order, [1, 0]);
  });

  it('lists a hundred problems of a kind and counts the rest', () => {
    const builder = new GraphBuilder();
    for (let i = 0; i < 250; i++) relu(builder, `missing${i}`, `out${i}`);
    const { diagnostics } = builder.build();
    assert.equal(diagnostics.length, 101);
    assert.match(diagnostics.at(-1)!.message, /150 more/);
  });

  for (const [title, build] of [
    [
      'a chain written backwards',
      (builder: GraphBuilder, n: number) => {
        for (let i = n; i > 0; i--) relu(builder, `t${i - 1}`, `t${i}`);
      },
    ],
    [
      'one tensor with as many consumers',
      (builder: GraphBuilder, n: number) => {
        for (let i = 1; i <= n; i++) relu(builder, 't0', `t${i}`);
      },
    ],
    [
      'one name defined as often',
      (builder: GraphBuilder, n: number) => {
        for (let i = 1; i <= n; i++) relu(builder, 't0', 'same');
      },
    ],
    [
      'one cycle of them all',
      (builder: GraphBuilder, n: number) => {
        for (let i = 0; i < n; i++) relu(builder, `c${i}`, `c${(i + 1) % n}`);
      },
    ],
  ] as const) {
    it(`takes 100,000 nodes in linear time: ${title}`, () => {
      const time = (n: number): number => {
        const builder = new GraphBuilder();
        builder.input('t0', null);
        const start = performance.now();
        build(builder, n);
        assert.equal(builder.build().graph.order.length, n);
        return performance.now() - start;
      };
      time(5000);
      const [small, large] = [time(10_000), time(100_000)];
      assert.ok(large < 100 * Math.max(small, 5), `10,000 took ${small} ms, 100,000 took ${large} ms`);
    });
  }
});
