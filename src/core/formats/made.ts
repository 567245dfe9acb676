import type { Recipe } from '../ir/types';

/** Knuth's multiplicative step: neighbouring indices must not give neighbouring hashes. */
const STEP = 0x9e3779b9;

/** The finaliser of MurmurHash3 over seed and index: 32 well mixed bits, in integer arithmetic every engine agrees on. */
function mixed(seed: number, index: number): number {
  let h = (seed + Math.imul(index + 1, STEP)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Elements `[from, from + count)` of a made constant, as float32. */
export function madeNumbers(recipe: Recipe, from: number, count: number): Float32Array<ArrayBuffer> {
  const numbers = new Float32Array(count);
  if (recipe.kind === 'cycle') {
    const { values } = recipe;
    for (let i = 0; i < count; i++) numbers[i] = values[(from + i) % values.length] ?? 0;
  } else {
    const { seed, limit } = recipe;
    // 2⁻³¹ takes the 32 bits to [0, 2): less one, that is evenly spread around zero.
    for (let i = 0; i < count; i++) numbers[i] = (mixed(seed, from + i) * 2 ** -31 - 1) * limit;
  }
  return numbers;
}
