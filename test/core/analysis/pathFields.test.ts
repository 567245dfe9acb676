import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze, type Facts } from '../../../src/core/analysis';
import { memorySource } from '../../../src/core/bytes/source';
import { openModel } from '../../../src/core/formats';
import type { Node } from '../../../src/core/ir/types';
import { depthFacts } from '../../../src/core/view/depth';

async function factsOf(name: string): Promise<Facts> {
  const bytes = memorySource(readFileSync(path.resolve(__dirname, `../../../samples/architectures/${name}.onnx`)));
  const { model } = await openModel({ name, bytes, sibling: () => Promise.resolve({ kind: 'missing' }) });
  return analyze(model!);
}

/** First entry of a list attribute, as the file has it. */
function first(node: Node, name: string, otherwise: number): number {
  const found = node.attrs.get(name);
  const values: unknown = found && 'value' in found ? found.value : undefined;
  return Array.isArray(values) ? Number(values[0]) : otherwise;
}

/**
 * All different (size, stride) that single paths from the image to a node lead to, by walking every path: no union, no reach, no
 * dependence, only kernels and strides as the file has them.
 */
function everyPath(facts: Facts, pools: boolean): (node: number) => ReadonlySet<string> {
  const { graph } = facts;
  const known = new Map<number, Set<string>>();
  const at = (id: number): Set<string> => {
    const found = known.get(id);
    if (found) return found;
    const node = graph.nodes[id]!;
    const states = new Set<string>();
    for (const value of node.inputs) {
      if (value === null || facts.constant[value]) continue;
      const producer = graph.values[value]!.producer;
      const before = producer === null ? new Set(['1 1']) : at(producer);
      for (const state of before) {
        const [size, stride] = state.split(' ').map(Number);
        const pool = /^(Max|Average)Pool$/.test(node.op);
        const counts = node.op === 'Conv' || (pool && pools);
        const reach = counts ? (first(node, 'kernel_shape', 1) - 1) * first(node, 'dilations', 1) : 0;
        const step = counts ? first(node, 'strides', 1) : 1;
        states.add(`${size! + reach * stride!} ${stride! * step}`);
      }
    }
    known.set(id, states);
    return states;
  };
  return at;
}

const sizes = (states: ReadonlySet<string>): number[] => [...states].map((state) => Number(state.split(' ')[0]));

describe('receptive fields along single paths', () => {
  for (const name of ['vgg16', 'resnet18', 'googlenet', 'mobilenet-v2'])
    it(`are the least of all paths through ${name}, and the most without pooling`, async () => {
      const facts = await factsOf(name);
      const { shortest, unpooled } = depthFacts(facts);
      const [all, bare] = [everyPath(facts, true), everyPath(facts, false)];
      let compared = 0;
      for (const { id, op, outputs } of facts.graph.nodes) {
        const field = facts.fields[outputs[0]!];
        if (!field || field.whole) {
          assert.equal(shortest[id], null, op);
          continue;
        }
        compared++;
        assert.equal(shortest[id], Math.min(...sizes(all(id))), `${op} ${id}`);
        assert.equal(Math.max(...(field.size as number[])), Math.max(...sizes(all(id))), `${op} ${id}`);
        if (unpooled) assert.equal(unpooled[id], Math.max(...sizes(bare(id))), `${op} ${id} without pooling`);
      }
      assert.ok(compared > 30);
      assert.equal(unpooled === null, name === 'mobilenet-v2', 'pooled by nothing but the last, global one');
    });

  it('say of VGG-16 that its convolutions alone would see 27 pixels', async () => {
    const facts = await factsOf('vgg16');
    const { unpooled, input } = depthFacts(facts);
    const last = facts.graph.nodes.filter(({ op }) => op === 'MaxPool').at(-1)!.id;
    assert.equal(unpooled![last], 27); // thirteen convolutions of 3×3
    assert.deepEqual(input, { size: '3×224×224', channels: 3, spatial: [224, 224] });
  });

  it('end where upsampling undoes what pooling did', async () => {
    const facts = await factsOf('unet');
    const { shortest, unpooled } = depthFacts(facts);
    const joins = facts.graph.nodes.filter(({ op }) => op === 'Concat').map(({ id }) => id);
    assert.equal(joins.length, 4);
    assert.deepEqual(
      joins.map((id) => unpooled![id]),
      [null, null, null, null],
    );
    // Each skip brings what its level of the encoder has seen, less and less.
    const seen = joins.map((id) => shortest[id]!);
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => b - a),
    );
    assert.ok(seen[0]! > seen[3]!);
  });
});
