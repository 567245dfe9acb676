const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** A number as the 16 bits of IEEE 754 binary16, rounded to the nearest, ties to even. */
export function toFloat16(value: number): number {
  float[0] = value;
  const word = bits[0]!;
  const sign = (word >>> 16) & 0x8000;
  const exponent = (word >>> 23) & 0xff;
  const fraction = word & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction ? 0x200 | (fraction >>> 13) : 0);
  const shifted = exponent - 112;
  if (shifted >= 31) return sign | 0x7c00;
  if (shifted <= 0) {
    if (shifted < -10) return sign;
    const whole = fraction | 0x800000;
    return sign | roundShift(whole, 14 - shifted);
  }
  // A carry out of the fraction goes on into the exponent, as it should.
  return sign | ((shifted << 10) + roundShift(fraction, 13));
}

function roundShift(value: number, by: number): number {
  const kept = value >>> by;
  const rest = value & ((1 << by) - 1);
  const half = 1 << (by - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}

export function fromFloat16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

export const encodeFloat16 = (values: ArrayLike<number>): Uint16Array<ArrayBuffer> =>
  Uint16Array.from(values, toFloat16);

export function decodeFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(halves.length);
  for (let at = 0; at < halves.length; at++) values[at] = fromFloat16(halves[at]!);
  return values;
}
