import type { OpDef } from '../ops/operator';
import type { Elements, Runs } from './elements';
import type { Explanation, Unexplained } from './explanation';
import type { UnitContext } from './unitContext';

/** Works out single units of one operator. */
export interface Explainer {
  readonly def: OpDef;
  /** Which elements of each input this unit needs; null or left out: all of them. Only worth saying for what may be large and stored. */
  reads?(ctx: UnitContext, place: readonly number[]): readonly (Runs | null)[];
  /** `inputs` hold at least what `reads` asked for; null where an input was left out. */
  explain(ctx: UnitContext, place: readonly number[], inputs: readonly (Elements | null)[]): Explanation | Unexplained;
}
