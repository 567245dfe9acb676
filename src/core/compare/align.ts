/** Which operator of one model is which of the other. */
import type { NodeId } from '../ir/types';
import { commonSubsequence, rising } from './sequence';
import type { Side, Source } from './side';

/** More readers of one tensor than this are not all looked at. */
const MOST_CANDIDATES = 64;

export class Aligner {
  /** By NodeId of each side, −1 for no counterpart. */
  readonly toAfter: Int32Array;
  readonly toBefore: Int32Array;
  /** Input of the one that is the same as each input of the other. */
  readonly #inputs: ReadonlyMap<number, number>;

  constructor(
    readonly before: Side,
    readonly after: Side,
  ) {
    this.toAfter = new Int32Array(before.nodes.length).fill(-1);
    this.toBefore = new Int32Array(after.nodes.length).fill(-1);
    this.#inputs = inputPairs(before, after);
  }

  pair(a: number, b: number): void {
    this.toAfter[a] = b;
    this.toBefore[b] = a;
  }

  unpair(a: number): void {
    this.toBefore[this.toAfter[a]!] = -1;
    this.toAfter[a] = -1;
  }

  /** The same source in the other model; null where it has no counterpart. */
  across({ node, output }: Source): Source | null {
    if (node === null) {
      const input = this.#inputs.get(output);
      return input === undefined ? null : { node: null, output: input };
    }
    const b = this.toAfter[node]!;
    return b < 0 ? null : { node: b as NodeId, output };
  }

  /** Operators called the same: by their own names, else by those of their first outputs. */
  byNames(): void {
    for (const nameOf of [nodeName, outputName]) {
      const there = unique(this.after, nameOf);
      for (const [name, a] of unique(this.before, nameOf)) {
        const b = there.get(name);
        if (b === undefined || a < 0 || b < 0 || this.toAfter[a]! >= 0 || this.toBefore[b]! >= 0) continue;
        if (this.before.kind[a] === this.after.kind[b]) this.pair(a, b);
      }
    }
  }

  /** Structure, from the certain to the likely. `rest` says which nodes are aligned now. */
  byStructure(before: readonly number[], after: readonly number[]): void {
    this.#downstream(before);
    this.#inOrder(before, after, (side) => side.signature);
    for (const strict of [true, false]) this.#byNeighbours(before, strict);
    this.#inOrder(before, after, (side) => side.kind);
    this.#byNeighbours([...before].reverse(), false);
    this.#replaced(before, after);
  }

