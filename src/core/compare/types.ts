import type { Drawing } from '../view/scene';

/**
 * `changed`: another operator, other settings, parameters or inputs. `follows`: the operator is the same, but its sizes, cost or
 * receptive field are others, because something before it is.
 */
export type PairStatus = 'same' | 'follows' | 'changed';

export type DifferenceKind =
  'operator' | 'setting' | 'parameters' | 'inputs' | 'input size' | 'size' | 'dtype' | 'macs' | 'field';

export interface Difference {
  readonly kind: DifferenceKind;
  /** Of a setting: `strides`; of a graph's end: its name. */
  readonly name: string;
  /** '' where the one has none. */
  readonly before: string;
  readonly after: string;
  /** Of its own, rather than a consequence. */
  readonly own: boolean;
}

export interface Pair {
  /** NodeIds. */
  readonly before: number;
  readonly after: number;
  readonly status: PairStatus;
  readonly differences: readonly Difference[];
}

export interface Counts {
  readonly same: number;
  readonly follows: number;
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
}

export interface Comparison {
  readonly before: Drawing;
  readonly after: Drawing;
  /** In the order of the data, constants and shape arithmetic among them. */
  readonly pairs: readonly Pair[];
  /** NodeIds of the one model without a counterpart in the other. */
  readonly removed: readonly number[];
  readonly added: readonly number[];
  /** Inputs and outputs of the nets. */
  readonly ends: readonly Difference[];
  /** Of operators that work on the data. */
  readonly counts: Counts;
  /** Of constants and shape arithmetic: exporters differ in it while the net is the same. */
  readonly plumbing: Counts;
  /** The nets do the same; names, exporters and the elements of weights are not looked at. */
  readonly equal: boolean;
}
