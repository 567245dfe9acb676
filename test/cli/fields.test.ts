import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli } from '../support/cli';
import { encodeOnnx, type ModelSpec } from '../support/onnxModel';

/** A 2×2 window every 3 pixels: a third of rows and columns is never seen. */
const holes: ModelSpec = {
  opset: 13,
  inputs: { x: [1, 1, 9, 9], other: [1, 1, 9, 9] },
  constants: { w: { shape: [1, 1, 2, 2] }, dilated: { shape: [1, 1, 3, 3] } },
  nodes: [
    { op: 'Conv', inputs: ['x', 'w'], outputs: ['a'], attrs: { strides: [3, 3] } },
    { op: 'Conv', inputs: ['x', 'dilated'], outputs: ['d'], attrs: { dilations: [2, 2], pads: [2, 2, 2, 2] } },
    { op: 'Relu', inputs: ['other'], outputs: ['o'] },
    { op: 'GlobalAveragePool', inputs: ['a'], outputs: ['g'] },
    { op: 'Flatten', inputs: ['g'], outputs: ['f'] },
    { op: 'Mystery', inputs: ['a'], outputs: ['m'], domain: 'nobody' },
  ],
  outputs: ['d', 'o', 'f', 'm'],
};

describe('convlens unit and coverage', () => {
  const folder = mkdtempSync(join(tmpdir(), 'convlens-'));
  after(() => rmSync(folder, { recursive: true }));
  const file = (name: string, spec: ModelSpec): string => {
    const path = join(folder, name);
    writeFileSync(path, encodeOnnx(spec));
    return path;
  };
  const path = file('holes.onnx', holes);
  const unit = async (...args: readonly string[]): Promise<unknown> => {
    const { code, out, err } = await cli(['unit', path, ...args, '--json']);
    assert.deepEqual([code, err], [0, '']);
    return JSON.parse(out);
  };

  it('says range, pixels and padding of one unit', async () => {
    const ranges = [
      [3, 4],
      [6, 7],
    ];
    assert.deepEqual(await unit('--value', 'a', '--at', '1,2'), { ranges, pixels: 4, padding: 0 });
  });

  it('takes a layer by the name that the table gives it, if only one has it', async () => {
    const named = file('named.onnx', {
      opset: 13,
      inputs: { x: [1, 1, 9, 9] },
      constants: { w: { shape: [1, 1, 3, 3] } },
      nodes: [
        { op: 'Conv', name: '/one/conv1/Conv', inputs: ['x', 'w'], outputs: ['a'] },
        { op: 'Relu', name: '/one/relu/Relu', inputs: ['a'], outputs: ['r'] },
        { op: 'Tanh', name: '/one/tail/Tanh', inputs: ['r'], outputs: ['b'] },
        { op: 'Conv', name: '/two/conv1/Conv', inputs: ['b', 'w'], outputs: ['c'] },
        { op: 'Tanh', name: '/two/middle/Tanh', inputs: ['c'], outputs: ['d'] },
        { op: 'Relu', name: '/two/last/Relu', inputs: ['d'], outputs: ['y'] },
      ],
      outputs: ['y'],
    });
    const ask = (value: string) => cli(['unit', named, '--value', value, '--at', '0,0']);
    const answer = (await ask('c')).out;
    assert.match(answer, /^rows 0 to 4, /);
    for (const value of ['last', 'two/conv1', '/two/conv1/Conv']) assert.equal((await ask(value)).out, answer, value);
    const several = await ask('conv1');
    assert.equal(several.code, 2);
    assert.match(several.err, /several layers are called “conv1”: “one\/conv1”, “two\/conv1”/);
    assert.match((await ask('three')).err, /no tensor and no layer “three”/);
  });

  it('counts pixels used and places outside', async () => {
    const ranges = [
      [0, 2],
      [0, 2],
    ];
    assert.deepEqual(await unit('--value', 'd', '--at', '0,0'), { ranges, pixels: 4, padding: 5 });
  });

  it('ignores the place in tensors without spatial axes', async () => {
    const all = [
      [0, 7],
      [0, 7],
    ];
    assert.deepEqual(await unit('--value', 'f', '--at', '99,99'), { ranges: all, pixels: 36, padding: 0 });
    assert.deepEqual(await unit('--value', 'f'), { ranges: all, pixels: 36, padding: 0 });
  });

  it('says that a unit sees nothing', async () => {
    assert.deepEqual(await unit('--value', 'o', '--at', '1,1'), { ranges: null, pixels: 0, padding: 0 });
    assert.match((await cli(['unit', path, '--value', 'o', '--at', '1,1'])).out, /^sees nothing of the image\n/);
  });

  it('says why it is not known', async () => {
    const answer = (await unit('--value', 'm', '--at', '0,0')) as Record<string, unknown>;
    assert.deepEqual([answer.ranges, answer.pixels, answer.padding], [null, null, null]);
    assert.match(String(answer.why), /operator on the way to it is not known/);
    const symbolic = file('symbolic.onnx', { ...holes, inputs: { x: [1, 1, 'H', 'W'], other: [1, 1, 9, 9] } });
    const { out } = await cli(['unit', symbolic, '--value', 'a', '--at', '1,2']);
    assert.match(out, /^not known: the input’s size is not known \(H, W\); give it by --input x=\.\.\.\n/);
    const given = await cli(['unit', symbolic, '--value', 'a', '--at', '1,2', '--input', 'x=1x1x9x9']);
    assert.equal(given.out, 'rows 3 to 4, columns 6 to 7; 4 pixels used (all of them); 0 places of padding\n');
  });

  for (const [at, message] of [
    ['3,0', /there is no unit 3,0 in 3×3/],
    ['1', /a unit of 3×3 needs 2 indices/],
  ] as const) {
    it(`refuses the place ${at}`, async () => {
      const { code, err } = await cli(['unit', path, '--value', 'a', '--at', at]);
      assert.equal(code, 2);
      assert.match(err, message);
    });
  }

  it('answers many questions in order, each at its own size, and those that are none', async () => {
    const stdin = [
      '{"value":"a","at":[0,0]}',
      '{"value":"a","at":[4,4],"input":{"x":[1,1,15,15]}}',
      '{"value":"a","at":[4,4]}',
      'nonsense',
      '{"value":"a","at":[-1,0]}',
      '{"value":"a","at":[0,0],"input":{"nowhere":[1]}}',
      '',
      '{"value":"f"}',
    ];
    const { code, out } = await cli(['unit', path, '--queries', '-'], { stdin });
    assert.equal(code, 2);
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { pixels: number | null; why?: string });
    assert.deepEqual(
      answers.map(({ pixels }) => pixels),
      [4, 4, null, null, null, null, 36],
    );
    const reasons = answers.map(({ why }) => why ?? '');
    assert.match(reasons[2]!, /no unit 4,4 in 3×3/);
    assert.match(reasons[3]!, /no JSON/);
    assert.match(reasons[4]!, /"at" has to be a list of whole numbers from 0 on/);
    assert.match(reasons[5]!, /no input “nowhere”; its inputs are: x, other/);
  });

  it('counts how often each pixel is used', async () => {
    const { code, out } = await cli(['coverage', path, '--value', 'a', '--json']);
    assert.equal(code, 0);
    const { shape, unseen, min, max, counts } = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual([shape, unseen, min, max], [[9, 9], 81 - 36, 0, 1]);
    const row = [1, 1, 0, 1, 1, 0, 1, 1, 0];
    const none = row.map(() => 0);
    assert.deepEqual(counts, [row, row, none, row, row, none, row, row, none].flat());
    assert.match((await cli(['coverage', path, '--value', 'a'])).out, /45 of 81 pixels are never seen/);
  });

  it('says why coverage is not known', async () => {
    const { out } = await cli(['coverage', path, '--value', 'm', '--json']);
    const document = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual([document.shape, document.counts], [null, null]);
    assert.match(String(document.why), /not known/);
  });

  it('ends with 1 and a document for what is no model', async () => {
    const none = join(folder, 'none.onnx');
    writeFileSync(none, '');
    for (const command of ['unit', 'coverage']) {
      const { code, out } = await cli([command, none, '--value', 'a', '--json']);
      assert.equal(code, 1);
      assert.match((JSON.parse(out) as { why: string }).why, /empty/);
    }
  });
});
