/** Finds blocks and stages where names do not part a net into pieces that a person can take in. */
import { boxesOf, findBlocks } from './blocks';
import type { Steps } from '../steps';
import { kindOf, type Kind } from './kinds';
import { findRepeats } from './repeats';
import { levelOf, type Level, type Sketch } from './sketch';
import { findStages } from './stages';
import { boxesIn, boxesOfNodes, branch, type Branch } from './tree';

/** As many boxes as can be read at once: no need of modules. */
const FEW = 12;
/** A level with modules of its own is left alone unless there are this many, or boxes beside them. */
const MANY = 24;

/** Fewer boxes are no gate. */
const GATE = 6;

const units = (sketch: Sketch, b: Branch): number => b.children.length + boxesOfNodes(sketch, b.own).length;

export function* refine(sketch: Sketch, around: Branch): Steps<void> {
  for (const child of around.children) yield* refine(sketch, child);
  const own = boxesOfNodes(sketch, around.own);
  const enough = around.children.length ? MANY : FEW;
  if (own.length > enough) {
    yield* group(sketch, around, findBlocks);
    if (units(sketch, around) > FEW) yield* group(sketch, around, findRepeats);
    if (units(sketch, around) > FEW) yield* group(sketch, around, findStages);
  } else if (units(sketch, around) > MANY) yield* group(sketch, around, findStages);
  else if (units(sketch, around) >= GATE) yield* group(sketch, around, gates);
}

/** In a small level only what has a name of its own: squeeze-and-excitation. */
function gates(sketch: Sketch, level: Level): readonly Part[] {
  return findBlocks(sketch, level).filter(
    (b) => b.kind === 'squeeze-and-excitation' && b.units.length < level.units.length,
  );
}

interface Part {
  readonly units: readonly number[];
  readonly kind: Kind;
  readonly name?: string;
}

function* group(sketch: Sketch, around: Branch, find: (sketch: Sketch, level: Level) => readonly Part[]): Steps<void> {
  const boxes = boxesOfNodes(sketch, around.own);
  const all = [...boxes.map((b) => [b]), ...around.children.map((child) => boxesIn(sketch, child))];
  const filled = all.map((unit, i) => (unit.length ? i : -1)).filter((i) => i >= 0);
  const level = yield* levelOf(
    sketch,
    filled.map((i) => all[i] ?? []),
  );
  yield;
  if (!level) return;
  const unitAt = new Map(filled.map((i, n) => [level.placeOf[n] ?? -1, i]));
  const moved = new Set<number>();
  const gone = new Set<Branch>();
  const found: Branch[] = [];
  const parts = find(sketch, level);
  yield;
  for (const part of parts) {
    // All of it in one box is no help.
    if (part.units.length === level.units.length) continue;
    const made: Branch = { ...branch('', around.depth, part.kind), fallback: part.name };
    for (const u of part.units) {
      const i = unitAt.get(u) ?? -1;
      const child = around.children[i - boxes.length];
      if (child) made.children.push(child);
      else for (const b of all[i] ?? []) for (const n of nodesOf(sketch, b)) made.own.push(n);
    }
    made.kind ||= kindOf(sketch, boxesOf(level, part.units));
    for (const n of made.own) moved.add(n);
    for (const child of made.children) gone.add(child);
    found.push(made);
  }
  around.own = around.own.filter((n) => !moved.has(n));
  around.children = [...around.children.filter((c) => !gone.has(c)), ...found];
  for (const made of found) if (made.own.length > 0) yield* refine(sketch, made);
}

const nodesOf = (sketch: Sketch, box: number): number[] => {
  const { node, fused } = sketch.boxes[box] ?? {};
  return node === undefined ? [] : [node, ...(fused ?? [])];
};
