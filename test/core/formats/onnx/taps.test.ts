import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { openModel } from '../../../../src/core/formats';
import { tapBytes, tappable } from '../../../../src/core/formats/onnx/taps';
import { encodeFloat16 } from '../../../../src/core/image/float16';
import { describeCorpus } from '../../../support/corpus';
import { modelFile } from '../../../support/modelFile';

interface Truth {
  readonly tensors: Readonly<Record<string, { readonly exec?: readonly number[]; readonly mean?: number }>>;
}

/** The corpus' recipe for inputs: value k of the flat array. */
const inputValue = (k: number): number => ((k * 7919) % 1009) / 1009 - 0.5;

describeCorpus('taps', (corpus) => {
  for (const name of ['mnist8_cntk', 'squeezenet_fp16_winml', 'ultraface_rfb320', 'bed_of_nails']) {
    it(`make every tensor of ${name} an output with the right values`, async function () {
      this.timeout(60_000);
      const path = join(corpus, 'models', `${name}.onnx`);
      const { model } = await openModel(modelFile(path));
      const { graph } = model!;
      const names = tappable(graph).map((id) => graph.values[id]!.name);
      const bytes = Buffer.concat([readFileSync(path), tapBytes(names)]);
      let compared = 0;
      const session = await InferenceSession.create(bytes);
      const outputs = graph.outputs.map((id) => graph.values[id]!.name);
      assert.deepEqual([...session.outputNames].sort(), [...outputs, ...names].sort());

      const truth = JSON.parse(readFileSync(join(corpus, 'truth', `${name}.json`), 'utf8')) as Truth;
      const input = graph.values[graph.inputs[0]!]!;
      const dims = truth.tensors[input.name]!.exec!;
      const count = dims.reduce((product, extent) => product * extent, 1);
      const data = Float32Array.from({ length: count }, (_, k) => inputValue(k));
      const half = input.declared?.dtype === 'float16';
      const tensor = half ? new Tensor('float16', encodeFloat16(data), dims) : new Tensor('float32', data, dims);
      const results = await session.run({ [input.name]: tensor });
      for (const tap of names) {
        const known = truth.tensors[tap];
        const result = results[tap];
        assert.ok(result, tap);
        if (known?.exec) assert.deepEqual(result.dims, known.exec, tap);
        if (known?.mean === undefined || result.type === 'string') continue;
        const numbers = Array.from(result.data as ArrayLike<number | bigint>, Number);
        const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
        assert.ok(Math.abs(mean - known.mean) < 2e-3 * Math.max(1, Math.abs(known.mean)), `${tap}: ${mean}`);
        compared++;
      }
      // Of half-float tensors the truth knows the sizes only.
      assert.ok(half || compared > names.length / 2);
      await session.release();
    });
  }

  it('are nothing for nothing', () => {
    assert.equal(tapBytes([]).length, 0);
  });
});
