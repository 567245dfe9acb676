/** How far values reach on both sides of zero, from their bits: this runs over every value of every map before it is coloured. */
import { fromFloat16 } from '../../src/core/image/float16';

/** From the least value, or zero, to the largest, or zero. */
export interface Span {
  readonly min: number;
  readonly max: number;
}

/** Sign, and all bits of infinity: what lies above is no number. */
const SINGLE = { sign: 0x80000000 | 0, infinity: 0x7f800000 };
const HALF = { sign: -0x8000, infinity: 0x7c00 };

const [word, single] = (() => {
  const bits = new Int32Array(1);
  return [bits, new Float32Array(bits.buffer)] as const;
})();

/** The bits of 16-bit numbers; null for arrays of any others. */
export function halvesOf(data: ArrayLike<number>): Uint16Array | null {
  if (!ArrayBuffer.isView(data) || data instanceof Float32Array) return null;
  if (Object.prototype.toString.call(data) !== '[object Float16Array]') return null;
  return new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
}

/**
 * Numbers of IEEE 754 stand in the order of their bits, read as whole numbers: those above zero as they are, those below with their
 * sign flipped. Four at a time, or the loop would take longer than what is in it. Null where one is not finite.
 */
function spanOfBits(
  bits: Int32Array | Int16Array,
  from: number,
  length: number,
  { sign, infinity }: typeof SINGLE,
): readonly [below: number, above: number] | null {
  let above = sign;
  let below = sign;
  const end = from + length;
  let at = from;
  for (; at + 3 < end; at += 4) {
    const a = bits[at]!;
    const b = bits[at + 1]!;
    const c = bits[at + 2]!;
    const d = bits[at + 3]!;
    if (a > above) above = a;
    if (b > above) above = b;
    if (c > above) above = c;
    if (d > above) above = d;
    if ((a ^ sign) > below) below = a ^ sign;
    if ((b ^ sign) > below) below = b ^ sign;
    if ((c ^ sign) > below) below = c ^ sign;
    if ((d ^ sign) > below) below = d ^ sign;
  }
  for (; at < end; at++) {
    const a = bits[at]!;
    if (a > above) above = a;
    if ((a ^ sign) > below) below = a ^ sign;
  }
  return above >= infinity || below >= infinity ? null : [Math.max(0, below), Math.max(0, above)];
}

function fromSingle(bits: number): number {
  word[0] = bits;
  return single[0]!;
}

/** Null where there are values that are not finite. */
export function spanOf(data: ArrayLike<number>, from: number, length: number): Span | null {
  if (data instanceof Float32Array) {
    const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
    const found = spanOfBits(bits, from, length, SINGLE);
    return found && { min: 0 - fromSingle(found[0]), max: fromSingle(found[1]) };
  }
  const halves = halvesOf(data);
  if (halves) {
    const bits = new Int16Array(halves.buffer, halves.byteOffset, halves.length);
    const found = spanOfBits(bits, from, length, HALF);
    return found && { min: 0 - fromFloat16(found[0]), max: fromFloat16(found[1]) };
  }
  let min = 0;
  let max = 0;
  for (let at = from; at < from + length; at++) {
    const value = data[at]!;
    if (value - value !== 0) return null;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}
