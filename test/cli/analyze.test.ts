import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import schema from '../../schemas/analysis.schema.json';
import { version } from '../../package.json';
import { cli } from '../support/cli';
import { type Schema, violations } from '../support/jsonSchema';
import { encodeOnnx, type ModelSpec } from '../support/onnxModel';

const analysisSchema = schema as unknown as Schema;

interface Document {
  readonly totals: Readonly<Record<string, unknown>>;
  readonly inputs: readonly { readonly name: string; readonly shape: unknown }[];
  readonly values: Readonly<Record<string, { readonly shape: unknown; readonly receptiveField: unknown } | undefined>>;
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
  readonly diagnostics: readonly { readonly severity: string; readonly code: string; readonly message: string }[];
}

const small: ModelSpec = {
  opset: 13,
  inputs: { 'x=y': [1, 3, 32, 32] },
  constants: {
    w: { shape: [8, 3, 3, 3] },
    b: { shape: [8] },
    s: { shape: [8] },
    t: { shape: [8] },
    m: { shape: [8] },
    v: { shape: [8] },
    dense: { shape: [10, 8] },
  },
  nodes: [
    {
      op: 'Conv',
      name: 'first',
      inputs: ['x=y', 'w', 'b'],
      outputs: ['a'],
      attrs: { strides: [2, 2], pads: [1, 1, 1, 1] },
    },
    { op: 'BatchNormalization', inputs: ['a', 's', 't', 'm', 'v'], outputs: ['n'] },
    { op: 'Relu', inputs: ['n'], outputs: ['r'] },
    { op: 'GlobalAveragePool', inputs: ['r'], outputs: ['g'] },
    { op: 'Flatten', inputs: ['g'], outputs: ['f'] },
    { op: 'Gemm', inputs: ['f', 'dense'], outputs: ['y'], attrs: { transB: 1 } },
  ],
  outputs: ['y'],
};

