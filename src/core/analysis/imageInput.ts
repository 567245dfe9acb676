import type { Dim } from '../ir/dim';
import type { Facts } from './facts';
import { imageAxes } from './imageAxes';
import type { DType, Graph, TensorType, ValueId } from '../ir/types';

const isColour = (d: Dim | undefined): boolean => d === 1 || d === 3 || d === 4;

/** Grey, colour or colour with transparency, channels first or last. */
const looksLikeImage = (shape: readonly Dim[]): boolean =>
  (shape.length === 4 || shape.length === 5) && (isColour(shape[1]) || isColour(shape.at(-1)));

const isMeasured = (dtype: DType | undefined): boolean => dtype !== undefined && /^(b?float|u?int8)/.test(dtype);

/**
 * The input receptive fields refer to: the one asked for, else the first image, else the first signal (sound is `[batch, samples]`,
 * and its net's states, with more axes, come after it), else the first.
 */
export function chooseImageInput(
  graph: Graph,
  types: readonly (TensorType | null)[],
  wanted: string | undefined,
): ValueId | null {
  const named = wanted === undefined ? undefined : graph.valueByName.get(wanted);
  if (named !== undefined && graph.inputs.includes(named)) return named;
  const shapeOf = (id: ValueId): readonly Dim[] => types[id]?.shape ?? [];
  return (
    graph.inputs.find((id) => looksLikeImage(shapeOf(id))) ??
    graph.inputs.find((id) => shapeOf(id).length >= 2 && isMeasured(types[id]?.dtype)) ??
    graph.inputs[0] ??
    null
  );
}

/** Inputs that a receptive field can refer to: measured things with space or time in them. In the order of the file. */
export function fieldInputs({
  graph,
  types,
  imageInput,
}: Pick<Facts, 'graph' | 'types' | 'imageInput'>): readonly ValueId[] {
  return graph.inputs.filter((id) => {
    const { shape, dtype } = types[id] ?? { shape: null };
    return (
      id === imageInput || (isMeasured(dtype) && shape !== null && shape.length >= 2 && imageAxes(shape).length > 0)
    );
  });
}
