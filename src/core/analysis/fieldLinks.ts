import type { Dim } from '../ir/dim';
import type { Node, NodeId, TensorType, ValueId } from '../ir/types';
import { type AxisLink, type AxisMap, type Dependence, pointwise } from '../ops/dependence';
import type { TypedContext } from '../ops/operator';
import type { NodeFacts } from './facts';

/** One output of a node leaning on one of its inputs. */
export interface Link {
  readonly node: NodeId;
  readonly from: ValueId;
  readonly to: ValueId;
  /** Null: nobody knows how, because nobody knows the operator. */
  readonly dependence: Dependence | null;
  readonly fromShape: readonly Dim[] | null;
  readonly toShape: readonly Dim[] | null;
}

/** Position 0 whatever the output position: how an extent of 1 is broadcast. */
export const readFirst: AxisMap = { kind: 'periodic', outPeriod: 1, inPeriod: 0, taps: [[0]], clamp: false };

export const isIdentity = (map: AxisMap): boolean =>
  map.kind === 'window' &&
  map.window.kernel === 1 &&
  map.window.stride === 1 &&
  map.window.padBegin === 0 &&
  Number.isFinite(map.window.dilation);

const rankOf = (type: TensorType | null | undefined): number | null => type?.shape?.length ?? null;

/** By ranks; half of a net's nodes are pointwise. */
const pointwiseRules = new Map<number, Dependence>();

/** The rule of operators that state none: pointwise from every input that is no constant. Null where a rank is unknown. */
function defaultDependence(ctx: TypedContext, input: number, output: number): Dependence | null {
  const inputRank = rankOf(ctx.inputs[input]?.type);
  const outputRank = rankOf(ctx.outputs[output]) ?? inputRank;
  if (inputRank === null || outputRank === null || inputRank > outputRank) return null;
  const key = inputRank * 64 + outputRank;
  let known = pointwiseRules.get(key);
  if (!known) pointwiseRules.set(key, (known = pointwise(inputRank, outputRank)));
  return known;
}

/** By output and input: how they lean on each other; `null`, not at all; `unknown`, nobody can say. */
type Rule = (output: number, input: number) => Dependence | null | 'unknown';

function ruleOf({ def, context }: NodeFacts): Rule {
  if (!def || !context) return () => 'unknown';
  if (!def.dependence) return (output, input) => defaultDependence(context, input, output) ?? 'unknown';
  try {
    const stated = def.dependence(context);
    return (output, input) => stated[output]?.[input] ?? null;
  } catch {
    // Rules are total by contract; should one not be, the fault stays with its node.
    return () => 'unknown';
  }
}

/** All links of a node from inputs that are not computed from constants alone. */
export function linksOf(
  node: Pick<Node, 'id' | 'inputs' | 'outputs'>,
  facts: NodeFacts | undefined,
  types: readonly (TensorType | null)[],
  constant: readonly boolean[],
): Link[] {
  const links: Link[] = [];
  const rule = facts ? ruleOf(facts) : () => 'unknown' as const;
  node.outputs.forEach((to, output) => {
    if (to === null) return;
    node.inputs.forEach((from, input) => {
      if (from === null || constant[from]) return;
      const found = rule(output, input);
      if (!found) return;
      const dependence = found === 'unknown' ? null : found;
      const [fromShape, toShape] = [types[from]?.shape ?? null, types[to]?.shape ?? null];
      links.push({ node: node.id, from, to, dependence, fromShape, toShape });
    });
  });
  return links;
}

/** How one axis of the input is read: along which axis of the output, and how. Null: as a whole. */
export interface AxisReading {
  readonly along: number;
  readonly map: AxisMap;
}

/**
 * For each of `axes` of the input, how it is read; several readings hold at once, none means as a whole. An axis that loses itself in a
 * flattened one is read whole: rows and columns laid out in one row, or an axis that repeats inside another. It still runs along an
 * output axis that it is the outer part of (the pixel shuffle by Reshape, Transpose, Reshape).
 */
export function readingsOf(link: Link, axes: readonly (number | null)[]): readonly (readonly AxisReading[])[] {
  const { dependence, fromShape, toShape } = link;
  const readings: AxisReading[][] = axes.map(() => []);
  if (!dependence) return readings;
  for (let along = 0; along < dependence.axes.length; along++) {
    const links = dependence.axes[along]!;
    for (const { from, map } of links) {
      const at = axes.indexOf(from);
      if (at < 0 || repeats(map) || (links.length > 1 && flattened(links, axes, fromShape))) continue;
      const broadcast = fromShape?.[from] === 1 && toShape !== null && toShape[along] !== 1 && isIdentity(map);
      readings[at]?.push({ along, map: broadcast ? readFirst : map });
    }
  }
  return readings;
}

/** Rows and columns, each of more than one position, in one axis. */
const flattened = (
  links: readonly AxisLink[],
  axes: readonly (number | null)[],
  shape: readonly Dim[] | null,
): boolean => links.filter((l) => axes.includes(l.from) && shape?.[l.from] !== 1).length > 1;

const repeats = (map: AxisMap): boolean => map.kind === 'periodic' && map.inPeriod === 0 && map.outPeriod > 1;
