import fc from 'fast-check';
import { noise, oneNode, unitsHold, type UnitCase } from '../../support/explainRun';
import type { ConstantSpec, ModelSpec } from '../../support/onnxModel';

const per = (rank: number, min: number, max: number) =>
  fc.array(fc.integer({ min, max }), { minLength: rank, maxLength: rank });
const byte = fc.constantFrom('uint8', 'int8');
type Byte = 'uint8' | 'int8';

/** A zero point somewhere within the type; weights are signed with 0, as exporters make them, or of any kind. */
const zeroOf = (dtype: Byte, at: number): number => (dtype === 'uint8' ? at : at - 128);
const scalar = (value: number): ConstantSpec => ({ shape: [], floats: [value] });
const point = (dtype: Byte, values: readonly number[], shape: readonly number[] = []): ConstantSpec => ({
  shape,
  ints: values,
  dtype,
});
const bytes = (dtype: Byte, shape: readonly number[], seed: number): ConstantSpec => ({
  shape,
  ints: [
    ...noise(
      shape.reduce((p, d) => p * d, 1),
      seed,
    ),
  ].map((value) => Math.round(value * 30) + (dtype === 'uint8' ? 128 : 0)),
  dtype,
});

const quantisedConv = fc.integer({ min: 1, max: 2 }).chain((rank) =>
  fc
    .record({
      integer: fc.boolean(),
      group: fc.integer({ min: 1, max: 3 }),
      inPerGroup: fc.integer({ min: 1, max: 3 }),
      outPerGroup: fc.integer({ min: 1, max: 2 }),
      spatial: per(rank, 4, 8),
      kernel: per(rank, 1, 3),
      strides: per(rank, 1, 2),
      dilations: per(rank, 1, 2),
      pads: per(2 * rank, 0, 2),
      x: byte,
      xZero: fc.integer({ min: 0, max: 255 }),
      yZero: fc.integer({ min: 0, max: 255 }),
      perChannel: fc.boolean(),
      bias: fc.boolean(),
    })
    .map((c): UnitCase => {
      const channels = c.group * c.outPerGroup;
      const attrs = {
        group: c.group,
        strides: c.strides,
        dilations: c.dilations,
        pads: c.pads,
        kernel_shape: c.kernel,
      };
      const shared: Record<string, ConstantSpec> = {
        xz: point(c.x, [zeroOf(c.x, c.xZero)]),
        w: bytes('int8', [channels, c.inPerGroup, ...c.kernel], 3),
        wz: point('int8', [0]),
      };
      const base = {
        opset: 13,
        inputs: { x: [2, c.group * c.inPerGroup, ...c.spatial] },
        inputTypes: { x: c.x },
        outputs: ['y'],
      };
      if (c.integer)
        return {
          spec: {
            ...base,
            constants: shared,
            nodes: [{ op: 'ConvInteger', inputs: ['x', 'w', 'xz', 'wz'], outputs: ['y'], attrs }],
            outputTypes: { y: 'int32' },
          },
        };
      const scales = Array.from({ length: channels }, (_, i) => 0.01 + 0.003 * i);
      const zeros = scales.map(() => 0);
      const spec: ModelSpec = {
        ...base,
        constants: {
          ...shared,
          xs: scalar(0.05),
          ws: c.perChannel ? { shape: [channels], floats: scales } : scalar(0.02),
          wz: c.perChannel ? point('int8', zeros, [channels]) : point('int8', [0]),
          ys: scalar(0.4),
          yz: point(c.x, [zeroOf(c.x, c.yZero)]),
          b: { shape: [channels], ints: scales.map((_, i) => 900 * (i - 1)), dtype: 'int32' },
        },
        nodes: [
          {
            op: 'QLinearConv',
            inputs: ['x', 'xs', 'xz', 'w', 'ws', 'wz', 'ys', 'yz', ...(c.bias ? ['b'] : [])],
            outputs: ['y'],
            attrs,
          },
        ],
        outputTypes: { y: c.x },
      };
      return { spec };
    }),
);

describe('units of quantised layers', function () {
  this.timeout(120_000);

  it('QLinearConv and ConvInteger, whatever the attributes', () => unitsHold(quantisedConv, 160, 100));

  it('QLinearMatMul and MatMulInteger', () =>
    unitsHold(
      fc
        .record({
          integer: fc.boolean(),
          rows: fc.integer({ min: 1, max: 5 }),
          inner: fc.integer({ min: 1, max: 30 }),
          columns: fc.integer({ min: 1, max: 5 }),
          x: byte,
          zero: fc.integer({ min: 0, max: 255 }),
        })
        .map(({ integer, rows, inner, columns, x, zero }): UnitCase => {
          const constants: Record<string, ConstantSpec> = {
            xz: point(x, [zeroOf(x, zero)]),
            w: bytes('int8', [inner, columns], 5),
            wz: point('int8', [0]),
            xs: scalar(0.05),
            ws: scalar(0.02),
            ys: scalar(0.3),
            yz: point(x, [zeroOf(x, 100)]),
          };
          const names = integer ? ['x', 'w', 'xz', 'wz'] : ['x', 'xs', 'xz', 'w', 'ws', 'wz', 'ys', 'yz'];
          return {
            spec: {
              opset: 13,
              inputs: { x: [rows, inner] },
              inputTypes: { x },
              constants: Object.fromEntries(Object.entries(constants).filter(([name]) => names.includes(name))),
              nodes: [{ op: integer ? 'MatMulInteger' : 'QLinearMatMul', inputs: names, outputs: ['y'] }],
              outputs: ['y'],
              outputTypes: { y: integer ? 'int32' : x },
            },
          };
        }),
      100,
      90,
    ));

  it('QuantizeLinear and DequantizeLinear, one scale for all or one per channel', () =>
    unitsHold(
      fc
        .record({
          back: fc.boolean(),
          dtype: byte,
          shape: fc.tuple(
            fc.integer({ min: 1, max: 3 }),
            fc.integer({ min: 1, max: 4 }),
            fc.integer({ min: 1, max: 6 }),
          ),
          axis: fc.integer({ min: -3, max: 2 }),
          perAxis: fc.boolean(),
        })
        .map(({ back, dtype, shape, axis, perAxis }): UnitCase => {
          const count = shape[axis < 0 ? axis + 3 : axis]!;
          const scales = Array.from({ length: count }, (_, i) => 0.011 + 0.007 * i);
          const zeros = scales.map((_, i) => zeroOf(dtype, 90 + 13 * i));
          const spec: ModelSpec = {
            ...oneNode(back ? 'DequantizeLinear' : 'QuantizeLinear', { x: shape }, { axis }),
            ...(back ? { inputTypes: { x: dtype } } : { outputTypes: { y: dtype } }),
            constants: {
              s: perAxis ? { shape: [count], floats: scales } : scalar(0.013),
              z: perAxis ? point(dtype, zeros, [count]) : point(dtype, [zeroOf(dtype, 77)]),
            },
          };
          return { spec: { ...spec, nodes: [{ ...spec.nodes[0]!, inputs: ['x', 's', 'z'] }] } };
        }),
      100,
      100,
    ));
});
