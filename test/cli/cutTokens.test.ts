import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { analyze } from '../../src/core/analysis';
import { openModel } from '../../src/core/formats';
import { readElements } from '../../src/core/formats/onnx/tensor';
import { cli } from '../support/cli';
import { ints, node, weight } from '../support/families/family';
import { modelFile, seeded } from '../support/modelFile';
import { encodeOnnx, type ModelSpec } from '../support/onnxModel';

const [BATCH, FEATURES, HEADS, SIDE, PATCH] = [2, 12, 3, 16, 4] as const;
const TOKENS = (SIDE / PATCH) ** 2;
const EACH = FEATURES / HEADS;
const heads = (of: string) => [
  node('MatMul', ['normed', `w_${of}`], of),
  node('Reshape', [of, 'parted'], `${of}_parted`),
  node('Transpose', [`${of}_parted`], `${of}_heads`, { perm: of === 'k' ? [0, 2, 3, 1] : [0, 2, 1, 3] }),
];

/** Patches of a picture as tokens, one block of a transformer, and the same sequence with the tokens first. */
const transformer: ModelSpec = {
  opset: 17,
  inputs: { x: [BATCH, 3, SIDE, SIDE] },
  constants: {
    w_patch: weight(FEATURES, 3, PATCH, PATCH),
    row: ints(0, FEATURES, -1),
    position: weight(1, TOKENS, FEATURES),
    gain: weight(FEATURES),
    parted: ints(0, 0, HEADS, EACH),
    whole: ints(0, 0, FEATURES),
    windows: ints(-1, TOKENS / 2, FEATURES),
    ...Object.fromEntries(['q', 'k', 'v', 'out'].map((of) => [`w_${of}`, weight(FEATURES, FEATURES)])),
    w_more: weight(FEATURES, 20),
  },
  nodes: [
    node('Conv', ['x', 'w_patch'], 'patches', { strides: [PATCH, PATCH] }),
    node('Reshape', ['patches', 'row'], 'row_of_patches'),
    node('Transpose', ['row_of_patches'], 'sequence', { perm: [0, 2, 1] }),
    node('Add', ['sequence', 'position'], 'tokens'),
    node('LayerNormalization', ['tokens', 'gain'], 'normed'),
    ...['q', 'k', 'v'].flatMap(heads),
    node('MatMul', ['q_heads', 'k_heads'], 'scores'),
    node('Softmax', ['scores'], 'shares', { axis: -1 }),
    node('MatMul', ['shares', 'v_heads'], 'seen'),
    node('Transpose', ['seen'], 'seen_back', { perm: [0, 2, 1, 3] }),
    node('Reshape', ['seen_back', 'whole'], 'joined'),
    node('MatMul', ['joined', 'w_out'], 'attended'),
    node('Add', ['tokens', 'attended'], 'block'),
    node('MatMul', ['block', 'w_more'], 'more'),
    node('Transpose', ['more'], 'tokens_first', { perm: [1, 0, 2] }),
    node('Reshape', ['block', 'windows'], 'windowed'),
  ],
  outputs: [
    'patches',
    'row_of_patches',
    'tokens',
    'joined',
    'block',
    'more',
    'tokens_first',
    'scores',
    'v_heads',
    'windowed',
  ],
};

/** Where batch and features lie, by hand. */
const PLACES: readonly (readonly [string, batch: number, features: number])[] = [
  ['patches', 0, 1],
  ['row_of_patches', 0, 1],
  ['tokens', 0, 2],
  ['joined', 0, 2],
  ['block', 0, 2],
  ['more', 0, 2],
  ['tokens_first', 1, 2],
];

describe('a new head on what a transformer makes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'convlens-'));
  const source = join(folder, 'transformer.onnx');
  const target = join(folder, 'head.onnx');
  const random = seeded(5);
  const x = new Tensor(
    'float32',
    Float32Array.from({ length: BATCH * 3 * SIDE * SIDE }, () => random() * 2 - 1),
    [BATCH, 3, SIDE, SIDE],
  );
  const run = async (path: string) => {
    const session = await InferenceSession.create(path, { logSeverityLevel: 4 });
    const results = await session.run({ x });
    await session.release();
    return results;
  };
  let whole: Awaited<ReturnType<typeof run>>;
  before(async () => {
    writeFileSync(source, encodeOnnx(transformer));
    whole = await run(source);
  });
  after(() => rmSync(folder, { recursive: true }));

  const constantOf = async (name: string): Promise<readonly number[]> => {
    const { graph } = analyze((await openModel(modelFile(target))).model!);
    const { constant } = graph.values[graph.valueByName.get(name)!]!;
    const count = constant!.shape.reduce((a, b) => a * b, 1);
    const read = await readElements(constant!, modelFile(target), 0, count);
    return read.kind === 'numbers' ? Array.from(read.numbers, Number) : [];
  };

  for (const [name, batch, features] of PLACES) {
    it(`reads the features of ${name}, axis ${features}, of each picture, axis ${batch}`, async () => {
      const { code, out, err } = await cli(['cut', source, '--at', name, '--head', '4', '-o', target, '--json']);
      assert.equal(code, 0, err);
      const { dims, data } = whole[name]!;
      const told = JSON.parse(out) as { readonly head: { readonly channels: number; readonly synapses: number } };
      assert.equal(told.head.channels, dims[features]);
      assert.equal(told.head.synapses, (dims[features]! + 1) * 4);
      // The mean over all else, one number after the other.
      const sums = Array.from({ length: BATCH }, () => new Array<number>(dims[features]!).fill(0));
      const others = data.length / BATCH / dims[features]!;
      (data as Float32Array).forEach((value, at) => {
        const place = dims.map((extent, axis) => {
          const below = dims.slice(axis + 1).reduce((a, b) => a * b, 1);
          return Math.floor(at / below) % extent;
        });
        const [picture, feature] = [place[batch]!, place[features]!];
        sums[picture]![feature] = sums[picture]![feature]! + value / others;
      });
      const weights = await constantOf('head.weight');
      const found = (await run(target)).head!;
      assert.deepEqual(found.dims, [BATCH, 4]);
      sums.forEach((means, picture) => {
        for (let k = 0; k < 4; k++) {
          const score = means.reduce((sum, mean, feature) => sum + mean * weights[k * means.length + feature]!, 0);
          const own = Number(found.data[picture * 4 + k]);
          assert.ok(Math.abs(score - own) < 1e-4 * Math.max(1, Math.abs(score)), `${score} ${own}`);
        }
      });
    });
  }

  it('says so where nobody can tell which axis that is', async () => {
    for (const [name, says] of [
      ['scores', /which axis holds the features: of 2×3×16×16 that cannot be told/],
      ['v_heads', /which axis holds the features/],
      ['windowed', /pictures of a batch on an axis of their own/],
    ] as const) {
      const { code, err } = await cli(['cut', source, '--at', name, '--head', '4', '-o', target]);
      assert.equal(code, 2);
      assert.match(err, says);
      assert.equal((await cli(['cut', source, '--at', name, '-o', target])).code, 0, 'without a head it can be cut');
    }
  });
});
