import type { ValueId } from '../ir/types';
import { pointwise } from '../ops/dependence';
import type { Facts, ReceptiveField } from './facts';
import type { Path } from './fieldPaths';
import type { Link } from './fieldLinks';
import { type FieldFacts, fieldSteps, type FieldSteps, type Step } from './fieldSteps';
import { fieldsOfSteps, type Meet } from './receptiveField';
import { spanOf } from './runs';

/** Of one unit, the longest side in pixels; without end where an axis is seen whole. */
const extentOf = (path: Path): number =>
  path.reduce(
    (most, reach) => (reach ? Math.max(most, ...reach.sets.map((set) => spanOf(set))) : Infinity),
    path.length ? 0 : Infinity,
  );

const longest = (paths: readonly Path[]): number => Math.max(...paths.map(extentOf));

/** Where paths meet, only the one that sees least goes on. */
const least: Meet = (parts) => {
  const [first, ...rest] = parts;
  if (first === undefined || parts.includes('unknown'))
    return { state: first === undefined ? null : 'unknown', offset: null };
  let best = first;
  for (const part of rest)
    if (part !== 'unknown' && best !== 'unknown' && longest(part.paths) < longest(best.paths)) best = part;
  return { state: best, offset: null };
};

/** Receptive fields along the shortest path alone (skips instead of blocks, the narrowest of the filters side by side); by ValueId. */
export function shortestFields(facts: Facts): readonly (ReceptiveField | null)[] {
  return fields(facts, fieldSteps(facts), least);
}

/**
 * Receptive fields of the same net with its pooling left out, so that only convolutions make them grow; by ValueId, null after
 * an upsampling, which would undo what is no longer done. Null as a whole where nothing is pooled.
 */
export function unpooledFields(facts: Facts): readonly (ReceptiveField | null)[] | null {
  const { steps, types } = fieldSteps(facts);
  const pooling = steps.filter((step) => familyOf(facts, step) === 'pooling' && step.links.some(isLocal));
  if (!pooling.length) return null;
  const pooled = new Set(pooling);
  const without = steps.map((step): Step => {
    if (familyOf(facts, step) === 'upsampling')
      return { ...step, links: step.links.map((link) => ({ ...link, dependence: null })) };
    if (!pooled.has(step)) return step;
    return { ...step, links: step.links.map((link) => (isLocal(link) ? leftOut(link) : link)) };
  });
  return fields(facts, { steps: without, types });
}

/** Global pooling is no window. */
const isLocal = ({ dependence, fromShape, toShape }: Link): boolean =>
  dependence !== null && !dependence.global && fromShape !== null && fromShape.length === toShape?.length;

function leftOut(link: Link): Link {
  const rank = link.fromShape?.length ?? 0;
  return { ...link, dependence: pointwise(rank, rank) };
}

/** Operators inside of branches and functions stay as they are. */
const familyOf = (facts: FieldFacts, { node }: Step): string | null =>
  facts.graph.nodes[node.id] === node ? (facts.nodes[node.id]?.def?.family ?? null) : null;

const fields = (facts: Facts, steps: FieldSteps, meet?: Meet): readonly (ReceptiveField | null)[] =>
  fieldsOfSteps(steps, facts.imageInput, () => undefined, meet).slice(0, facts.graph.values.length);

/** The longest side in pixels of the input; null where nothing is known, or an axis is seen whole. */
export function sideOf(fields: readonly (ReceptiveField | null)[], value: ValueId): number | null {
  const sizes = fields[value]?.size ?? [];
  const known = sizes.filter((size) => size !== null);
  return known.length && known.length === sizes.length ? Math.max(...known) : null;
}
