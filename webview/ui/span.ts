/** How far values reach on both sides of zero, from their bits: this runs over every value of every map before it is coloured. */
import { fromFloat16 } from '../../src/core/image/float16';

/** From the least value, or zero, to the largest, or zero. */
export interface Span {
  readonly min: number;
  readonly max: number;
}

/** The sign of a number, at the top of a word. A constant: taken from anywhere else it would be compared as a fraction, at twice the time. */
const SIGN = 0x80000000 | 0;
/** All bits of infinity, at the top of a word: what lies above is no number. */
const INFINITE = { single: 0x7f800000, half: 0x7c000000 };

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

/** The largest so far, as words, of those above zero and of those below it with their sign flipped. */
interface Reach {
  above: number;
  below: number;
}

/**
 * Numbers of IEEE 754 stand in the order of their bits, read as whole numbers: those above zero as they are, those below with their
 * sign flipped. What `shift` leaves at the top of a word decides. Four at a time, or the loop would take longer than what is in it.
 */
function reachOf(words: Int32Array, from: number, end: number, shift: number, reach: Reach): void {
  let above = SIGN;
  let below = SIGN;
  let at = from;
  for (; at + 3 < end; at += 4) {
    const a = words[at]! << shift;
    const b = words[at + 1]! << shift;
    const c = words[at + 2]! << shift;
    const d = words[at + 3]! << shift;
    if (a > above) above = a;
    if (b > above) above = b;
    if (c > above) above = c;
    if (d > above) above = d;
    if ((a ^ SIGN) > below) below = a ^ SIGN;
    if ((b ^ SIGN) > below) below = b ^ SIGN;
    if ((c ^ SIGN) > below) below = c ^ SIGN;
    if ((d ^ SIGN) > below) below = d ^ SIGN;
  }
  for (; at < end; at++) {
    const a = words[at]! << shift;
    if (a > above) above = a;
    if ((a ^ SIGN) > below) below = a ^ SIGN;
  }
  reach.above = Math.max(reach.above, above);
  reach.below = Math.max(reach.below, below);
}

/** Words that stay at hand in the processor until they are read again. */
const BLOCK = 4096;

/** Two halves a word: the upper decides as it is, the lower shifted up. */
function reachOfHalves(halves: Uint16Array, from: number, length: number): Reach {
  const reach = { above: SIGN, below: SIGN };
  const single = (at: number): void => reachOf(Int32Array.of(halves[at]!), 0, 1, 16, reach);
  const odd = (halves.byteOffset / 2 + from) % 2;
  if (odd && length > 0) single(from);
  const rest = Math.max(0, length - odd);
  const words = new Int32Array(halves.buffer, halves.byteOffset + 2 * (from + odd), rest >> 1);
  for (let at = 0; at < words.length; at += BLOCK) {
    const end = Math.min(words.length, at + BLOCK);
    reachOf(words, at, end, 0, reach);
    reachOf(words, at, end, 16, reach);
  }
  if (rest % 2) single(from + length - 1);
  return reach;
}

function fromSingle(bits: number): number {
  word[0] = bits;
  return single[0]!;
}

function spanBetween({ above, below }: Reach, infinite: number, read: (bits: number) => number): Span | null {
  if (above >= infinite || below >= infinite) return null;
  return { min: 0 - read(Math.max(0, below)), max: read(Math.max(0, above)) };
}

/** Null where there are values that are not finite. */
export function spanOf(data: ArrayLike<number>, from: number, length: number): Span | null {
  if (data instanceof Float32Array) {
    const reach = { above: SIGN, below: SIGN };
    reachOf(new Int32Array(data.buffer, data.byteOffset, data.length), from, from + length, 0, reach);
    return spanBetween(reach, INFINITE.single, fromSingle);
  }
  const halves = halvesOf(data);
  if (halves)
    return spanBetween(reachOfHalves(halves, from, length), INFINITE.half, (bits) => fromFloat16(bits >>> 16));
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
