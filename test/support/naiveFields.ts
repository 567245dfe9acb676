import type { FieldNet } from './fieldNet';
import { allPositions, readsAt } from './reads';

/**
 * The oracle: light one pixel of the image after the other and push it forward through the net, position by position. No formula of
 * receptive fields, no ranges, no strides. All pixels travel together as bits of one big number per position.
 */
export function litBy(net: FieldNet): readonly (readonly bigint[])[] {
  const pixels = allPositions(net.image).map((_, i) => 1n << BigInt(i));
  const values: (readonly bigint[])[] = [pixels];
  const shapes = [net.image];
  for (const layer of net.layers) {
    const made = allPositions(layer.shape).map((position) =>
      layer.inputs.reduce((bits, { value, dependence }) => {
        const reads = readsAt(dependence, position, shapes[value]!);
        return reads.reduce((all, flat) => all | values[value]![flat]!, bits);
      }, 0n),
    );
    values.push(made);
    shapes.push(layer.shape);
  }
  return values;
}

/** Positions of the bits, in order. */
export function bitsOf(bits: bigint): readonly number[] {
  const found: number[] = [];
  for (let i = 0, rest = bits; rest; i++, rest >>= 1n) if (rest & 1n) found.push(i);
  return found;
}
