/** The net that a chapter speaks of, and how its layers are found in it: a student may have changed it. */
import type { Facts } from '../analysis/facts';
import { fieldPlan, type FieldPlan } from '../analysis/fieldPlan';
import { isLayer } from '../analysis/gradientPath';
import type { Node, ValueId } from '../ir/types';
import { t } from '../l10n/l10n';
import type { Drawing } from '../view/scene';
import type { CourseBlock, CourseRequest, CourseStep } from './types';

export interface CourseNet extends CourseRequest {
  readonly facts: Facts;
  readonly drawing: Drawing;
}

export interface Content {
  readonly blocks: readonly CourseBlock[];
  readonly steps: readonly CourseStep[];
}

/** The layer of this name, or the last one of a head or repeat of this name. */
export function named({ facts }: CourseNet, name: string): Node | null {
  const { nodes } = facts.graph;
  const exact = nodes.find((node) => node.name === name);
  const within = nodes.filter((node) => node.name.startsWith(`${name}/`) || node.name.startsWith(`${name}.`));
  return exact ?? within.at(-1) ?? null;
}

export const layers = ({ facts }: CourseNet): readonly Node[] =>
  facts.graph.nodes.filter(({ id }) => isLayer(facts, id));

/** The selected operator where it is one of these, else the first of them. */
export function chosen({ node }: CourseNet, among: readonly Node[]): Node | null {
  return among.find(({ id }) => id === node) ?? among[0] ?? null;
}

/** As many as stand side by side. */
const MOST_BESIDE = 4;

/** Their maps on one picture; no step where fewer than two are left in the net. */
export function besideStep(nodes: readonly (Node | null)[]): readonly CourseStep[] {
  const there = nodes.flatMap((node) => node?.id ?? []).slice(0, MOST_BESIDE);
  if (there.length < 2) return [];
  return [{ text: t('See them side by side on one picture'), action: { do: 'beside', nodes: there } }];
}

export const outputOf = (node: Node): ValueId | null => node.outputs.find((value) => value !== null) ?? null;

/** Extents of the first output; null unless all are known. */
export function shapeOf({ facts }: CourseNet, node: Node): readonly number[] | null {
  const value = outputOf(node);
  return value === null ? null : knownShape(facts, value);
}

export function knownShape({ types }: Facts, value: ValueId): readonly number[] | null {
  const shape = types[value]?.shape ?? null;
  return shape?.every((extent): extent is number => typeof extent === 'number') ? shape : null;
}

const plans = new WeakMap<Facts, { readonly plan: FieldPlan | null }>();

/** Made once for each analysis. */
export function planOf({ facts }: CourseNet): FieldPlan | null {
  const known = plans.get(facts) ?? { plan: fieldPlan(facts) };
  plans.set(facts, known);
  return known.plan;
}

/** A slider's value as it may be: whole steps within its ends. */
export function setting(
  { settings }: CourseNet,
  id: string,
  usual: number,
  [min, max, step]: readonly [number, number, number],
): number {
  const wanted = Object.hasOwn(settings, id) ? settings[id]! : usual;
  if (!Number.isFinite(wanted)) return usual;
  return Math.min(max, Math.max(min, min + Math.round((wanted - min) / step) * step));
}
