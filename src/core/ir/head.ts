import { t } from '../l10n/l10n';
import type { GraphBuilder } from './builder';
import type { Attr, DType, Recipe, TensorType } from './types';

/** A new end for a net that was cut: what it tells apart is learned anew. */
export interface HeadPlan {
  readonly classes: number;
  /** The same seed begins with the same weights, on every machine. */
  readonly seed: number;
  /** Probabilities instead of scores. */
  readonly softmax: boolean;
}

/** Axes of the tensor a head is put onto; the mean is taken over all others. */
export interface HeadPlace {
  readonly batch: number;
  readonly features: number;
}

export interface NewHead extends HeadPlan {
  readonly place: HeadPlace;
}

/** Numbers of one weight: beyond, the file would be larger than a file of this format may be. */
const MOST_WEIGHTS = 5e8;
/** What can be made 32-bit floats, which the head computes with. */
const FLOATS: ReadonlySet<DType> = new Set<DType>(['float32', 'float16', 'bfloat16', 'float64']);
const FLOAT32 = 1;

/** Features of what a head is put onto, or why none can be. */
export function headChannels(type: TensorType | null, place: HeadPlace | string): number | string {
  if (!type || !FLOATS.has(type.dtype)) return t('A head needs numbers with a fraction.');
  if (typeof place === 'string') return place;
  const channels = type.shape?.[place.features];
  if (typeof channels !== 'number' || channels < 1) return t('A head needs to know how many channels there are.');
  return channels;
}

/** Synapses of a head: one from each channel to each class, and a bias for each class. */
export const headSynapses = (channels: number, classes: number): number => (channels + 1) * classes;

/** Whether a number of classes makes a head that can be stored. */
export const isClasses = (channels: number, classes: number): boolean =>
  Number.isInteger(classes) && classes >= 1 && channels * classes <= MOST_WEIGHTS;

const int = (value: number): Attr => ({ kind: 'int', value });

/**
 * Puts the mean over all other axes (where there are any) and a dense layer behind a tensor; gives the name of the result. He's
 * start: evenly within ±√(6 / channels). `taken` knows names in use; `opset` is ONNX's.
 */
export function addHead(
  builder: GraphBuilder,
  tensor: string,
  type: TensorType,
  { classes, seed, softmax, place }: NewHead,
  { opset, taken }: { readonly opset: number; readonly taken: (name: string) => boolean },
): string {
  const channels = headChannels(type, place);
  if (typeof channels === 'string') throw new Error(channels);
  let base = 'head';
  const parts = ['', '.weight', '.bias', '_float', '_order', '_pool', '_flatten', '_softmax'];
  for (let n = 2; parts.some((part) => taken(base + part)); n++) base = `head${n}`;
  const node = (op: string, part: string, inputs: readonly string[], attrs: Readonly<Record<string, Attr>>): string => {
    const name = base + part;
    builder.node({ name, op, inputs, outputs: [name], attrs: new Map(Object.entries(attrs)) });
    return name;
  };
  const weight = (part: string, shape: readonly number[], recipe: Recipe): string => {
    const elements = { kind: 'made', recipe } as const;
    builder.constant(base + part, { dtype: 'float32', shape, elements }, { dtype: 'float32', shape });
    return base + part;
  };
  let at = tensor;
  if (type.dtype !== 'float32') {
    // Types were words before opset 6.
    const to: Attr = opset < 6 ? { kind: 'string', value: 'FLOAT' } : int(FLOAT32);
    at = node('Cast', '_float', [at], { to });
  }
  const rank = type.shape?.length ?? 0;
  const order = [place.batch, place.features];
  for (let axis = 0; axis < rank; axis++) if (!order.includes(axis)) order.push(axis);
  // Pooling takes the mean over what comes behind batch and channels.
  if (order.some((axis, to) => axis !== to))
    at = node('Transpose', '_order', [at], { perm: { kind: 'ints', value: order } });
  if (rank > 2) {
    at = node('GlobalAveragePool', '_pool', [at], {});
    at = node('Flatten', '_flatten', [at], { axis: int(1) });
  }
  const limit = Math.sqrt(6 / channels);
  const weights = weight('.weight', [classes, channels], { kind: 'uniform', seed, limit });
  const bias = weight('.bias', [classes], { kind: 'cycle', values: [0] });
  // Before opset 7 nothing was broadcast unless that was said.
  const broadcast = opset < 7 ? { broadcast: int(1) } : {};
  at = node('Gemm', '', [at, weights, bias], { transB: int(1), ...broadcast });
  if (softmax) at = node('Softmax', '_softmax', [at], { axis: int(1) });
  builder.output(at, { dtype: 'float32', shape: [type.shape?.[place.batch] ?? null, classes] });
  return at;
}
