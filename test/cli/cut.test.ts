import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { analyze } from '../../src/core/analysis';
import { openModel } from '../../src/core/formats';
import { readElements } from '../../src/core/formats/onnx/tensor';
import { cli } from '../support/cli';
import { describeCorpus } from '../support/corpus';
import { modelFile } from '../support/modelFile';

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
    // A block by its name, a head by its own: what leaves them.
    const built = put(
      'built.cnn.yaml',
      'input: 12x12x2\nblocks:\n  b(c):\n    - conv: $c 3x3\n    - relu\nlayers:\n  - b: 4\n    name: first\n  - head: [dense: 3]\n    name: aux\n  - b: 4\n',
    );
    const shapes = async (at: string): Promise<unknown> => {
      const { out } = await cli(['cut', built, '--at', at, '-o', place('built.onnx'), '--json']);
      return (JSON.parse(out) as { outputs: { shape: unknown }[] }).outputs.map(({ shape }) => shape);
    };
    assert.deepEqual(await shapes('first'), [[1, 4, 10, 10]]);
    assert.deepEqual(await shapes('aux'), [[1, 3]]);
    const two = await cli(['cut', whole, '--at', 'body,small', '-o', place('two.onnx')]);
    assert.match(two.out, /3 of 6 operators and 76 of 581 parameters remain/);
    assert.deepEqual(Object.keys(await run(place('two.onnx'))).sort(), ['body', 'small']);
  });

  it('put a new head onto what remains: pooled, dense, the same for the same seed', async () => {
    const source = put('head.cnn.yaml', NET);
    const cut = (...more: readonly string[]) => cli(['cut', source, '--at', 'small', ...more]);
    const { code, out } = await cut('-o', place('head.onnx'), '--head', '7', '--seed', '3', '--json');
    assert.equal(code, 0);
    const told = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual(told.head, { classes: 7, seed: 3, channels: 4, synapses: 35 });
    assert.deepEqual(told.outputs, [{ name: 'head', shape: [1, 7] }]);
    assert.deepEqual(told.parameters, { kept: 76, of: 581 });
    const { model } = await openModel(modelFile(place('head.onnx')));
    const { totals, graph } = analyze(model!);
    assert.equal(totals.parameters, 76 + 35);
    await cut('-o', place('small.onnx'));
    const body = (await run(place('small.onnx'))).small!;
    const results = await run(place('head.onnx'));
    assert.deepEqual(Object.keys(results), ['head']);
    // A naive head on the maps of the body.
    const numbers = async (name: string): Promise<readonly number[]> => {
      const { constant } = graph.values[graph.valueByName.get(name)!]!;
      const read = await readElements(
        constant!,
        modelFile(place('head.onnx')),
        0,
        constant!.shape.reduce((a, b) => a * b),
      );
      return read.kind === 'numbers' ? Array.from(read.numbers, Number) : [];
    };
    const [weight, bias] = [await numbers('head.weight'), await numbers('head.bias')];
    assert.equal(weight.length, 28);
    assert.ok(weight.every((w) => Math.abs(w) <= Math.sqrt(6 / 4)) && new Set(weight).size > 20);
    const area = body.dims[2]! * body.dims[3]!;
    const maps = body.data as Float32Array;
    const means = Array.from(
      { length: 4 },
      (_, c) => maps.slice(c * area, (c + 1) * area).reduce((a, b) => a + b) / area,
    );
    for (let k = 0; k < 7; k++) {
      const score = means.reduce((sum, mean, c) => sum + mean * weight[k * 4 + c]!, bias[k]!);
      assert.ok(Math.abs(score - Number(results.head!.data[k])) < 1e-5);
    }
    await cut('-o', place('same.onnx'), '--head', '7', '--seed', '3');
    assert.deepEqual(readFileSync(place('same.onnx')), readFileSync(place('head.onnx')));
    const other = await cut('-o', place('other.onnx'), '--head', '7', '--seed', '4', '--softmax');
    assert.match(other.out, /new head of 7 classes on 4 channels has 35 synapses to learn/);
    const { head_softmax: shares } = await run(place('other.onnx'));
    assert.ok(Math.abs((shares!.data as Float32Array).reduce((a, b) => a + b) - 1) < 1e-5);
    assert.notDeepEqual(readFileSync(place('other.onnx')), readFileSync(place('head.onnx')));
    // Behind a dense layer there is nothing to pool.
    const dense = await cli(['cut', source, '--at', 'classes', '-o', place('dense.onnx'), '--head', '2', '--json']);
    assert.deepEqual((JSON.parse(dense.out) as { head: unknown }).head, {
      classes: 2,
      seed: 0,
      channels: 5,
      synapses: 12,
    });
    assert.deepEqual((await run(place('dense.onnx'))).head!.dims, [1, 2]);
    for (const [args, says] of [
      [['--head', 'x'], /no number/],
      [['--head', '0'], /no number of classes/],
      [['--seed', '3'], /belong to a head/],
      [['--head', '2', '--at', 'body'], /one tensor/],
    ] as const) {
      const refused = await cut('-o', place('never.onnx'), ...args);
      assert.equal(refused.code, 2);
      assert.match(refused.err, says);
      assert.ok(!existsSync(place('never.onnx')));
    }
  });

  it('refuse what cannot be, and leave no file behind', async () => {
    const source = put('bad.cnn.yaml', NET.replace('3x3', '33x33'));
    const before = readdirSync(folder).sort();
    const broken = await cli(['convert', source, '-o', place('bad.onnx'), '--json']);
    assert.equal(broken.code, 1);
    assert.match((JSON.parse(broken.out) as { why: string }).why, /^line 3: .*33/);
    const told = await cli(['analyze', source]);
    assert.match(told.err, /^error: A window of 33×33 .* \(line 3, column 13\) \[shape\/window\]$/m);
    const net = place('net.cnn.yaml');
    for (const [args, says] of [
      [['cut', net, '--at', 'nowhere', '-o', place('x.onnx')], /no tensor and no layer “nowhere”/],
      [['cut', net, '--at', 'input', '-o', place('x.onnx')], /nothing would remain/],
      [['cut', net, '-o', place('x.onnx')], /--at TENSOR/],
      [['convert', net], /-o OUT/],
      [['convert', net, '-o', net], /what is read/],
      [['convert', net, place('x.onnx'), '-o', place('y.onnx')], /what is “.*x\.onnx”/],
      [['cut', net, 'body', place('x.onnx'), '-o', place('y.onnx')], /what is “.*x\.onnx”/],
      [['convert', net, '-o', join(folder, 'no', 'where.onnx')], /cannot be written/],
    ] as const) {
      const { code, err } = await cli(args);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, says);
    }
    assert.deepEqual(readdirSync(folder).sort(), before);
  });

  it('ask a person before they write over a file, and take a script at its word', async () => {
    const [net, target] = [put('net.cnn.yaml', NET), put('there.onnx', 'something else')];
    const commands = [
      ['convert', net],
      ['cut', net, '--at', 'body'],
    ];
    for (const command of commands) {
      for (const stdin of [['n'], [''], ['maybe', 'y'], []]) {
        const { code, err } = await cli([...command, '-o', target], { asks: true, stdin });
        assert.equal(code, 2);
        assert.match(err, /there\.onnx is there already\. Write over it\? \[y\/N\].*left as it is/s);
        assert.equal(readFileSync(target, 'utf8'), 'something else');
      }
      assert.doesNotMatch((await cli([...command, '-o', place('nothing.onnx')], { asks: true })).err, /Write over/);
      rmSync(place('nothing.onnx'));
      for (const asked of [{ asks: true, stdin: ['y'] }, {}]) {
        assert.equal((await cli([...command, '-o', target], asked)).code, 0);
        assert.notEqual(readFileSync(target, 'latin1'), 'something else');
        writeFileSync(target, 'something else');
      }
    }
  });
});

describeCorpus('cutting the models of the corpus', (corpus) => {
  const folder = mkdtempSync(join(tmpdir(), 'convlens-'));
  after(() => rmSync(folder, { recursive: true }));

  it('never writes over the weights that lie beside a model', async () => {
    const [source, weights] = ['ext_one_file.onnx', 'ext_one_file.onnx.data'].map((name) => join(folder, name)) as [
      string,
      string,
    ];
    for (const path of [source, weights]) copyFileSync(join(corpus, 'models', basename(path)), path);
    const before = readFileSync(weights);
    symlinkSync(weights, join(folder, 'link.onnx'));
    const { model } = await openModel(modelFile(source));
    const { graph } = model!;
    const at = graph.values[graph.outputs[0]!]!.name;
    for (const target of [weights, join(folder, 'link.onnx')]) {
      for (const args of [
        ['convert', source],
        ['cut', source, '--at', at],
      ]) {
        const { code, err } = await cli([...args, '-o', target]);
        assert.equal(code, 2);
        assert.match(err, /where the weights of the model lie/);
        assert.ok(readFileSync(weights).equals(before));
      }
    }
    assert.equal((await cli(['convert', source, '-o', join(folder, 'alone.onnx')])).code, 0);
  });
});
