import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { analyze } from '../../src/core/analysis';
import { openModel } from '../../src/core/formats';
import { insideFolder, labelFiles, parseLabels } from '../../src/core/labels';
import { runFacts, type RunFacts } from '../../src/core/running';
import { describeCorpus } from '../support/corpus';
import { modelFile } from '../support/modelFile';

const samples = resolve(__dirname, '../../samples');

async function factsOf(path: string): Promise<RunFacts> {
  const { model } = await openModel(modelFile(path));
  assert.ok(model);
  return runFacts(analyze(model));
}

describe('running the samples', () => {
  for (const name of readdirSync(join(samples, 'architectures'))) {
    it(`finds nothing in the way of ${name}`, async () => {
      const run = await factsOf(join(samples, 'architectures', name));
      assert.equal(run.obstacle, null);
      assert.ok(run.inputs.some(({ image }) => image));
      assert.ok(run.taps.length > 5);
    });
  }

  it('takes the preparation and the classes of Fashion-MNIST from the file', async () => {
    const run = await factsOf(join(samples, 'fashion-mnist/fashion-mnist.onnx'));
    assert.equal(run.classes, 10);
    assert.equal(run.preparation?.order, 'grey');
    assert.match(run.preparation.reason, /metadata/);
    assert.deepEqual(
      run.inputs.map(({ shape }) => shape),
      [[1, 1, 28, 28]],
    );
  });

  it('calls a segmentation no classifier', async () => {
    assert.equal((await factsOf(join(samples, 'shapes/shapes.onnx'))).classes, null);
  });
});

describeCorpus('running models of the corpus', (corpus) => {
  const open = (name: string) => factsOf(join(corpus, 'models', `${name}.onnx`));

  it('says which weights are missing', async () => {
    const { obstacle } = await open('resnet18');
    assert.match(obstacle?.what ?? '', /weights are missing/);
    assert.match(obstacle?.hint ?? '', /resnet18\.weights\.bin/);
  });

  it('runs a model that takes no picture, too', async () => {
    const { obstacle, inputs, preparation } = await open('silero_vad_v4');
    assert.equal(obstacle, null);
    assert.equal(preparation, null);
    assert.ok(inputs.length > 1 && inputs.every(({ image }) => !image));
  });

  it('counts classes behind a global pooling', async () => {
    assert.equal((await open('squeezenet_fp16_winml')).classes, 1000);
    assert.equal((await open('ultraface_rfb320')).classes, null);
  });
});

describe('labels', () => {
  it('are one a line, whatever ends the lines', () => {
    assert.deepEqual(parseLabels('\uFEFFcat\r\ndog\n\nowl\r\n\n'), ['cat', 'dog', '', 'owl']);
    assert.deepEqual(parseLabels('n01440764 tench, Tinca tinca\nn01443537, goldfish'), [
      'tench, Tinca tinca',
      'goldfish',
    ]);
    assert.equal(parseLabels(''), null);
    assert.equal(parseLabels('x\n'.repeat(200_000)), null);
  });

  it('of ImageNet are a thousand, the cat at 285', () => {
    const names = parseLabels(readFileSync(join(samples, 'labels/imagenet.txt'), 'utf8'));
    assert.equal(names?.length, 1000);
    assert.match(names[285]!, /Egyptian cat/);
  });

  it('are looked for beside the model only', () => {
    assert.deepEqual(labelFiles('net.v2.onnx'), ['net.v2.labels.txt', 'labels.txt', 'synset.txt']);
    for (const path of ['labels.txt', 'data/labels.txt', 'a..b.txt']) assert.ok(insideFolder(path), path);
    for (const path of [
      '',
      '../labels.txt',
      'a/../../b',
      '/etc/passwd',
      'C:\\x',
      'c:x',
      'a\\b',
      'http://x/y',
      'a\u0000',
    ])
      assert.ok(!insideFolder(path), path);
  });
});
