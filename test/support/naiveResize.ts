/** Resize along one axis, as ONNX's reference writes it down (onnx/reference/ops/op_resize.py), with doubles and no cleverness. */
export interface NaiveResize {
  readonly mode: 'nearest' | 'linear' | 'cubic';
  readonly coordinates: string;
  readonly rounding: string;
  readonly antialias: boolean;
  readonly excludeOutside: boolean;
  readonly scale: number;
  readonly output: number;
}

/** Noise of doubles must not decide whether a coordinate lies on a pixel. */
const settled = (x: number): number => Math.round(x * 1e9) / 1e9;

function coordinate(r: number, input: number, how: NaiveResize): number {
  const { coordinates, scale, output } = how;
  switch (coordinates) {
    case 'asymmetric':
      return r / scale;
    case 'align_corners':
      return output === 1 ? 0 : (r * (input - 1)) / (output - 1);
    case 'tf_half_pixel_for_nn':
      return (r + 0.5) / scale;
    case 'pytorch_half_pixel':
      return output === 1 ? 0 : (r + 0.5) / scale - 0.5;
    case 'half_pixel_symmetric': {
      const adjustment = output / (scale * input);
      return (input / 2) * (1 - adjustment) + (r + 0.5) / scale - 0.5;
    }
    default:
      return (r + 0.5) / scale - 0.5;
  }
}

function cubicWeight(distance: number): number {
  const [a, x] = [-0.75, Math.abs(distance)];
  if (x <= 1) return (a + 2) * x ** 3 - (a + 3) * x ** 2 + 1;
  return x < 2 ? a * x ** 3 - 5 * a * x ** 2 + 8 * a * x - 4 * a : 0;
}

function weight(distance: number, how: NaiveResize): number {
  const shrink = how.antialias ? Math.min(how.scale, 1) : 1;
  const x = settled(distance * shrink);
  return how.mode === 'linear' ? Math.max(0, 1 - Math.abs(x)) : cubicWeight(x);
}

function nearest(x: number, rounding: string): number {
  const below = Math.floor(x);
  const rest = settled(x - below);
  if (rounding === 'floor') return below;
  if (rounding === 'ceil') return Math.ceil(x);
  if (rest === 0.5) return rounding === 'round_prefer_floor' ? below : below + 1;
  return rest < 0.5 ? below : below + 1;
}

const inside = (i: number, extent: number): number => Math.min(Math.max(i, 0), extent - 1);

export function naiveResize(values: readonly number[], how: NaiveResize): readonly number[] {
  const extent = values.length;
  return Array.from({ length: how.output }, (_, r) => {
    const x = settled(coordinate(r, extent, how));
    if (how.mode === 'nearest') return values[inside(nearest(x, how.rounding), extent)] ?? 0;
    let total = 0;
    let weights = 0;
    for (let i = Math.floor(x) - 40; i <= x + 40; i++) {
      const w = how.excludeOutside && inside(i, extent) !== i ? 0 : weight(i - x, how);
      total += w * (values[inside(i, extent)] ?? 0);
      weights += w;
    }
    return weights ? total / weights : 0;
  });
}
