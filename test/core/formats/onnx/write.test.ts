import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { BinaryWriter, MessageWriter, WireType } from '../../../../src/core/bytes/writer';
import { analyze } from '../../../../src/core/analysis';
import { openModel } from '../../../../src/core/formats';
import { writeOnnx } from '../../../../src/core/formats/onnx/write';
import { dimText } from '../../../../src/core/ir/dim';
import type { Model } from '../../../../src/core/ir/types';
import { describeCorpus } from '../../../support/corpus';
import { loneFile, modelFile } from '../../../support/modelFile';

/** What analysis says, by names: writing sorts the nodes, so their numbers may change. */
function summary(model: Model): unknown {
  const facts = analyze(model);
  const { graph } = facts;
  const shape = (id: number | null): string => {
    const type = id === null ? null : facts.types[id];
    return type ? `${type.dtype}[${type.shape?.map(dimText).join(',') ?? '?'}]` : '';
  };
  return {
    totals: facts.totals,
    opsets: [...model.opsets],
    metadata: [...model.metadata],
    inputs: graph.inputs.map((id) => graph.values[id]!.name),
    outputs: graph.outputs.map((id) => graph.values[id]!.name),
    nodes: graph.order.map((id) => {
      const node = graph.nodes[id]!;
      const { parameterCount, macs } = facts.nodes[id]!;
      const fields = node.outputs.map((value) => (value === null ? null : (facts.fields[value]?.size ?? null)));
      return [node.op, node.name, node.outputs.map(shape), parameterCount, macs, fields];
    }),
  };
}

describe('MessageWriter', () => {
  it('writes the bytes of the reference writer', () => {
    const field = fc.record({
      number: fc.integer({ min: 1, max: 5000 }),
      int: fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
      float: fc.float({ noNaN: true }),
      text: fc.string({ unit: 'grapheme' }),
      ints: fc.array(fc.integer()),
    });
    fc.assert(
      fc.property(fc.array(field), (fields) => {
        const ours = new MessageWriter();
        const theirs = new BinaryWriter();
        for (const { number, int, float, text, ints } of fields) {
          ours.int(number, int).float(number, float).packedInts(number, ints);
          ours.message(number, (inner) => inner.text(number, text).bytes(1, new TextEncoder().encode(text)));
          theirs.tag(number, WireType.Varint).int64(int).tag(number, WireType.Bit32).float(float);
          theirs.tag(number, WireType.LengthDelimited).fork();
          for (const value of ints) theirs.int64(value);
          theirs.join();
          theirs.tag(number, WireType.LengthDelimited).fork();
          theirs.tag(number, WireType.LengthDelimited).string(text);
          theirs.tag(1, WireType.LengthDelimited).string(text);
          theirs.join();
        }
        assert.deepEqual(ours.finish(), theirs.finish());
      }),
    );
  });
});

describeCorpus('writing the models of the corpus', (corpus) => {
  const folder = join(corpus, 'models');
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.onnx'))) {
    const path = join(folder, name);

    it(`${name} says the same when it is written anew`, async () => {
      const file = modelFile(path);
      const { model } = await openModel(file);
      assert.ok(model);
      const { bytes, diagnostics } = await writeOnnx(model, file);
      assert.ok(bytes);
      const missing = model.graph.values.some(({ constant }) => constant?.elements.kind === 'missing');
      if (!missing) assert.deepEqual(diagnostics, []);
      const again = await openModel(loneFile(bytes, name));
      assert.ok(again.model);
      assert.deepEqual(summary(again.model), summary(model));
    });
  }

  it('refuses an input that is no tensor: no runtime would take it without its type', async () => {
    const file = modelFile(join(corpus, 'nodetests/test_identity_opt/model.onnx'));
    const { model } = await openModel(file);
    const { diagnostics } = await writeOnnx(model!, file);
    assert.deepEqual(
      diagnostics.map(({ message }) => message),
      ['“opt_in” could not be written: it is no tensor.'],
    );
  });
});
