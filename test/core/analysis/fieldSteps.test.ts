import { strict as assert } from 'node:assert';
import { analyze, type Facts } from '../../../src/core/analysis';
import { unitField } from '../../../src/core/analysis/exactField';
import { fieldPlan } from '../../../src/core/analysis/fieldPlan';
import { GraphBuilder } from '../../../src/core/ir/builder';
import type { Attr, Graph, TensorType } from '../../../src/core/ir/types';
import { modelAround } from '../../support/onnxModel';

const float = (...shape: number[]): TensorType => ({ dtype: 'float32', shape });
const attrs = (entries: Record<string, readonly number[]>): ReadonlyMap<string, Attr> =>
  new Map(Object.entries(entries).map(([name, value]) => [name, { kind: 'ints', value }]));

/** A max pool over what the graph around calls `x`. */
function branch(kernel: number): Graph {
  const builder = new GraphBuilder({ enclosing: (name) => name === 'x' });
  const pad = kernel >> 1;
  const window = attrs({ kernel_shape: [kernel, kernel], pads: [pad, pad, pad, pad] });
  builder.node({ name: '', op: 'MaxPool', inputs: ['x'], outputs: ['pooled'], attrs: window });
  builder.output('pooled', null);
  return builder.build().graph;
}

function pixelsOf(facts: Facts, name: string): number | null {
  const plan = fieldPlan(facts);
  return (plan && unitField(plan, facts.graph.valueByName.get(name)!, [8, 8])?.pixels) ?? null;
}

describe('fields inside of graphs inside', () => {
  it('are the union of both branches of an If', () => {
    const builder = new GraphBuilder();
    builder.input('x', float(1, 1, 16, 16));
    builder.input('flag', { dtype: 'bool', shape: [] });
    const bodies = new Map<string, Attr>([
      ['then_branch', { kind: 'graph', value: branch(3) }],
      ['else_branch', { kind: 'graph', value: branch(5) }],
    ]);
    builder.node({ name: '', op: 'If', inputs: ['flag'], outputs: ['y'], attrs: bodies });
    builder.node({ name: '', op: 'Relu', inputs: ['y'], outputs: ['z'] });
    builder.output('z', null);
    const facts = analyze(modelAround(builder.build().graph));
    assert.deepEqual(facts.fields[facts.graph.valueByName.get('z')!]?.size, [5, 5]);
    assert.equal(facts.fields.length, facts.graph.values.length);
    assert.equal(pixelsOf(facts, 'z'), 25);
  });

  it('go through called functions', () => {
    const body = new GraphBuilder();
    body.input('in', null);
    const window = attrs({ kernel_shape: [2, 2], strides: [2, 2] });
    body.node({ name: '', op: 'MaxPool', inputs: ['in'], outputs: ['out'], attrs: window });
    body.output('out', null);
    const builder = new GraphBuilder();
    builder.input('x', float(1, 1, 64, 64));
    builder.node({ name: '', op: 'Half', domain: 'mine', inputs: ['x'], outputs: ['y'] });
    builder.node({ name: '', op: 'Half', domain: 'mine', inputs: ['y'], outputs: ['z'] });
    builder.output('z', null);
    const half = { name: 'Half', domain: 'mine', attributes: [], defaults: new Map<string, Attr>() };
    const functions = [{ ...half, opsets: new Map([['', 17]]), body: body.build().graph }];
    const facts = analyze(modelAround(builder.build().graph, { functions }));
    const field = facts.fields[facts.graph.valueByName.get('z')!];
    assert.deepEqual(
      [field?.size, field?.stride],
      [
        [4, 4],
        [4, 4],
      ],
    );
    assert.equal(pixelsOf(facts, 'z'), 16);
  });

  it('are given up, not taken for ever, where a hostile file asks for billions of reads', () => {
    const builder = new GraphBuilder();
    builder.input('x', float(1, 1, 3_000_000_000, 3_000_000_000));
    const window = attrs({ kernel_shape: [2, 2], strides: [3, 3] });
    builder.node({ name: '', op: 'MaxPool', inputs: ['x'], outputs: ['y'], attrs: window });
    builder.node({ name: '', op: 'GlobalAveragePool', inputs: ['y'], outputs: ['z'] });
    builder.output('z', null);
    const facts = analyze(modelAround(builder.build().graph));
    assert.equal(pixelsOf(facts, 'y'), 4);
    assert.equal(pixelsOf(facts, 'z'), null);
  });
});
