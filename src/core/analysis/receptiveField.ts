import { declare, type Diagnostic } from '../diagnostics/diagnostic';
import type { ValueId } from '../ir/types';
import { t } from '../l10n/l10n';
import type { ReceptiveField } from './facts';
import { isIdentity, type Link, readFirst, readingsOf } from './fieldLinks';
import { isLocal, unionPaths } from './fieldPaths';
import { type Alignment, alignmentOf, describeOffset, type PathSummary as State, summarise } from './fieldSummary';
import { type FieldFacts, type FieldSteps, type Step, walkedFields } from './fieldSteps';
import { imageAxes } from './imageAxes';
import { atOnce, pacer, type Steps } from '../steps';
import { ownPixel, type Reach, type Relation, relationOf, through } from './reach';
import type { AxisMap } from '../ops/dependence';

export const misaligned = declare('field/misaligned', 'info', (name: string, offset: string) =>
  t(
    'The paths that meet in {0} do not look at the same place: {1}. Features are joined that belong to different pixels.',
    name,
    offset,
  ),
);

/** `null`: does not depend on the image. `unknown`: an operator nobody knows lies upstream. */
type Seen = State | null | 'unknown';

/** What becomes of the states of several links into one output. */
export type Meet = (parts: readonly (State | 'unknown')[], links: readonly Link[]) => Joined;

/**
 * Receptive field of every value with respect to `imageInput`, not clipped by borders; by ValueId. One pass in topological order,
 * in which a step costs what its window costs: linear in the graph (Araujo, Norris, Sim 2019, "Computing Receptive Fields of
 * Convolutional Neural Networks", with reaches instead of their triples).
 */
export function* receptiveFields(
  facts: FieldFacts,
  imageInput: ValueId | null,
  report: (diagnostic: Diagnostic) => void,
): Steps<readonly (ReceptiveField | null)[]> {
  const all = yield* fieldsInSteps(yield* walkedFields(facts), imageInput, report);
  return all.slice(0, facts.graph.values.length);
}

/** The same, with the values inside of branches and functions at the end; `meet` says what becomes of paths that meet. */
export const fieldsOfSteps = (
  steps: FieldSteps,
  imageInput: ValueId | null,
  report: (diagnostic: Diagnostic) => void,
  meet: Meet = join,
): readonly (ReceptiveField | null)[] => atOnce(fieldsInSteps(steps, imageInput, report, meet));

function* fieldsInSteps(
  { steps, types }: FieldSteps,
  imageInput: ValueId | null,
  report: (diagnostic: Diagnostic) => void,
  meet: Meet = join,
): Steps<readonly (ReceptiveField | null)[]> {
  const seen: Seen[] = Array<Seen>(types.length).fill(null);
  const shape = imageInput === null ? null : (types[imageInput]?.shape ?? null);
  if (imageInput === null || !shape) return seen.map(() => null);
  const axes = imageAxes(shape);
  seen[imageInput] = { axes, paths: [axes.map(() => ownPixel)], whole: false, aligned: true };
  const fold = new Fold(seen, meet);
  const due = pacer();
  for (const step of steps) {
    fold.step(step, report);
    if (due()) yield;
  }
  const fields: (ReceptiveField | null)[] = [];
  for (let id = 0; id < seen.length; id++) {
    const state = seen[id] ?? null;
    fields.push(state && state !== 'unknown' ? summarise(state, types[id]?.shape ?? null) : null);
    // Most values are weights, of which there is nothing to say.
    if (state && due()) yield;
  }
  return fields;
}

class Fold {
  readonly #seen: Seen[];
  readonly #meet: Meet;
  /** Branches that read the same reach through equal windows get the same object, so that joins compare by reference. */
  readonly #through = new WeakMap<Reach, Map<string, Reach | null>>();

  constructor(seen: Seen[], meet: Meet) {
    this.#seen = seen;
    this.#meet = meet;
  }

