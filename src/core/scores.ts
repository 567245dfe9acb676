/** What a classifier's output says: which classes are the most probable ones. */

interface Output {
  readonly dims: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Names of the classes in order; null where nobody knows them. */
type Labels = { readonly names: readonly string[] } | null;

/** One class of the most probable. */
export interface Scored {
  readonly index: number;
  readonly label: string | null;
  readonly probability: number;
}

/** A classifier's output is a vector: one extent above 1, all others 1. */
export const isScores = ({ dims, data }: Output): boolean =>
  data.length >= 2 && dims.filter((extent) => extent !== 1).length === 1;

/** Scores as probabilities: left alone when they are already, else through softmax. */
export function probabilities(scores: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(scores);
  const sum = values.reduce((total, value) => total + value, 0);
  if (values.every((value) => value >= 0 && value <= 1.001) && Math.abs(sum - 1) < 0.02) return values;
  const top = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const powers = values.map((value) => Math.exp(value - top));
  const total = powers.reduce((all, value) => all + value, 0);
  return powers.map((value) => value / total);
}

/** The label of a class; lists of 1000 labels also serve outputs of 1001 classes, whose first is "background". */
function labelOf(labels: Labels, index: number, classes: number): string | null {
  if (!labels) return null;
  const { names } = labels;
  if (names.length === classes) return names[index] ?? null;
  if (names.length === classes - 1) return index === 0 ? 'background' : (names[index - 1] ?? null);
  return null;
}

/** The most probable classes, `count` of them; null when the output is no classifier's or has no finite values. */
export function topClasses(output: Output, labels: Labels, count = 5): readonly Scored[] | null {
  if (!isScores(output)) return null;
  const values = probabilities(output.data);
  if (!values.every(Number.isFinite)) return null;
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b);
  return order.slice(0, count).map((index) => ({
    index,
    label: labelOf(labels, index, values.length),
    probability: values[index]!,
  }));
}
