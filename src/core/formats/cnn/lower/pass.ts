import type { FixableDiagnostic } from '../../../diagnostics/fix';
import type { LayerRun } from './wire';

/** What one pass over the text takes from the pass before. */
export interface PassOptions {
  /** Runs that decide the channels of an output: `width` leaves them alone. */
  readonly unscaled: ReadonlySet<number>;
  /** Max poolings whose indices somebody asks for. */
  readonly unpooled: ReadonlySet<number>;
}

export interface Problem {
  readonly problem: FixableDiagnostic;
  /** The layer it belongs to, where it has come so far. */
  readonly run: LayerRun | null;
}
