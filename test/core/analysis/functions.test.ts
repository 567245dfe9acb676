import { strict as assert } from 'node:assert';
import { analyze, type Facts } from '../../../src/core/analysis';
import { dimText } from '../../../src/core/ir/dim';
import { GraphBuilder } from '../../../src/core/ir/builder';
import type { Attr, TensorType } from '../../../src/core/ir/types';
import { modelAround } from '../../support/onnxModel';

const typeOf = (facts: Facts, name: string): TensorType | null =>
  facts.types[facts.graph.valueByName.get(name)!] ?? null;
const shapeText = (facts: Facts, name: string): string =>
  typeOf(facts, name)?.shape?.map(dimText).join('×') ?? 'unknown';
const problems = (facts: Facts): readonly string[] =>
  facts.diagnostics.map((d) => `${d.severity} ${d.code} @${d.node}`);

const float = (...shape: number[]): TensorType => ({ dtype: 'float32', shape });
const missing = { kind: 'missing', reason: 'not needed' } as const;
const ints = (...value: number[]): Attr => ({ kind: 'ints', value });

describe('model-local functions', () => {
  it('looks into functions and at what the call hands them', () => {
    const body = new GraphBuilder();
    body.input('in', null);
    body.input('kernel', null);
    body.node({ name: '', op: 'Conv', inputs: ['in', 'kernel'], outputs: ['out'] });
    body.output('out', null);
    const builder = new GraphBuilder();
    builder.input('x', float(1, 3, 16, 16));
    builder.constant('w', { dtype: 'float32', shape: [8, 3, 3, 3], elements: missing }, null);
    for (const name of ['a', 'b']) {
      builder.node({ name, op: 'Block', domain: 'mine', inputs: ['x', 'w'], outputs: [name] });
    }
    builder.output('b', null);
    const opsets = new Map([['', 17]]);
    const block = {
      name: 'Block',
      domain: 'mine',
      attributes: [],
      defaults: new Map(),
      opsets,
      body: body.build().graph,
    };
    const facts = analyze(modelAround(builder.build().graph, { functions: [block] }));
    assert.equal(shapeText(facts, 'b'), '1×8×14×14');
    assert.equal(facts.totals.macs, 2 * 8 * 14 * 14 * 27);
    assert.equal(facts.totals.parameters, 216);
    assert.deepEqual(
      facts.nodes[1]!.parameters.map((p) => [p.name, p.input, p.shared]),
      [['w', 1, true]],
    );
    assert.equal(facts.bodies.get(facts.graph.nodes[0]!.id)?.length, 1);
    assert.deepEqual(problems(facts), []);
  });

  it('hands a call’s attributes to the nodes of a function that refer to them', () => {
    const body = new GraphBuilder();
    body.input('in', null);
    const attrs = new Map<string, Attr>([
      ['kernel_shape', { kind: 'other', value: 'window' }],
      ['strides', { kind: 'other', value: 'step' }],
    ]);
    body.node({ name: '', op: 'MaxPool', inputs: ['in'], outputs: ['out'], attrs });
    body.output('out', null);
    const builder = new GraphBuilder();
    builder.input('x', float(1, 3, 16, 16));
    const call = new Map([['window', ints(3, 3)]]);
    builder.node({ name: '', op: 'Pool', domain: 'mine', inputs: ['x'], outputs: ['y'], attrs: call });
    builder.output('y', null);
    const defaults = new Map([['step', ints(2, 2)]]);
    const pool = {
      name: 'Pool',
      domain: 'mine',
      attributes: ['window'],
      defaults,
      opsets: new Map(),
      body: body.build().graph,
    };
    const facts = analyze(modelAround(builder.build().graph, { functions: [pool] }));
    assert.equal(shapeText(facts, 'y'), '1×3×7×7');
    assert.deepEqual(problems(facts), []);
  });

  it('ends for functions that call themselves', () => {
    const body = new GraphBuilder();
    body.input('in', null);
    body.node({ name: '', op: 'Again', domain: 'mine', inputs: ['in'], outputs: ['out'] });
    body.output('out', null);
    const builder = new GraphBuilder();
    builder.input('x', float(1));
    builder.node({ name: '', op: 'Again', domain: 'mine', inputs: ['x'], outputs: ['y'] });
    builder.output('y', null);
    const again = {
      name: 'Again',
      domain: 'mine',
      attributes: [],
      defaults: new Map(),
      opsets: new Map(),
      body: body.build().graph,
    };
    const facts = analyze(modelAround(builder.build().graph, { functions: [again] }));
    assert.deepEqual(problems(facts), ['warning analysis/too-deep @0']);
  });
});
