/** What the chart along the depth shows beside the scene. */
import type { Facts } from '../analysis/facts';
import { imageAxes, imageExtents } from '../analysis/imageAxes';
import { shortestFields, sideOf, unpooledFields } from '../analysis/pathFields';
import { size } from './numbers';

/** Beside the scene, for the chart along the depth; numbers by node, of the first output, in pixels of the input. */
export interface DepthFacts {
  /** The image: `3×224×224`; extents that are symbolic are 0, as in the scene. */
  readonly input: {
    readonly size: string;
    readonly channels: number | null;
    readonly spatial: readonly number[];
  } | null;
  /** What a unit sees along the shortest path; null where there is no field, or all of them see the input whole. */
  readonly shortest: readonly (number | null)[];
  /** What it would see without any pooling before it; null as a whole where nothing is pooled. */
  readonly unpooled: readonly (number | null)[] | null;
}

/** Asked for when the chart is opened: it folds the whole graph twice again. */
export function depthFacts(facts: Facts): DepthFacts {
  const { graph, imageInput, types } = facts;
  const shortest = shortestFields(facts);
  const unpooled = unpooledFields(facts);
  const first = graph.nodes.map((node) => node.outputs.find((value) => value !== null) ?? null);
  const type = imageInput === null ? null : (types[imageInput] ?? null);
  const shape = type?.shape ?? [];
  const places = imageAxes(shape);
  const channels = shape.length > 1 ? shape.find((_, axis) => axis > 0 && !places.includes(axis)) : null;
  return {
    input: type && {
      size: size(type),
      channels: typeof channels === 'number' ? channels : null,
      spatial: imageExtents(facts).map((extent) => extent ?? 0),
    },
    shortest: first.map((value) => (value === null ? null : sideOf(shortest, value))),
    unpooled: unpooled && first.map((value) => (value === null ? null : sideOf(unpooled, value))),
  };
}