describe('convlens analyze', () => {
  const folder = mkdtempSync(join(tmpdir(), 'convlens-'));
  after(() => rmSync(folder, { recursive: true }));
  const file = (name: string, spec: ModelSpec): string => {
    const path = join(folder, name);
    writeFileSync(path, encodeOnnx(spec));
    return path;
  };
  const path = file('small.onnx', small);
  const json = async (...args: readonly string[]): Promise<Document> => {
    const { out, err } = await cli(['analyze', ...args, '--json']);
    assert.equal(err, '');
    const document: unknown = JSON.parse(out);
    assert.deepEqual(violations(analysisSchema, document), []);
    return document as Document;
  };

  it('prints what the contract says', async () => {
    const { inputs, totals, values, nodes, diagnostics } = await json(path);
    assert.deepEqual(inputs, [{ name: 'x=y', dtype: 'float32', shape: [1, 3, 32, 32] }]);
    const roles = { weight: 216 + 80, bias: 8, bn_scale: 8, bn_bias: 8, bn_mean: 8, bn_var: 8, scale: 0 };
    assert.deepEqual(totals.byRole, { ...roles, elementwise_const: 0 });
    assert.equal(totals.parameters, 336);
    assert.equal(totals.macs, 216 * 256 + 80);
    assert.equal(totals.weightBytes, 4 * 336);
    assert.deepEqual(values.a, {
      dtype: 'float32',
      shape: [1, 8, 16, 16],
      receptiveField: {
        size: [3, 3],
        smallest: [3, 3],
        stride: [2, 2],
        start: [-1, -1],
        dense: true,
        aligned: true,
        whole: false,
      },
    });
    assert.equal(values.w?.receptiveField, null);
    const [conv, norm] = nodes;
    assert.ok(conv && norm);
    assert.deepEqual(
      [conv.name, conv.op, conv.inputs, conv.attributes],
      ['first', 'Conv', ['x=y', 'w', 'b'], { strides: [2, 2], pads: [1, 1, 1, 1] }],
    );
    assert.deepEqual(conv.parameters, { weight: 216, bias: 8 });
    assert.deepEqual(conv.synapses, {
      shared: 224,
      unshared: 16 * 16 * 8 * 28,
      fullyConnected: 16 * 16 * 8 * (32 * 32 * 3 + 1),
    });
    assert.match(String(conv.formula), /^Y\[b, k, y, x\] = .*X\[b, c, 2y \+ u − 1, 2x \+ v − 1\]/);
    assert.equal(norm.foldsInto, 0);
    assert.deepEqual(diagnostics, []);
  });

  it('takes a size for an input, at the last “=”', async () => {
    const { inputs, values, totals } = await json(path, '--input', 'x=y=2x3x64x48');
    assert.deepEqual(inputs[0]?.shape, [2, 3, 64, 48]);
    assert.deepEqual(values.a?.shape, [2, 8, 32, 24]);
    assert.equal(totals.macs, 2 * (216 * 32 * 24 + 80));
  });

  it('warns where later layers do not fit, and keeps the earlier ones', async () => {
    const spec: ModelSpec = {
      opset: 13,
      inputs: { x: [1, 1, 8, 8] },
      constants: { w: { shape: [2, 1, 3, 3] }, dense: { shape: [72, 4] } },
      nodes: [
        { op: 'Conv', inputs: ['x', 'w'], outputs: ['a'] },
        { op: 'Flatten', inputs: ['a'], outputs: ['f'] },
        { op: 'MatMul', inputs: ['f', 'dense'], outputs: ['y'] },
      ],
      outputs: ['y'],
    };
    const { code, out } = await cli(['analyze', file('fixed.onnx', spec), '--input', 'x=1x1x16x16', '--json']);
    const document = JSON.parse(out) as Document;
    assert.equal(code, 0);
    assert.deepEqual(document.values.a?.shape, [1, 2, 14, 14]);
    assert.equal(document.values.y?.shape, null);
    assert.equal(document.totals.macs, null);
    assert.deepEqual(
      document.diagnostics.map((d) => d.severity),
      ['warning'],
    );
  });

  it('leaves sums over symbolic extents unknown, and says extents as formulas', async () => {
    const spec: ModelSpec = { ...small, inputs: { 'x=y': ['N', 3, 'H', 'W'] } };
    const document = await json(file('symbolic.onnx', spec));
    assert.deepEqual(document.inputs[0]?.shape, ['N', 3, 'H', 'W']);
    assert.deepEqual(document.values.a?.shape, ['N', 8, '⌊(H+1)/2⌋', '⌊(W+1)/2⌋']);
    assert.deepEqual([document.totals.parameters, document.totals.macs], [336, null]);
    assert.equal((await json(file('symbolic.onnx', spec), '--input', 'x=y=1x3x32x32')).totals.macs, 216 * 256 + 80);
    const hint = /^MACs +unknown\n +a size of the input is open: --input /m;
    assert.match((await cli(['analyze', file('symbolic.onnx', spec)])).out, hint);
    assert.doesNotMatch((await cli(['analyze', path])).out, hint);
  });

  it('refers receptive fields to the input that is asked for', async () => {
    const spec: ModelSpec = {
      opset: 13,
      inputs: { left: [1, 1, 16, 16], right: [1, 1, 16, 16] },
      constants: { w: { shape: [1, 1, 3, 3] }, u: { shape: [1, 1, 5, 5] } },
      nodes: [
        { op: 'Conv', inputs: ['left', 'w'], outputs: ['a'], attrs: { pads: [1, 1, 1, 1] } },
        { op: 'Conv', inputs: ['right', 'u'], outputs: ['b'], attrs: { pads: [2, 2, 2, 2] } },
        { op: 'Add', inputs: ['a', 'b'], outputs: ['y'] },
      ],
      outputs: ['y'],
    };
    const two = file('two.onnx', spec);
    const sizes = async (...args: readonly string[]) => {
      const { values } = await json(two, ...args);
      return ['a', 'b', 'y'].map((name) => (values[name]?.receptiveField as { size: unknown } | null)?.size ?? null);
    };
    assert.deepEqual(await sizes(), [[3, 3], null, [3, 3]]);
    assert.deepEqual(await sizes('--field-of', 'right'), [null, [5, 5], [5, 5]]);
  });

  it('prints a table with receptive fields, sums and remarks', async () => {
    const { code, out, err } = await cli(['analyze', path]);
    assert.equal(code, 0);
    assert.equal(err, '');
    assert.match(out, /^small\.onnx {2}ONNX · opset 13 · 6 operators · input 1×3×32×32\n/);
    assert.match(out, /^first +Conv 3×3 · 8 · \/2 +8×16×16 +3 +2 +224 +55,296$/m);
    assert.match(out, /^Parameters +336$/m);
    assert.match(out, /1 batch norm could be folded/);
    assert.match(out, /^all {2}a global operator/m);
  });

  it('keeps the table within the screen', async () => {
    const { out } = await cli(['analyze', path], { columns: 80 });
    for (const line of out.split('\n').filter((l) => /^[fan─]/.test(l))) assert.ok(line.length <= 80, line);
  });

  it('prints CSV, Markdown and LaTeX', async () => {
    assert.match((await cli(['analyze', path, '--csv'])).out, /^index,name,.*\r\n0,first,,Conv,/);
    assert.match((await cli(['analyze', path, '--markdown'])).out, /\| first \| Conv 3×3 · 8 · \/2 \|/);
    assert.match((await cli(['analyze', path, '--latex'])).out, /\nfirst & Conv 3\$\\times\$3/);
  });

  it('lets no terminal escape through, in any form', async () => {
    const name = '\u001b]0;owned\u0007\u009b31m\u202eabc';
    const spec: ModelSpec = {
      opset: 13,
      inputs: { [name]: [1, 1, 4, 4] },
      nodes: [{ op: name, name, inputs: [name], outputs: ['y'], domain: name }],
      outputs: ['y'],
    };
    const hostile = file('hostile.onnx', spec);
    for (const form of [[], ['--json'], ['--csv'], ['--markdown'], ['--latex']]) {
      const { out, err } = await cli(['analyze', hostile, ...form]);
      // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
      assert.doesNotMatch(out + err, /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e]/, form.join());
    }
    const document = await json(hostile);
    assert.equal(document.inputs[0]?.name, name);
  });

  it('names tensors as the file does, whatever they are called', async () => {
    const spec: ModelSpec = {
      opset: 13,
      inputs: { x: [1, 1, 4, 4] },
      nodes: [
        { op: 'Relu', inputs: ['x'], outputs: ['__proto__'] },
        { op: 'Relu', inputs: ['__proto__'], outputs: ['constructor'] },
      ],
      outputs: ['constructor'],
    };
    const { values } = await json(file('names.onnx', spec));
    assert.deepEqual(Object.keys(values), ['x', '__proto__', 'constructor']);
    assert.deepEqual(Object.entries(values)[1]?.[1]?.shape, [1, 1, 4, 4]);
  });

  it('writes attributes that JSON has no number for as words', async () => {
    const spec: ModelSpec = {
      opset: 13,
      inputs: { x: [1, 1, 4, 4] },
      nodes: [{ op: 'Elu', inputs: ['x'], outputs: ['y'], attrs: { alpha: { float: Infinity } } }],
      outputs: ['y'],
    };
    assert.deepEqual((await json(file('infinite.onnx', spec))).nodes[0]?.attributes, { alpha: 'inf' });
  });
});