  step({ node, owner, links }: Step, report: (diagnostic: Diagnostic) => void): void {
    const byOutput = new Map<ValueId, Link[]>();
    for (const link of links) {
      if (this.#seen[link.from] === null) continue;
      const list = byOutput.get(link.to);
      if (list) list.push(link);
      else byOutput.set(link.to, [link]);
    }
    let reported = false;
    for (const [to, into] of byOutput) {
      const parts = into.map((link) => this.#follow(link));
      const before = this.#seen[to]; // the other branch of an If
      const joined = this.#meet(before ? [before, ...parts] : parts, into);
      this.#seen[to] = joined.state;
      if (joined.offset && !reported) {
        reported = true;
        report(misaligned({ node: owner, location: node.origin }, node.name || node.op, joined.offset));
      }
    }
  }

  /** The state that one link alone would give its output. */
  #follow(link: Link): State | 'unknown' {
    const state = this.#seen[link.from];
    if (!state || state === 'unknown' || !link.dependence) return 'unknown';
    const axes: (number | null)[] = [];
    const maps: (AxisMap | null)[] = [];
    const readings = readingsOf(link, state.axes);
    state.axes.forEach((axis, k) => {
      const reading = readings[k]?.[0];
      axes.push(reading?.along ?? null);
      maps.push(axis === null ? null : readingOf(link, axis, reading?.map));
    });
    if (link.dependence.global) return everything(state, axes);
    if (state.axes.every((axis, k) => axis === axes[k] && (axis === null || isSame(maps[k])))) return state;
    return this.#mapped(state, axes, maps);
  }

  /** A tensor left without any axis of the picture stands for all of it, even where that was a single position (1×1 flattened). */
  #mapped(state: State, axes: readonly (number | null)[], maps: readonly (AxisMap | null)[]): State {
    const allGone = axes.every((axis) => axis === null);
    const wholeHere = state.axes.some((axis, k) => axis !== null && (allGone || maps[k]?.kind === 'whole'));
    const paths = state.paths.map((path) =>
      path.map((reach, k) => {
        const map = maps[k] ?? null;
        if (state.axes[k] === null || !reach) return reach;
        return map === null || map.kind === 'whole' ? null : this.#read(reach, map);
      }),
    );
    return { ...state, axes, paths, whole: state.whole || wholeHere };
  }

  #read(reach: Reach, map: AxisMap): Reach | null {
    if (isIdentity(map)) return reach;
    if (map.kind !== 'window' && map.kind !== 'transposed') return follow(reach, relationOf(map));
    const w = map.window;
    const key = `${map.kind} ${w.kernel} ${w.stride} ${w.dilation} ${w.padBegin}`;
    let known = this.#through.get(reach);
    if (!known) this.#through.set(reach, (known = new Map<string, Reach | null>()));
    let result = known.get(key);
    if (result === undefined) known.set(key, (result = follow(reach, relationOf(map))));
    return result;
  }
}

const isSame = (map: AxisMap | null | undefined): boolean => !!map && isIdentity(map);
const follow = (reach: Reach, relation: Relation | null): Reach | null => (relation ? through(reach, relation) : null);

const wholeAxis: AxisMap = { kind: 'whole' };

/** An axis that nothing reads along is needed whole; of an extent of 1 that is the one position there is. */
function readingOf(link: Link, axis: number, map: AxisMap | undefined): AxisMap {
  if (map && map.kind !== 'whole') return map;
  return link.fromShape?.[axis] === 1 ? readFirst : wholeAxis;
}

const everything = (state: State, axes: readonly (number | null)[]): State => ({
  ...state,
  axes,
  paths: [state.axes.map(() => null)],
  whole: true,
});

interface Joined {
  readonly state: Seen;
  /** In words, where the paths look at different places. */
  readonly offset: string | null;
}

/** Where paths meet: the union of the local ones, and whether they look at the same place. */
function join(parts: readonly (State | 'unknown')[], links: readonly Link[]): Joined {
  const states = parts.filter((p): p is State => p !== 'unknown');
  const [first] = states;
  if (!first || states.length < parts.length) return { state: parts.length ? 'unknown' : null, offset: null };
  if (states.every((s) => s === first)) return { state: first, offset: null };
  const local = states.filter((s) => s.paths.every(isLocal));
  const used = local.length ? local : states;
  const paths = used.map((s) => s.paths).reduce(unionPaths);
  const axes = first.axes.map((_, k) => used.find((s) => s.axes[k] !== null)?.axes[k] ?? null);
  const verdict = sideBySide(links) ? null : verdictOf(local);
  const aligned = states.every((s) => s.aligned) && !verdict;
  return { state: { axes, paths, whole: states.some((s) => s.whole), aligned }, offset: verdict };
}

/** Joined end to end along a picture axis (Concat of a left and a right half): different places on purpose. */
const sideBySide = (links: readonly Link[]): boolean =>
  links.some((l) => l.dependence?.axes.some((axis) => axis.some(({ map }) => map.kind === 'listed')));

function verdictOf(states: readonly State[]): string | null {
  let first: Alignment | null = null;
  for (const state of states) {
    const alignment = alignmentOf(state.paths);
    if (first) {
      const offset = describeOffset(first, alignment);
      if (offset) return offset;
    }
    first ??= alignment;
  }
  return null;
}
