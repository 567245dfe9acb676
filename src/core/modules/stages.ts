/** Levels of resolution: what one after the other works on maps of about the same size is a stage, on the way up again a decoder's level. */
import type { Block } from './blocks';
import { isConnected } from './repeats';
import type { Level, Sketch } from './sketch';

interface Stage extends Block {
  readonly name: string;
}

interface Run {
  readonly units: number[];
  /** Places of its last map; 0 once there are no maps. */
  area: number;
  readonly first: number;
}

/** Convolutions without padding shrink maps a little; another level is at least this many times smaller or larger. */
const STEP = 1.8;
/** A stage with more of all units is nearly the net itself: no help. */
const MOST = 0.75;

/** None where the sizes are not known. */
export function findStages(sketch: Sketch, level: Level): readonly Stage[] {
  const isAuxiliary = (u: number): boolean => level.units[u]?.every((b) => sketch.boxes[b]?.auxiliary) ?? false;
  const runs: Run[] = [];
  for (let u = 0; u < level.units.length; u++) {
    if (isAuxiliary(u)) continue;
    const area = areaOf(sketch, level, u);
    if (area === null) return [];
    const last = runs.at(-1);
    if (last && sameLevel(last.area, area) && !(area === 0 && meets(level, u, last.units))) {
      last.units.push(u);
      last.area = area;
    } else runs.push({ units: [u], area, first: area });
  }
  // An interval of a topological order can be drawn as one box whatever its edges; in pieces it is no stage.
  const most = MOST * level.units.length;
  const whole = runs.filter((run) => run.units.length > 1 && run.units.length < most && isConnected(level, run.units));
  return whole.length < 2 ? [] : named(runs, whole, goesUp(sketch, level, runs));
}

/** Where towers meet, as the difference of two feature vectors: of both, and part of neither. */
const meets = (level: Level, unit: number, run: readonly number[]): boolean =>
  (level.previous[unit]?.length ?? 0) > 1 && !level.previous[unit]!.every((v) => run.includes(v));

const sameLevel = (a: number, b: number): boolean => (a === 0 || b === 0 ? a === b : a < STEP * b && b < STEP * a);

/** A pooling ends the stage it comes from. */
function areaOf(sketch: Sketch, level: Level, unit: number): number | null {
  const last = sketch.boxes[level.units[unit]?.at(-1) ?? -1];
  const area = last?.areaOut ?? null;
  if (!last || area === null) return null;
  if (area <= 1) return 0;
  return last.family === 'pooling' && !last.weighs ? last.areaIn : area;
}

/** Something is worked out on larger maps again after upsampling. */
function goesUp(sketch: Sketch, level: Level, runs: readonly Run[]): boolean {
  const maps = runs.filter((run) => run.area > 0);
  const boxes = (run: Run) => run.units.flatMap((u) => level.units[u] ?? []).map((b) => sketch.boxes[b]);
  if (!maps.some((run) => boxes(run).some((b) => b?.family === 'upsampling'))) return false;
  return maps.some(
    (run, i) => i > 0 && (maps[i - 1]?.area ?? Infinity) * STEP < run.area && boxes(run).some((b) => b?.weighs),
  );
}

function named(runs: readonly Run[], whole: readonly Run[], isU: boolean): Stage[] {
  const maps = runs.filter((run) => run.area > 0);
  const least = maps.reduce((a, run) => Math.min(a, run.first), Infinity);
  const lowest = maps.findIndex((run) => run.first === least);
  const nameless = new Map<string, number>();
  const numbered = (name: string): string => {
    const n = (nameless.get(name) ?? 0) + 1;
    nameless.set(name, n);
    return n === 1 ? name : `${name} ${n}`;
  };
  const isBottom = (run: Run): boolean => sameLevel(run.first, least);
  const levels = whole.filter((run) => run.area > 0 && !isBottom(run));
  const [down, up] = [
    levels.filter((run) => maps.indexOf(run) < lowest),
    levels.filter((run) => maps.indexOf(run) > lowest),
  ];
  let stage = 0;
  return whole.map((run) => {
    const { units } = run;
    if (run.area === 0) return { units, kind: '', name: numbered('classifier') };
    if (!isU) return { units, kind: 'stage', name: `stage ${++stage}` };
    if (isBottom(run)) return { units, kind: 'stage', name: numbered('bottom') };
    // Levels of the decoder count down to the first, as they meet those of the encoder.
    return down.includes(run)
      ? { units, kind: 'encoder', name: `encoder ${down.indexOf(run) + 1}` }
      : { units, kind: 'decoder', name: `decoder ${up.length - up.indexOf(run)}` };
  });
}
