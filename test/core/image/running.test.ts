import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as ort from 'onnxruntime-node';
import {
  decodeFloat16,
  decodePicture,
  guessPreparation,
  prepare,
  type InputFacts,
  type Preparation,
} from '../../../src/core/image';
import { describeCorpus } from '../../support/corpus';

interface Truth {
  readonly producer: string;
  readonly graph_outputs: readonly string[];
}
interface Sanity {
  readonly model: string;
  readonly image: string;
  readonly outputs: Record<string, { readonly top5: readonly (readonly [number, number])[] }>;
}

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** float16 comes as its bits. */
const numbers = ({ data }: ort.Tensor): Float32Array =>
  data instanceof Uint16Array ? decodeFloat16(data) : Float32Array.from(data as Float32Array);

describeCorpus('trained nets on prepared pictures', (corpus) => {
  const sanity = json(path.join(corpus, 'truth/_sanity_real_images.json')) as Sanity[];
  const sessions = new Map<string, Promise<ort.InferenceSession>>();
  const open = (model: string): Promise<ort.InferenceSession> => {
    const opened =
      sessions.get(model) ?? ort.InferenceSession.create(path.join(corpus, 'models', model), { logSeverityLevel: 3 });
    sessions.set(model, opened);
    return opened;
  };

  async function run(
    model: string,
    image: string,
    resize?: Preparation['resize'],
  ): Promise<Record<string, Float32Array>> {
    const session = await open(model);
    const truth = json(path.join(corpus, 'truth', model.replace('.onnx', '.json'))) as Truth;
    const input = session.inputMetadata[0]!;
    assert.ok(input.isTensor);
    const facts: InputFacts = {
      name: input.name,
      dtype: input.type,
      shape: input.shape,
      producer: truth.producer,
      metadata: {},
      outputs: session.outputNames,
      firstLayers: [],
    };
    const preparation = guessPreparation(facts);
    assert.ok(preparation);
    const picture = decodePicture(readFileSync(path.join(corpus, 'images', image)));
    const { tensor } = prepare(picture, { ...preparation, ...(resize ? { resize } : {}) });
    const fed = new ort.Tensor(tensor.dtype as 'float32', tensor.data as Float32Array, tensor.dims);
    const results = await session.run({ [input.name]: fed });
    return Object.fromEntries(session.outputNames.map((name) => [name, numbers(results[name]!)]));
  }
  const best = (values: Float32Array): number => values.indexOf(Math.max(...values));

  for (const { model, image, outputs } of sanity) {
    it(`${model} says the same of ${image} as with pictures prepared elsewhere`, async () => {
      // these pictures were stretched to the net’s size
      const got = await run(model, image, 'stretch');
      const name = Object.keys(outputs)[0]!;
      const [[index, value]] = outputs[name]!.top5 as [readonly [number, number]];
      if (model === 'ultraface_rfb320.onnx') {
        // Thousands of boxes, many of which see the same face: the strongest may change places with its neighbour.
        assert.ok(Math.abs(Math.max(...got[name]!) - value) < 0.01);
        return;
      }
      assert.equal(best(got[name]!), index);
      if (model === 'mnist8_cntk.onnx') assert.ok(Math.abs(got[name]![index]! - value) < 1e-2 * Math.abs(value));
    });
  }

  it('knows the cat: Egyptian cat with about 53 per cent', async () => {
    const { softmaxout_1: probabilities } = await run('squeezenet_fp16_winml.onnx', 'chelsea.jpg');
    assert.equal(best(probabilities!), 285);
    assert.ok(Math.abs(probabilities![285]! - 0.54) < 0.04, String(probabilities![285]));
  });
});
