/** What the microscope asks, and what it is told. Implemented by webview/lens; panels know only this. */
import type { Agreement } from '../../src/core/explain/agreement';
import type { Explanation, Gathered, Unexplained } from '../../src/core/explain/explanation';
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

/** An operator that works on the layer's own output, in its box. */
export interface After {
  /** `BN`, `ReLU`. */
  readonly title: string;
  /** How an activation is written, `max(0, ·)`; null for others. */
  readonly activation: string | null;
  readonly explanation: Explanation;
  /** Its first line is the last one of the operator before. */
  readonly continues: boolean;
  readonly runtime: number | null;
  readonly agreement: Agreement | null;
}

/** The max pooling that kept the index a max unpooling puts a value back by. */
export interface KeptBy {
  readonly node: SceneNode;
  readonly unit: readonly number[];
  /** Its window, with the winner. */
  readonly window: Gathered;
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
  /** What is drawn as part of the layer, in the order of the data: normalisation, shift, activation. */
  readonly after: readonly After[];
  /** With this unit's indices; null where the operator has none that could take them. */
  readonly formula: FormulaView | null;
  /** Per spatial axis how far the window moves from one unit to the next; empty without windows. */
  readonly strides: readonly number[];
  /** Null for other operators, where no index points at the unit, and where the indices come from elsewhere. */
  readonly keptBy: KeptBy | null;
}

export interface Lens {
  /** How this unit came about, or why that cannot be told. */
  explain(node: SceneNode, place: UnitPlace): Promise<UnitAnswer | Unexplained>;
}
