import type { Dependence } from './dependence';
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
