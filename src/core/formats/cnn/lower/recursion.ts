import type { BlockSyntax } from '../syntax/program';
import type { LayerRun } from './wire';

/** Uses of blocks within uses of blocks: deeper than any net. */
const DEEPEST_CALL = 32;

/** A block that is used within itself would never end. */
export function isInside(run: LayerRun, block: BlockSyntax): boolean {
  let depth = 0;
  for (let { call } = run; call; { call } = call) if (call.block === block || ++depth > DEEPEST_CALL) return true;
  return false;
}
