import { strict as assert } from 'node:assert';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { FormulaValue, type Outside } from '../../support/formulaValue';
import { encodeOnnx, type AttrSpec } from '../../support/onnxModel';
import { runOperator, type Given } from '../../support/operatorRun';

interface Row {
  readonly op: string;
  readonly title: string;
  readonly x: readonly number[];
  /** A second float operand; its name in the formula is B, the first one's A. */
  readonly b?: readonly number[];
  readonly ints?: readonly number[];
  readonly scales?: readonly number[];
  readonly attrs?: Readonly<Record<string, AttrSpec>>;
  readonly outside?: Outside;
}

const rows: readonly Row[] = [
  { op: 'Add', title: 'alike', x: [1, 2, 3, 4], b: [1, 2, 3, 4] },
  { op: 'Add', title: 'broadcast', x: [2, 3, 4, 5], b: [3, 1, 1] },
  { op: 'Mul', title: 'a gate per channel', x: [1, 3, 2, 2], b: [1, 3, 1, 1] },
  { op: 'Div', title: 'by a row', x: [2, 3], b: [3] },
  { op: 'Transpose', title: 'channels last', x: [1, 2, 3, 4], attrs: { perm: [0, 2, 3, 1] } },
  { op: 'Pad', title: 'with zeros', x: [1, 1, 3, 4], ints: [0, 0, 1, 2, 0, 0, 2, 1], outside: 'zero' },
  { op: 'ReduceMean', title: 'over the picture', x: [2, 3, 4, 5], ints: [2, 3], attrs: { keepdims: 0 } },
  { op: 'ReduceMax', title: 'over channels', x: [2, 3, 4, 5], ints: [1], attrs: { keepdims: 0 } },
  { op: 'ReduceL2', title: 'over rows', x: [2, 3, 4], ints: [-1], attrs: { keepdims: 0 } },
  { op: 'Resize', title: 'nearest ×2', x: [1, 2, 3, 4], scales: [1, 1, 2, 2] },
  {
    op: 'Resize',
    title: 'nearest, floor, asymmetric',
    x: [1, 1, 4, 4],
    scales: [1, 1, 1.5, 2.5],
    attrs: { coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
  },
  {
    op: 'Resize',
    title: 'nearest, smaller',
    x: [1, 1, 9, 8],
    scales: [1, 1, 0.5, 0.25],
    attrs: { nearest_mode: 'ceil' },
  },
  {
    op: 'Resize',
    title: 'nearest, corners aligned',
    x: [1, 1, 3, 5],
    scales: [1, 1, 3, 2],
    attrs: { coordinate_transformation_mode: 'align_corners', nearest_mode: 'round_prefer_ceil' },
  },
];

/** Numbers without a pattern, none of them 0. */
const noise = (shape: readonly number[], seed: number): Float32Array =>
  Float32Array.from({ length: shape.reduce((p, d) => p * d, 1) }, (_, i) => ((((i + seed) * 7919) % 1009) + 7) / 256);

async function run(row: Row, data: Readonly<Record<string, Float32Array>>) {
  const { op, x, b, ints, scales, attrs = {} } = row;
  const spec = {
    opset: 18,
    inputs: { x, ...(b && { b }), ...(scales && { s: [scales.length] }) },
    ...(ints && { constants: { n: { shape: [ints.length], ints } } }),
    nodes: [
      {
        op,
        inputs: ['x', ...(b ? ['b'] : []), ...(ints ? ['n'] : []), ...(scales ? ['', 's'] : [])],
        outputs: ['y'],
        attrs,
      },
    ],
    outputs: ['y'],
  };
  const session = await InferenceSession.create(encodeOnnx(spec), { logSeverityLevel: 4 });
  const feeds = Object.entries(data).map(([name, values]) => {
    const shape = name === 'x' ? x : name === 'b' ? (b ?? []) : [scales?.length ?? 0];
    return [name, new Tensor('float32', values, [...shape])] as const;
  });
  const { y } = await session.run(Object.fromEntries(feeds));
  return { shape: [...y!.dims], values: [...(y!.data as Float32Array)] };
}

function givenOf({ x, b, ints, scales }: Row): readonly (Given | null)[] {
  const rest: (Given | null)[] = [];
  if (b) rest.push({ shape: b });
  if (ints) rest.push({ shape: [ints.length], values: ints });
  if (scales) rest.push(null, { shape: [scales.length], dtype: 'float32', values: scales });
  return [{ shape: x }, ...rest];
}

describe('Formulas of arranging and joining operators, worked out letter by letter', () => {
  for (const row of rows) {
    it(`${row.op}, ${row.title}`, async () => {
      const [x, b] = [noise(row.x, 3), noise(row.b ?? [], 11)];
      const feeds = { x, ...(row.b && { b }), ...(row.scales && { s: Float32Array.from(row.scales) }) };
      const expected = await run(row, feeds);
      const { def, context, types } = runOperator(row.op, { opset: 18, inputs: givenOf(row), attrs: row.attrs ?? {} });
      assert.deepEqual(types[0]?.shape, expected.shape);
      const formula = def.formula?.(context);
      assert.ok(formula);
      const first = { shape: row.x, data: x };
      const tensors = { X: first, A: first, B: { shape: row.b ?? [], data: b } };
      const found = new FormulaValue(formula, tensors, row.outside ?? 'skip').elements(expected.shape);
      found.forEach((value, i) => {
        assert.ok(
          Math.abs(value - (expected.values[i] ?? NaN)) < 1e-4,
          `element ${i}: ${value}, not ${expected.values[i]}`,
        );
      });
    });
  }
});

describe('the channel that DepthToSpace reads', () => {
  /** Of the words `c = 4 k + 2 (y mod 2) + x mod 2`. */
  function channelOf(note: string, k: number, y: number, x: number): number {
    const numbers: Readonly<Record<string, number>> = { k, y, x };
    const product = (text: string): number =>
      text
        .trim()
        .split(/ (?!mod)(?<!mod )/)
        .map((factor) => {
          const [value = '', by] = factor.split(' mod ');
          const plain = numbers[value] ?? Number(value);
          return by === undefined ? plain : plain % Number(by);
        })
        .reduce((a, b) => a * b, 1);
    const flat = (text: string): number => text.split(' + ').reduce((sum, part) => sum + product(part), 0);
    let text = note.replace(/^c = /, '');
    while (text.includes('(')) text = text.replace(/\(([^()]*)\)/, (_, inner: string) => String(flat(inner)));
    return flat(text);
  }

  for (const mode of ['DCR', 'CRD', ''] as const)
    it(mode ? `in the order ${mode}` : 'where the file says no order', async () => {
      const shape = [1, 12, 2, 3];
      const attrs = { blocksize: 2, ...(mode && { mode }) };
      const nodes = [{ op: 'DepthToSpace', inputs: ['x'], outputs: ['y'], attrs }];
      const spec = { opset: 13, inputs: { x: shape }, nodes, outputs: ['y'] };
      const session = await InferenceSession.create(encodeOnnx(spec), { logSeverityLevel: 4 });
      const numbers = Float32Array.from({ length: 72 }, (_, i) => Math.floor(i / 6));
      const { y: result } = await session.run({ x: new Tensor('float32', numbers, shape) });
      const { def, context } = runOperator('DepthToSpace', { inputs: [{ shape }], attrs });
      const [note = ''] = def.formula!(context)!.notes;
      const said = Array.from({ length: 72 }, (_, i) =>
        channelOf(note, Math.floor(i / 24), Math.floor(i / 6) % 4, i % 6),
      );
      assert.deepEqual(said, [...(result!.data as Float32Array)], note);
    });
});