  /** Equal operators that take the very same data, from the inputs on. */
  #downstream(before: readonly number[]): void {
    const { before: from, after: to } = this;
    for (const a of before) {
      if (this.toAfter[a]! >= 0) continue;
      const sources = from.sources[a]!.map((source) => this.across(source));
      const first = sources[0];
      if (!first || sources.some((source) => source === null)) continue;
      const wanted = sources.map(keyOf).join();
      const readers = first.node === null ? this.#readersOfInput(first.output) : to.readers[first.node]!;
      const fitting = readers
        .slice(0, MOST_CANDIDATES)
        .filter(
          (b) =>
            this.toBefore[b]! < 0 &&
            to.signature[b] === from.signature[a] &&
            to.sources[b]!.map(keyOf).join() === wanted,
        );
      const best = fitting.find((b) => to.ahead[b] === from.ahead[a]) ?? fitting[0];
      if (best !== undefined) this.pair(a, best);
    }
  }

  #fromInput: Map<number, NodeId[]> | null = null;
  #readersOfInput(input: number): readonly NodeId[] {
    if (!this.#fromInput) {
      this.#fromInput = new Map();
      for (const node of this.after.nodes)
        for (const { node: source, output } of this.after.sources[node.id]!) {
          if (source !== null) continue;
          const list = this.#fromInput.get(output);
          if (list) list.push(node.id);
          else this.#fromInput.set(output, [node.id]);
        }
    }
    return this.#fromInput.get(input) ?? [];
  }

  /** Between counterparts that are known: what both have in the same order. */
  #inOrder(before: readonly number[], after: readonly number[], tokens: (side: Side) => Int32Array): void {
    const { before: from, after: to } = this;
    const rank = new Map(after.map((b, i) => [b, i]));
    const anchors = before.flatMap((a, i) => {
      const j = rank.get(this.toAfter[a]!);
      return j === undefined ? [] : [{ i, j }];
    });
    const kept = rising(anchors.map(({ j }) => j)).map((at) => anchors[at]!);
    let [i, j] = [0, 0];
    for (const end of [...kept, { i: before.length, j: after.length }]) {
      const a = before.slice(i, end.i).filter((id) => this.toAfter[id]! < 0);
      const b = after.slice(j, end.j).filter((id) => this.toBefore[id]! < 0);
      [i, j] = [end.i + 1, end.j + 1];
      if (!a.length || !b.length) continue;
      const [left, right] = [tokens(from), tokens(to)];
      const common = commonSubsequence(
        a.map((id) => left[id]!),
        b.map((id) => right[id]!),
      );
      for (const [x, y] of common) this.pair(a[x]!, b[y]!);
    }
  }

  /** The same kind of operator beside known counterparts; the more agrees, the better. `strict`: none of them may disagree. */
  #byNeighbours(before: readonly number[], strict: boolean): void {
    const { before: from, after: to } = this;
    for (const a of before) {
      if (this.toAfter[a]! >= 0) continue;
      const agreeing = new Map<number, number>();
      let neighbours = 0;
      const vote = (b: number): void => {
        if (this.toBefore[b]! < 0 && to.kind[b] === from.kind[a]) agreeing.set(b, (agreeing.get(b) ?? 0) + 1);
      };
      for (const source of from.sources[a]!) {
        const there = this.across(source);
        if (!there) continue;
        neighbours++;
        const readers = there.node === null ? this.#readersOfInput(there.output) : to.readers[there.node]!;
        readers.slice(0, MOST_CANDIDATES).forEach(vote);
      }
      for (const reader of from.readers[a]!.slice(0, MOST_CANDIDATES)) {
        const there = this.toAfter[reader]!;
        if (there < 0) continue;
        neighbours++;
        for (const node of new Set(to.sources[there]!.map((source) => source.node))) if (node !== null) vote(node);
      }
      let [best, most] = [-1, 0];
      for (const [b, votes] of agreeing) {
        if (strict && votes < neighbours) continue;
        const score = votes + (to.signature[b] === from.signature[a] ? 4 : 0);
        if (score > most) [best, most] = [b, score];
      }
      if (best >= 0) this.pair(a, best);
    }
  }

  /** Another operator in the very same place, of the same family: one for the other. */
  #replaced(before: readonly number[], after: readonly number[]): void {
    const { before: from, after: to } = this;
    const byPlace = new Map<string, number[]>();
    for (const b of after) {
      if (this.toBefore[b]! >= 0) continue;
      const key = placeKey(to, b, to.sources[b]!.map(keyOf), (reader) => reader);
      const list = byPlace.get(key);
      if (list) list.push(b);
      else byPlace.set(key, [b]);
    }
    for (const a of before) {
      if (this.toAfter[a]! >= 0) continue;
      const sources = from.sources[a]!.map((source) => this.across(source));
      if (sources.some((source) => source === null)) continue;
      const there = byPlace.get(placeKey(from, a, sources.map(keyOf), (reader) => this.toAfter[reader]!));
      if (there?.length === 1 && this.toBefore[there[0]!]! < 0) this.pair(a, there[0]!);
    }
  }
}

const keyOf = (source: Source | null): string => (source ? `${source.node ?? 'in'}.${source.output}` : '?');

function placeKey(side: Side, id: number, sources: readonly string[], across: (reader: number) => number): string {
  const family = side.facts.nodes[id]?.def?.family ?? 'unknown';
  const readers = side.readers[id]!.map(across).sort((a, b) => a - b);
  return [family, sources.join(' '), readers.join(' ')].join('|');
}

