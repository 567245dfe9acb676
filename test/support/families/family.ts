import { floats, type FieldOptions, type Sizes } from '../everyTensor';
import type { ConstantSpec, ModelSpec, NodeSpec } from '../onnxModel';

/** Nets of the families people open, a few layers each, with what is particular about them. */
export interface Family extends Omit<FieldOptions, 'image'> {
  /** Statistics over the whole picture are no field of a unit's own: what changes a unit is then more than what it is said to see. */
  readonly typesOnly?: boolean;
  readonly spec: ModelSpec;
  readonly sizes: Sizes;
}

export const weight = (...shape: readonly number[]): ConstantSpec => ({
  shape,
  floats: floats(
    shape,
    shape.reduce((seed, d) => seed * 31 + d, 7),
  ),
});
export const ints = (...values: readonly number[]): ConstantSpec => ({ shape: [values.length], ints: values });
export const reals = (...values: readonly number[]): ConstantSpec => ({ shape: [values.length], floats: values });
export const node = (
  op: string,
  inputs: readonly string[],
  outputs: string | readonly string[],
  attrs: NodeSpec['attrs'] = {},
): NodeSpec => ({ op, inputs, outputs: typeof outputs === 'string' ? [outputs] : outputs, attrs });

export const same3 = { pads: [1, 1, 1, 1] } as const;
