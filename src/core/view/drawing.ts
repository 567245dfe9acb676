import type { Facts } from '../analysis/facts';
import type { NodeId } from '../ir/types';
import type { Grouping } from '../modules/groups';
import type { Flow } from './flow';
import type { SceneProblem } from './types';

/** What every view of one model shares; computed once per analysis. */
export interface Drawing {
  readonly facts: Facts;
  readonly flow: Flow;
  readonly grouping: Grouping;
  readonly problems: readonly SceneProblem[];
  /** Graphs inside of operators. */
  readonly bodies: readonly Body[];
}

/** A graph inside of an operator, drawn like a net of its own. */
export interface Body {
  readonly drawing: Drawing;
  /** What its first operator and first value are numbered in the scene. */
  readonly firstNode: number;
  readonly firstValue: number;
  /** The operator that runs it, by its number in the scene and in its own graph. */
  readonly owner: number;
  readonly ownerId: NodeId;
  /** `then_branch`; '' where an operator has one body only. */
  readonly branch: string;
  /** The body around; null for the main graph. */
  readonly outer: Body | null;
}
