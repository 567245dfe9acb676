import assert from 'node:assert/strict';
import { seeded } from '../support/modelFile';
import { encodeOnnx, type NodeSpec } from '../support/onnxModel';
import { hold } from './invariants';

/** A net whose nodes are made one by one; `x` goes in, the last value comes out. */
const file = (nodes: readonly NodeSpec[], output: string): Uint8Array =>
  encodeOnnx({ opset: 13, inputs: { x: [1, 3, 8, 8] }, nodes, outputs: [output] });

describe('models of extreme form', function () {
  this.timeout(300_000);

  it('bears one tensor read by 20,000 operators, and one operator that reads 20,000 tensors', async () => {
    const wide = Array.from({ length: 20_000 }, (_, i) => ({ op: 'Relu', inputs: ['x'], outputs: [`y${i}`] }));
    const sum: NodeSpec = { op: 'Sum', inputs: wide.map(({ outputs }) => outputs[0]!), outputs: ['z'] };
    await hold(file([...wide, sum], 'z'), seeded(1));
  });

  it('bears a skip over 20,000 operators of one module', async () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => ({
      op: 'Conv',
      inputs: [i === 0 ? 'x' : `m/y${i - 1}`],
      outputs: [`m/y${i}`],
    }));
    const add: NodeSpec = { op: 'Add', inputs: ['x', 'm/y19999'], outputs: ['m/z'] };
    await hold(file([...chain, add], 'm/z'), seeded(6));
  });

  it('bears 5,000 branches that share a beginning, each adding to the one before', async () => {
    const nodes: NodeSpec[] = [{ op: 'Relu', inputs: ['x'], outputs: ['y0'] }];
    for (let i = 1; i < 5000; i++) nodes.push({ op: 'Add', inputs: [`y${i - 1}`, `y${i >> 1}`], outputs: [`y${i}`] });
    await hold(file(nodes, 'y4999'), seeded(2));
  });

  it('bears a thousand joins, each of a value with itself', async () => {
    const nodes = Array.from({ length: 1000 }, (_, i) => {
      const from = i === 0 ? 'x' : `y${i - 1}`;
      return { op: 'Concat', inputs: [from, from], outputs: [`y${i}`], attrs: { axis: 2 } };
    });
    await hold(file(nodes, 'y999'), seeded(3));
  });

  for (const [what, name] of [
    ['of a megabyte', 'n'.repeat(1 << 20)],
    ['with NUL', 'a\0b'],
    ['from right to left', '\u202Etxt.exe\u202C'],
    ['of markup', '<script>alert(1)</script>'],
    ['that objects have already', '__proto__'],
    ['that functions have already', 'constructor'],
    ['of ten thousand folders', 'a/'.repeat(10_000)],
  ] as const) {
    it(`bears names ${what}`, async () => {
      const nodes: NodeSpec[] = [
        { op: 'Conv', inputs: ['x', name], outputs: [name], attrs: { kernel_shape: [3, 3] } },
        { op: name, inputs: [name], outputs: ['y'], attrs: { [name]: name } },
      ];
      await hold(file(nodes, 'y'), seeded(4));
    });
  }

  it('bears attributes that contradict each other', async () => {
    const attrs = {
      kernel_shape: [0, -3, 2 ** 31],
      strides: [0],
      pads: [-5, 5, 1e9, -1e9],
      dilations: [-1, 0],
      group: -7,
    };
    for (const op of ['Conv', 'ConvTranspose', 'MaxPool', 'AveragePool', 'MaxUnpool', 'LpPool', 'Col2Im']) {
      const bytes = file([{ op, inputs: ['x', 'x', 'x'], outputs: ['y'], attrs }], 'y');
      await assert.doesNotReject(hold(bytes, seeded(5)), op);
    }
  });
});