const nodeName = (side: Side, id: number): string => side.nodes[id]!.name;
const outputName = (side: Side, id: number): string => {
  const value = side.nodes[id]!.outputs.find((v) => v !== null);
  return value === undefined ? '' : (side.facts.graph.values[value]?.name ?? '');
};

/** Names that only one operator has; −1 for those of several. */
function unique(side: Side, nameOf: (side: Side, id: number) => string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { id } of side.nodes) {
    const name = nameOf(side, id);
    if (name) found.set(name, found.has(name) ? -1 : id);
  }
  return found;
}

/** Inputs of the nets: by name where they agree, else by their places. */
function inputPairs(before: Side, after: Side): ReadonlyMap<number, number> {
  const nameOf = ({ facts: { graph } }: Side, at: number): string => graph.values[graph.inputs[at]!]?.name ?? '';
  const count = after.facts.graph.inputs.length;
  const byName = new Map(Array.from({ length: count }, (_, at) => [nameOf(after, at), at]));
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  before.facts.graph.inputs.forEach((_, at) => {
    const there = byName.get(nameOf(before, at));
    if (there === undefined || taken.has(there)) return;
    pairs.set(at, there);
    taken.add(there);
  });
  before.facts.graph.inputs.forEach((_, at) => {
    if (pairs.has(at) || at >= count || taken.has(at)) return;
    pairs.set(at, at);
    taken.add(at);
  });
  return pairs;
}

/**
 * Takes pairs apart until both nets, laid over one another, run in one direction: what has moved past another counts as
 * removed here and added there.
 */
export function withoutCircles(aligner: Aligner): void {
  const { before, after, toAfter } = aligner;
  // A damaged file may run in circles by itself.
  if (runsInCircles(before) || runsInCircles(after)) return;
  for (let round = 0; round < 3; round++) {
    const stuck = caught(aligner);
    if (!stuck.length) return;
    const inOrder = [...stuck].sort((a, b) => before.place[a]! - before.place[b]!);
    const straight = new Set(rising(inOrder.map((a) => after.place[toAfter[a]!]!)).map((at) => inOrder[at]!));
    const crossing = inOrder.filter((a) => !straight.has(a));
    for (const a of crossing.length && round < 2 ? crossing : inOrder) aligner.unpair(a);
  }
}

/** Nodes of the first model whose pairs lie on, or behind, a circle of both nets taken together. */
function caught({ before, after, toAfter, toBefore }: Aligner): readonly number[] {
  const joint = (a: number): number => (toAfter[a]! >= 0 ? toAfter[a]! : after.nodes.length + a);
  const waiting = inCircles(after.nodes.length + before.nodes.length, (link) => {
    for (const { id } of after.nodes) for (const { node } of after.sources[id]!) if (node !== null) link(node, id);
    for (const { id } of before.nodes)
      for (const { node } of before.sources[id]!) if (node !== null) link(joint(node), joint(id));
  });
  return waiting ? Array.from(toBefore).flatMap((a, b) => (a >= 0 && waiting[b]! > 0 ? [a] : [])) : [];
}

const runsInCircles = ({ nodes, sources }: Side): boolean =>
  inCircles(nodes.length, (link) => {
    for (const { id } of nodes) for (const { node } of sources[id]!) if (node !== null) link(node, id);
  }) !== null;

/** Kahn's order; what still waits in the end is above 0. Null where nothing does. */
function inCircles(total: number, links: (link: (from: number, to: number) => void) => void): Int32Array | null {
  const waiting = new Int32Array(total);
  const next: number[][] = Array.from({ length: total }, () => []);
  links((from, to) => {
    next[from]!.push(to);
    waiting[to]!++;
  });
  const ready: number[] = [];
  for (let i = 0; i < total; i++) if (!waiting[i]) ready.push(i);
  // The list grows while it is walked.
  for (const at of ready) for (const to of next[at]!) if (--waiting[to]! === 0) ready.push(to);
  return ready.length === total ? null : waiting;
}
