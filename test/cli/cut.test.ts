import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { tapBytes, tappable } from '../../src/core/formats/onnx/taps';
import { openModel } from '../../src/core/formats';
import { cli } from '../support/cli';
import { describeCorpus } from '../support/corpus';
import { feedsOf, type RunTruth } from '../support/feeds';
import { modelFile, seeded } from '../support/modelFile';

const NET = `input: 12x12x2
layers:
  - conv: 4 3x3 relu
    name: body
  - maxpool: 2x2
    name: small
  - dense: 5 softmax
    name: classes
`;
/** As written: optimised, sums may be taken in another order. */
const OPTIONS = { intraOpNumThreads: 1, logSeverityLevel: 4, graphOptimizationLevel: 'disabled' } as const;

describe('convlens convert and cut', () => {
  const folder = mkdtempSync(join(tmpdir(), 'convlens-'));
  after(() => rmSync(folder, { recursive: true }));
  const place = (name: string): string => join(folder, name);
  const put = (name: string, text: string): string => {
    writeFileSync(place(name), text);
    return place(name);
  };
  const picture = new Tensor(
    'float32',
    Float32Array.from({ length: 288 }, (_, i) => ((i * 37) % 101) / 50 - 1),
    [1, 2, 12, 12],
  );
  const run = async (path: string) => {
    const session = await InferenceSession.create(path, OPTIONS);
    const results = await session.run({ input: picture });
    await session.release();
    return results;
  };

  it('write a definition as a model that runs', async () => {
    const { code, out } = await cli(['convert', put('net.cnn.yaml', NET), '-o', place('net.onnx')]);
    assert.equal(code, 0);
    assert.match(out, /6 operators, 581 parameters/);
    const { classes } = await run(place('net.onnx'));
    assert.deepEqual(classes?.dims, [1, 5]);
    const json = await cli(['convert', place('net.cnn.yaml'), place('again.onnx'), '--json']);
    assert.deepEqual(JSON.parse(json.out), {
      schema: 1,
      file: place('again.onnx'),
      bytes: statSync(place('again.onnx')).size,
      operators: 6,
      parameters: 581,
    });
    assert.deepEqual(
      readFileSync(place('again.onnx')),
      readFileSync(place('net.onnx')),
      'the same seed, the same file',
    );
  });

  it('cut a net where one says, by tensor or layer, and what remains computes the same', async () => {
    const whole = put('whole.cnn.yaml', NET.replace('    name: body\n', '    name: body\n    output: true\n'));
    await cli(['convert', whole, '-o', place('whole.onnx')]);
    const truth = (await run(place('whole.onnx'))).body!;
    const { code, out } = await cli(['cut', place('whole.onnx'), '--at', 'body', '-o', place('body.onnx'), '--json']);
    assert.equal(code, 0);
    const told = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual(told.outputs, [{ name: 'body', shape: [1, 4, 10, 10] }]);
    assert.deepEqual(told.operators, { kept: 2, of: 6 });
    assert.deepEqual(told.parameters, { kept: 76, of: 581 });
    const results = await run(place('body.onnx'));
    assert.deepEqual(Object.keys(results), ['body']);
    assert.deepEqual(results.body!.data, truth.data);
    // Straight from the text, with the names in their places instead of options.
    assert.equal((await cli(['cut', whole, 'body', place('text.onnx')])).code, 0);
    assert.deepEqual((await run(place('text.onnx'))).body!.data, truth.data);
    const two = await cli(['cut', whole, '--at', 'body,small', '-o', place('two.onnx')]);
    assert.match(two.out, /3 of 6 operators and 76 of 581 parameters remain/);
    assert.deepEqual(Object.keys(await run(place('two.onnx'))).sort(), ['body', 'small']);
  });

  it('refuse what cannot be, and leave no file behind', async () => {
    const source = put('bad.cnn.yaml', NET.replace('3x3', '33x33'));
    const before = readdirSync(folder).sort();
    const broken = await cli(['convert', source, '-o', place('bad.onnx'), '--json']);
    assert.equal(broken.code, 1);
    assert.match((JSON.parse(broken.out) as { why: string }).why, /33/);
    const net = place('net.cnn.yaml');
    for (const [args, says] of [
      [['cut', net, '--at', 'nowhere', '-o', place('x.onnx')], /no tensor and no layer “nowhere”/],
      [['cut', net, '--at', 'input', '-o', place('x.onnx')], /nothing would remain/],
      [['cut', net, '-o', place('x.onnx')], /--at TENSOR/],
      [['convert', net], /-o OUT/],
      [['convert', net, '-o', net], /what is read/],
      [['convert', net, '-o', join(folder, 'no', 'where.onnx')], /cannot be written/],
    ] as const) {
      const { code, err } = await cli(args);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, says);
    }
    assert.deepEqual(readdirSync(folder).sort(), before);
  });
});

describeCorpus('cutting the models of the corpus', (corpus) => {
  const folder = mkdtempSync(join(tmpdir(), 'convlens-'));
  after(() => rmSync(folder, { recursive: true }));
  for (const name of readdirSync(join(corpus, 'models')).filter((entry) => entry.endsWith('.onnx'))) {
    const path = join(corpus, 'models', name);
    const truthFile = join(corpus, 'truth', `${basename(name, '.onnx')}.json`);
    if (!existsSync(truthFile)) continue;
    const truth = JSON.parse(readFileSync(truthFile, 'utf8')) as RunTruth;
    const bytes = readFileSync(path);
    // Graphs without their weights were run elsewhere, with weights that are not here.
    if (!truth.executed.ok || !truth.executed.inputs || bytes.includes('.weights.bin')) continue;

    it(`${name} computes the same up to three of its tensors`, async function () {
      this.timeout(60_000);
      const model = (await openModel(modelFile(path))).model!;
      const { graph } = model;
      const random = seeded(11);
      const inside = tappable(graph).filter((id) => graph.values[id]!.producer !== null);
      const names = Array.from({ length: 3 }, () => graph.values[inside[Math.floor(random() * inside.length)]!]!.name);
      const feeds = feedsOf(truth, seeded(7));
      writeFileSync(join(folder, 'tapped.onnx'), Buffer.concat([bytes, tapBytes([...new Set(names)])]));
      for (const file of model.externalFiles ?? []) copyFileSync(join(corpus, 'models', file), join(folder, file));
      const original = await InferenceSession.create(join(folder, 'tapped.onnx'), OPTIONS);
      const wanted = await original.run(feeds, [...new Set(names)]);
      await original.release();
      for (const at of new Set(names)) {
        const target = join(folder, 'cut.onnx');
        const { code, err } = await cli(['cut', path, '--at', at, '-o', target]);
        assert.equal(code, 0, err);
        const session = await InferenceSession.create(target, OPTIONS);
        const used = Object.fromEntries(session.inputNames.map((input) => [input, feeds[input]!]));
        const found = await session.run(used);
        await session.release();
        assert.deepEqual(Object.keys(found), [at]);
        assert.deepEqual(found[at]!.dims, wanted[at]!.dims, at);
        assert.deepEqual(found[at]!.data, wanted[at]!.data, at);
      }
    });
  }
});
