import { strict as assert } from 'node:assert';
import { analyze } from '../../../src/core/analysis';
import { type Coverage, coverage, dependents } from '../../../src/core/analysis/coverage';
import { fieldPlan, type FieldPlan } from '../../../src/core/analysis/fieldPlan';
import { modelOf, type ModelSpec } from '../../support/onnxModel';

function planOf(spec: Pick<ModelSpec, 'nodes' | 'constants'>, size: number): { plan: FieldPlan; last: number } {
  const last = spec.nodes.at(-1)!.outputs[0]!;
  const facts = analyze(modelOf({ opset: 13, inputs: { x: [1, 1, size, size] }, outputs: [last], ...spec }));
  return { plan: fieldPlan(facts)!, last: facts.graph.valueByName.get(last)! };
}

const rows = ({ counts, shape }: Coverage): readonly string[] =>
  Array.from({ length: shape[0]! }, (_, r) => counts.slice(r * shape[1]!, (r + 1) * shape[1]!).join(' '));

const pool = (kernel: number, stride: number, input = 'x', output = 'y'): ModelSpec['nodes'][number] => ({
  op: 'MaxPool',
  inputs: [input],
  outputs: [output],
  attrs: { kernel_shape: [kernel, kernel], strides: [stride, stride] },
});

describe('coverage', () => {
  it('shows the pixels that a kernel smaller than its stride never sees', () => {
    const { plan, last } = planOf({ nodes: [pool(2, 3)] }, 8);
    const found = coverage(plan, last)!;
    assert.deepEqual([found.shape, found.unseen, found.min, found.max], [[8, 8], 64 - 36, 0, 1]);
    assert.deepEqual(rows(found).slice(0, 3), ['1 1 0 1 1 0 1 1', '1 1 0 1 1 0 1 1', '0 0 0 0 0 0 0 0']);
  });

  it('counts how many windows overlap', () => {
    const { plan, last } = planOf({ nodes: [pool(3, 1)] }, 5);
    assert.deepEqual(rows(coverage(plan, last)!), ['1 2 3 2 1', '2 4 6 4 2', '3 6 9 6 3', '2 4 6 4 2', '1 2 3 2 1']);
  });

  it('counts a unit once that reaches a pixel by several paths', () => {
    const cross = (kernel_shape: readonly number[], pads: readonly number[], output: string) =>
      ({ op: 'MaxPool', inputs: ['x'], outputs: [output], attrs: { kernel_shape, pads } }) as const;
    const nodes = [
      cross([1, 3], [0, 1, 0, 1], 'a'),
      cross([3, 1], [1, 0, 1, 0], 'b'),
      { op: 'Add', inputs: ['a', 'b'], outputs: ['y'] },
    ];
    const { plan, last } = planOf({ nodes }, 3);
    assert.deepEqual(rows(coverage(plan, last)!), ['3 4 3', '4 5 4', '3 4 3']);
    assert.deepEqual(dependents(plan, last, [1, 1])?.count, 5);
    assert.deepEqual(dependents(plan, last, [0, 0])?.count, 3);
  });

  it('has one unit where a layer has no axis of the picture left', () => {
    const nodes = [pool(2, 2, 'x', 'a'), { op: 'GlobalAveragePool', inputs: ['a'], outputs: ['y'] }];
    const { plan, last } = planOf({ nodes }, 5);
    const found = coverage(plan, last)!;
    assert.deepEqual([found.unseen, found.min, found.max], [9, 0, 1]);
  });

  it('is all zero for a value that does not depend on the picture', () => {
    const constants = { w: { shape: [1, 1, 1, 1] } };
    const nodes = [{ op: 'Conv', inputs: ['x', 'w'], outputs: ['y'] }];
    const { plan, last } = planOf({ nodes, constants }, 4);
    const weights = plan.values.findIndex((v, id) => v === null && id !== last);
    assert.equal(coverage(plan, weights)?.unseen, 16);
  });
});
