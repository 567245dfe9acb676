/** What the microscope asks, and what it is told. Implemented by webview/lens; panels know only this. */
import type { Agreement } from '../../src/core/explain/agreement';
import type { Explanation, Unexplained } from '../../src/core/explain/explanation';
import type { FormulaView, SceneNode } from '../../src/core/view/types';

/** A unit as the maps show it: channel, and one position per spatial axis. */
export interface UnitPlace {
  readonly channel: number;
  readonly unit: readonly number[];
}

export interface UnitTensor {
  readonly value: number;
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Stored weights, not a tensor of the run. */
  readonly constant: boolean;
}

export interface UnitAnswer {
  readonly kind: 'answer';
  readonly node: SceneNode;
  /** Null where the input was left out. */
  readonly inputs: readonly (UnitTensor | null)[];
  readonly output: UnitTensor;
  readonly explanation: Explanation;
  /** What the runtime computed; null where it would not give the tensor out. */
  readonly runtime: number | null;
  readonly agreement: Agreement | null;
  /** The activation fused to the layer. */
  readonly activation: {
    readonly title: string;
    /** `max(0, ·)`. */
    readonly text: string;
    readonly value: number;
    readonly runtime: number | null;
    readonly agreement: Agreement | null;
  } | null;
  /** With this unit's indices; null where the operator has none that could take them. */
  readonly formula: FormulaView | null;
  /** Per spatial axis how far the window moves from one unit to the next; empty without windows. */
  readonly strides: readonly number[];
}

export interface Lens {
  /** How this unit came about, or why that cannot be told. */
  explain(node: SceneNode, place: UnitPlace): Promise<UnitAnswer | Unexplained>;
}