describe('convlens used wrongly', () => {
  const cases: Readonly<Record<string, readonly [args: readonly string[], message: RegExp]>> = {
    'without a command': [[], /which command\?[^]*Usage:/],
    'with a command it does not have': [['frobnicate'], /no command “frobnicate”/],
    'without a file': [['analyze'], /which file\?/],
    'with two files': [['analyze', 'a.onnx', 'b.onnx'], /one file at a time/],
    'with a file that is not there': [['analyze', 'nowhere.onnx'], /nowhere\.onnx: there is no such file/],
    'with a folder': [['analyze', tmpdir()], /it is no file/],
    'with an option it does not have': [['analyze', 'a.onnx', '--fast'], /--fast/],
    'with a size that is none': [['analyze', 'a.onnx', '--input', 'x=1x0'], /“1x0” in --input x=1x0 is no size/],
    'with a size without a name': [['analyze', 'a.onnx', '--input', '1x3'], /has no “=”/],
    'with two forms': [['analyze', 'a.onnx', '--csv', '--latex'], /--csv or --latex/],
    'unit without a tensor': [['unit', 'a.onnx', '--at', '1,1'], /which tensor\?/],
    'unit with a place that is none': [['unit', 'a.onnx', '--value', 'a', '--at', '1,x'], /--at 1,x is no place/],
    'coverage without a tensor': [['coverage', 'a.onnx'], /which tensor\?/],
  };
  for (const [title, [args, message]] of Object.entries(cases)) {
    it(`${title} says so and ends with 2`, async () => {
      const { code, out, err } = await cli(args);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, message);
      assert.doesNotMatch(err, /\n\s+at /, 'a stack');
    });
  }

  it('prints one JSON document all the same', async () => {
    const { code, out, err } = await cli(['analyze', 'nowhere.onnx', '--json']);
    assert.deepEqual([code, err], [2, '']);
    const document = JSON.parse(out) as Document;
    assert.deepEqual(violations(analysisSchema, document), []);
    assert.match(document.diagnostics[0]!.message, /no such file/);
    assert.equal(document.totals.parameters, null);
    for (const command of ['unit', 'coverage']) {
      const refused = await cli([command, 'nowhere.onnx', '--value', 'a', '--json']);
      assert.match((JSON.parse(refused.out) as { why: string }).why, /no such file/);
    }
  });

  it('helps, and says its version', async () => {
    for (const args of [['--help'], ['help'], ['analyze', '--help']]) {
      const { code, out } = await cli(args);
      assert.equal(code, 0);
      assert.match(out, /Usage:\n {2}convlens analyze FILE/);
    }
    assert.deepEqual(await cli(['--version']), { code: 0, out: `${version}\n`, err: '' });
  });
});
