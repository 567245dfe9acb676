import fc from 'fast-check';
import { type AxisMap, type Dependence, pointwise, same, sliced, type Window } from '../../src/core/ops/dependence';
import type { FieldLayer, FieldNet } from './fieldNet';

/** Random stacks and small DAGs over a picture of one or two axes; the channel axis is left to one channel, read as a whole. */
export interface NetOptions {
  readonly axes: number;
  /** Border modes and clamping bend the field at the border; without them the borderless field is periodic. */
  readonly bends: boolean;
}

interface AxisStep {
  readonly map: AxisMap;
  readonly extent: number;
}

const longest = 24;

const window = (kernel: number, stride: number, dilation: number, padBegin: number, padEnd: number): Window => ({
  kernel,
  stride,
  dilation,
  padBegin,
  padEnd,
});

/** How one axis of this extent may go on. */
function stepsOn(extent: number, bends: boolean): fc.Arbitrary<AxisStep> {
  const small = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
  const slide = fc
    .tuple(small(1, 4), small(1, 3), small(1, 3), small(0, 2), small(0, 2))
    .map(([k, s, d, a, b]): AxisStep => {
      const room = extent + a + b - (k - 1) * d - 1;
      return room < 0
        ? { map: same, extent }
        : { map: { kind: 'window', window: window(k, s, d, a, b) }, extent: Math.floor(room / s) + 1 };
    });
  const spread = fc.tuple(small(1, 4), small(1, 3), small(1, 2), small(0, 1)).map(([k, s, d, a]): AxisStep => {
    const made = (extent - 1) * s + (k - 1) * d + 1 - 2 * a;
    return made < 1 || made > longest
      ? { map: same, extent }
      : { map: { kind: 'transposed', window: window(k, s, d, a, a) }, extent: made };
  });
  const resized = fc
    .tuple(small(1, 3), small(1, 2), fc.array(fc.array(small(-1, 2), { maxLength: 3 }), { minLength: 3, maxLength: 3 }))
    .map(([outPeriod, inPeriod, taps]): AxisStep => {
      const made = Math.floor((extent * outPeriod) / inPeriod);
      const map: AxisMap = { kind: 'periodic', outPeriod, inPeriod, taps: taps.slice(0, outPeriod), clamp: bends };
      return made < 1 || made > longest ? { map: same, extent } : { map, extent: made };
    });
  const cut = fc
    .tuple(small(0, 3), small(1, 2))
    .map(([start, step]): AxisStep =>
      start >= extent
        ? { map: same, extent }
        : { map: sliced(start, step), extent: Math.ceil((extent - start) / step) },
    );
  const flip = fc.constant<AxisStep>({ map: sliced(extent - 1, -1), extent });
  const border = fc
    .tuple(small(0, 2), fc.constantFrom('reflect' as const, 'edge' as const, 'wrap' as const))
    .map(([before, mode]): AxisStep =>
      before >= extent
        ? { map: same, extent }
        : { map: { kind: 'border', before, mode }, extent: Math.min(longest, extent + 2 * before) },
    );
  return bends
    ? fc.oneof(slide, slide, spread, resized, cut, flip, border)
    : fc.oneof(slide, slide, slide, spread, resized, cut);
}

/** What a step of the net does; `a` and `b` choose among the values there are. */
type Move = 'steps' | 'join' | 'global' | 'transpose';

export function nets(options: NetOptions): fc.Arbitrary<FieldNet> {
  const extents = fc.array(fc.integer({ min: 3, max: options.axes === 1 ? 20 : 8 }), {
    minLength: options.axes,
    maxLength: options.axes,
  });
  const moves: fc.Arbitrary<Move> = options.bends
    ? fc.constantFrom('steps', 'steps', 'steps', 'join', 'join', 'global', 'transpose')
    : fc.constantFrom('steps', 'steps', 'steps', 'join');
  return extents.chain((first) =>
    fc
      .array(fc.record({ move: moves, a: fc.nat(20), b: fc.nat(20), seeds: fc.infiniteStream(fc.nat()) }), {
        minLength: 1,
        maxLength: 6,
      })
      .chain((plan) => grow({ image: [1, 1, ...first], layers: [] }, plan, options)),
  );
}

interface Planned {
  readonly move: Move;
  readonly a: number;
  readonly b: number;
}

function grow(net: FieldNet, plan: readonly Planned[], options: NetOptions): fc.Arbitrary<FieldNet> {
  const [next, ...rest] = plan;
  if (!next) return fc.constant(net);
  return layer(net, next, options).chain((made) => grow({ ...net, layers: [...net.layers, made] }, rest, options));
}

const shapeOf = (net: FieldNet, value: number): readonly number[] =>
  value === 0 ? net.image : net.layers[value - 1]!.shape;

/** Mostly the newest value, sometimes an older one: chains with branches. */
function layer(net: FieldNet, { move, a, b }: Planned, options: NetOptions): fc.Arbitrary<FieldLayer> {
  const count = net.layers.length + 1;
  const value = a % 3 ? count - 1 : a % count;
  const shape = shapeOf(net, value);
  const rank = shape.length;
  if (move === 'join') {
    const others = Array.from({ length: count }, (_, i) => i).filter((v) => String(shapeOf(net, v)) === String(shape));
    const other = others[b % others.length]!;
    const dependence = pointwise(rank, rank);
    return fc.constant({
      shape,
      inputs: [
        { value, dependence },
        { value: other, dependence },
      ],
    });
  }
  if (move === 'global') {
    const axes = shape.map((_, i) =>
      i < 2 ? [{ from: i, map: same }] : [{ from: i, map: { kind: 'whole' } as const }],
    );
    return fc.constant({
      shape: shape.map((d, i) => (i < 2 ? d : 1)),
      inputs: [{ value, dependence: { axes, global: true } }],
    });
  }
  if (move === 'transpose' && rank === 4) {
    const axes: Dependence['axes'] = [0, 1, 3, 2].map((from) => [{ from, map: same }]);
    return fc.constant({
      shape: [shape[0]!, shape[1]!, shape[3]!, shape[2]!],
      inputs: [{ value, dependence: { axes } }],
    });
  }
  return fc.tuple(...shape.slice(2).map((extent) => stepsOn(extent, options.bends))).map((steps) => ({
    shape: [1, 1, ...steps.map((s) => s.extent)],
    inputs: [
      {
        value,
        dependence: { axes: [[{ from: 0, map: same }], [], ...steps.map((s, i) => [{ from: i + 2, map: s.map }])] },
      },
    ],
  }));
}
