import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyze, type Facts } from '../../../src/core/analysis';
import { waysBack, withoutSkips } from '../../../src/core/analysis/gradientPath';
import { modelOf, type NodeSpec } from '../../support/onnxModel';

interface Step {
  readonly kind: 'Conv' | 'Relu' | 'Add';
  readonly from: readonly number[];
}

/** Layers over a picture of one channel, each reading values made before it; value 0 is the picture. */
function netOf(steps: readonly Step[], outputs: readonly number[]): Facts {
  const nodes = steps.map(({ kind, from }, at): NodeSpec => {
    const read = (i: number): string => `v${from[i]! % (at + 1)}`;
    const inputs = kind === 'Conv' ? [read(0), 'w'] : kind === 'Relu' ? [read(0)] : [read(0), read(1)];
    return { op: kind, inputs, outputs: [`v${at + 1}`] };
  });
  const constants = { w: { shape: [1, 1, 1, 1], floats: [1] } };
  return analyze(
    modelOf({ opset: 13, inputs: { v0: [1, 1, 4, 4] }, constants, nodes, outputs: outputs.map((at) => `v${at}`) }),
  );
}

const isConv = (facts: Facts, node: number): number => (facts.graph.nodes[node]!.op === 'Conv' ? 1 : 0);

/** By waves: all that lies at a distance, then what lies one further. Knows no order and no tables of consumers. */
function byWaves(facts: Facts, open: (node: number, value: number) => boolean): (number | null)[] {
  const { nodes, outputs } = facts.graph;
  const found: (number | null)[] = nodes.map(() => null);
  let wave = nodes
    .filter((node) => node.outputs.some((value) => outputs.includes(value!)))
    .map(({ id }) => [id, 0] as const);
  for (let changed = true; changed;) {
    changed = false;
    const following: (readonly [number, number])[] = [];
    for (const [id, before] of wave) {
      const own = before + isConv(facts, id);
      if (found[id] !== null && found[id]! <= own) continue;
      found[id] = own;
      changed = true;
      for (const value of nodes[id]!.inputs)
        for (const maker of nodes)
          if (value !== null && maker.outputs.includes(value) && open(id, value)) following.push([maker.id, own]);
    }
    wave = following as typeof wave;
  }
  return found;
}

/** Most layers of any way from the picture to a value, by trying all of them. */
function longestTo(facts: Facts, value: number): number {
  const maker = facts.graph.nodes.find(({ outputs }) => outputs.includes(value as never));
  if (!maker) return 0;
  return isConv(facts, maker.id) + Math.max(...maker.inputs.map((input) => longestTo(facts, input!)));
}

const step = fc.record({
  kind: fc.constantFrom('Conv' as const, 'Relu' as const, 'Add' as const),
  from: fc.tuple(fc.nat(20), fc.nat(20)),
});
const nets = fc
  .array(step, { minLength: 1, maxLength: 9 })
  .chain((steps) =>
    fc
      .uniqueArray(fc.integer({ min: 1, max: steps.length }), { minLength: 1, maxLength: 3 })
      .map((outputs) => netOf(steps, outputs)),
  );

describe('the way of a gradient', () => {
  it('is the shortest there is, from whichever output', () => {
    fc.assert(
      fc.property(nets, (facts) => {
        assert.deepEqual(
          waysBack(facts),
          byWaves(facts, () => true),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('without skips takes only what lies behind the most layers', () => {
    fc.assert(
      fc.property(nets, (facts) => {
        const open = (id: number, value: number): boolean => {
          const { op, inputs } = facts.graph.nodes[id]!;
          return (
            op !== 'Add' || longestTo(facts, value) === Math.max(...inputs.map((input) => longestTo(facts, input!)))
          );
        };
        assert.deepEqual(waysBack(facts, { closed: withoutSkips(facts) }), byWaves(facts, open));
      }),
      { numRuns: 300 },
    );
  });

  it('is longer without the outputs that are left out', () => {
    const chain = [1, 2, 3].map((_, at): Step => ({ kind: 'Conv', from: [at] }));
    const facts = netOf(chain, [1, 3]);
    assert.deepEqual(waysBack(facts), [1, 2, 1]);
    assert.deepEqual(waysBack(facts, { outputs: facts.graph.outputs.slice(1) }), [3, 2, 1]);
    assert.deepEqual(waysBack(facts, { outputs: facts.graph.outputs.slice(0, 1) }), [1, null, null]);
  });
});
