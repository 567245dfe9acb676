import type { Dim } from '../ir/dim';
import { contentsOf, countOf, flatPosition } from './contents';
import { scatterNdBase } from './gatherElements';
import type { Contents, OpDef, TypedContext } from './operator';

/** Exporters write assignments like `shape[2] = h` so: the positions are known, the values are extents. */
function evaluate(ctx: TypedContext): readonly (Contents | null)[] {
  const [data, indices, updates] = ctx.inputs.map((input) => input?.contents ?? null);
  const depth = indices?.shape.at(-1);
  if (!data || !indices || !updates || !depth || ctx.attrs.string('reduction', 'none') !== 'none') return [null];
  const piece = countOf(data.shape.slice(depth));
  const values: Dim[] = [...data.values];
  for (let k = 0; k * depth < indices.values.length; k++) {
    const index = indices.values.slice(k * depth, (k + 1) * depth);
    if (!index.every((i): i is number => typeof i === 'number')) return [null];
    const front = index.map((i, axis) => (i < 0 ? i + (data.shape[axis] ?? 0) : i));
    const start = flatPosition(front, data.shape.slice(0, depth)) * piece;
    if (start < 0 || start + piece > values.length) return [null];
    for (let i = 0; i < piece; i++) values[start + i] = updates.values[k * piece + i] ?? null;
  }
  return [contentsOf(data.dtype, data.shape, values)];
}

export const scatterNd: OpDef = { ...scatterNdBase, evaluate };
