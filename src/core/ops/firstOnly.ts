import { along, type Dependence } from './dependence';
import type { TypedContext } from './operator';

/** For a rule that cannot say how an output leans on an input: it may read all of it. Silence would mean that it reads nothing. */
export const everywhere = (rank: number | undefined): Dependence => ({
  axes: Array.from({ length: rank ?? 0 }, () => []),
  global: true,
});

/** Only the first input carries the picture; the others are sizes, indices, limits. */
export function firstOnly(
  ctx: TypedContext,
  dependence: Dependence | null | undefined,
  output = 0,
): readonly (Dependence | null)[] {
  return [dependence ?? everywhere(ctx.outputs[output]?.shape?.length), ...ctx.inputs.slice(1).map(() => null)];
}

/** Only the batch stays apart: every position may read every other of its own sample. */
export function batchOnly(ctx: TypedContext, input = 0, output = 0): Dependence {
  const [from, to] = [ctx.inputs[input]?.type?.shape?.length ?? 0, ctx.outputs[output]?.shape?.length];
  if (from === 0) return everywhere(to);
  return { axes: Array.from({ length: to ?? 0 }, (_, i) => (i ? [] : along(0))), global: true };
}
