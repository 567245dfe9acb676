import assert from 'node:assert/strict';
import { analyze } from '../../../src/core/analysis';
import { compareModels } from '../../../src/core/compare';
import { unionScene, type Union } from '../../../src/core/compare/union';
import { GraphBuilder } from '../../../src/core/ir/builder';
import type { Attr, Graph, Model } from '../../../src/core/ir/types';
import { draw } from '../../../src/core/view/scene';
import { modelAround } from '../../support/onnxModel';

const branch = (op: string): Attr => {
  const builder = new GraphBuilder({ enclosing: (name) => name === 'x' });
  builder.node({ name: op, op, inputs: ['x'], outputs: ['a'] });
  builder.node({ name: 'end', op: 'Relu', inputs: ['a'], outputs: ['b'] });
  builder.output('b', null);
  return { kind: 'graph', value: builder.build().graph };
};

/** Between input and pooling an If, or another operator in its place. */
function net(middle: 'If' | 'Sigmoid', otherwise = 'Exp'): Model {
  const builder = new GraphBuilder();
  builder.input('x', { dtype: 'float32', shape: [1, 2, 8, 8] });
  builder.input('flag', { dtype: 'bool', shape: [] });
  const attrs = new Map([
    ['then_branch', branch('Abs')],
    ['else_branch', branch(otherwise)],
  ]);
  if (middle === 'If') builder.node({ name: 'choice', op: 'If', inputs: ['flag'], outputs: ['y'], attrs });
  else builder.node({ name: 'squash', op: 'Sigmoid', inputs: ['x'], outputs: ['y'] });
  builder.node({ name: 'after', op: 'GlobalAveragePool', inputs: ['y'], outputs: ['z'] });
  builder.output('z', null);
  const graph: Graph = builder.build().graph;
  return modelAround(graph);
}

const union = (before: Model, after: Model): Union =>
  unionScene(compareModels(draw(analyze(before)), draw(analyze(after))), { before: 'a.onnx', after: 'b.onnx' });

describe('Two nets with branches drawn as one', () => {
  for (const [what, before, after, mark] of [
    ['was removed', net('If'), net('Sigmoid'), 'removed'],
    ['was added', net('Sigmoid'), net('If'), 'added'],
    ['has another branch', net('If'), net('If', 'Neg'), 'changed'],
  ] as const)
    it(`ends no edge nowhere where an If ${what}`, () => {
      const { scene, origin } = union(before, after);
      assert.equal(scene.nodes.find(({ name }) => name === 'choice')?.mark, mark);
      assert.equal(origin.length, scene.nodes.length);
      for (const { from, to } of scene.edges)
        for (const end of [from, to])
          assert.ok(end.kind === 'node' ? scene.nodes[end.node] : scene.ports[end.port], JSON.stringify(end));
    });
});
