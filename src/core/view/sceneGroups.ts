import type { Facts } from '../analysis/facts';
import type { Grouping } from '../modules/groups';
import type { Steps } from '../steps';
import type { Flow } from './flow';
import { size } from './numbers';
import type { SceneGroup, SceneNode } from './types';

/** More boxes than this and modules start closed: what a person takes in at one look. */
const OPEN_BOXES = 40;
/** A module with this share of all operators is a mere wrapper (`features`): opened without counting. */
const WRAPPER = 0.6;

export function* sceneGroups(
  facts: Facts,
  flow: Flow,
  grouping: Grouping,
  nodes: readonly SceneNode[],
): Steps<{ groups: readonly SceneGroup[]; groupOf: readonly (number | null)[] }> {
  const open = openAtFirst(grouping, flow);
  yield;
  const twins = yield* findTwins(facts, grouping, nodes);
  yield;
  const groups: SceneGroup[] = [];
  for (const [index, group] of grouping.groups.entries()) {
    const ends = boundary(facts, group.nodes);
    const macs = group.nodes.map((n) => facts.nodes[n]?.macs ?? null);
    groups.push({
      name: group.name,
      path: group.path,
      parent: group.parent,
      kind: group.kind,
      nodes: group.nodes,
      parameters: distinctParameters(facts, group.nodes),
      macs: macs.some((m) => m === null) ? null : macs.reduce<number>((a, m) => a + (m ?? 0), 0),
      seesBefore: ends.input === null ? null : (nodes[ends.input]?.seesBefore ?? null),
      seesAfter: ends.output === null ? null : (nodes[ends.output]?.sees ?? null),
      sizeIn: ends.input === null ? '' : (nodes[ends.input]?.sizeIn ?? ''),
      sizeOut: ends.output === null ? '' : size(firstType(facts, ends.output)),
      twin: twins[index] ?? null,
      open: open.has(index),
    });
    yield;
  }
  return { groups, groupOf: grouping.groupOf };
}

const firstType = (facts: Facts, node: number) => {
  const value = facts.graph.nodes[node]?.outputs.find((v) => v !== null);
  return value === undefined ? null : (facts.types[value] ?? null);
};

function distinctParameters(facts: Facts, inside: readonly number[]): number {
  const counted = new Map<number, number>();
  for (const n of inside) for (const p of facts.nodes[n]?.parameters ?? []) counted.set(p.source, p.count);
  return [...counted.values()].reduce((a, b) => a + b, 0);
}

/** First node that takes data from outside, last node that gives data to the outside, in flow order. */
function boundary(facts: Facts, inside: readonly number[]): { input: number | null; output: number | null } {
  const { graph } = facts;
  const members = new Set<number>(inside);
  const enters = (n: number): boolean =>
    (graph.nodes[n]?.inputs ?? []).some((v) => {
      if (v === null || facts.constant[v]) return false;
      const producer = graph.values[v]?.producer ?? null;
      return producer === null || !members.has(producer);
    });
  const outputs = new Set<number>(graph.outputs);
  const leaves = (n: number): boolean =>
    (graph.nodes[n]?.outputs ?? []).some(
      (v) =>
        v !== null && !facts.constant[v] && (outputs.has(v) || (graph.consumers[v] ?? []).some((c) => !members.has(c))),
    );
  return { input: inside.find(enters) ?? null, output: [...inside].reverse().find(leaves) ?? null };
}

/** Same operators with the same attributes, sizes and inner wiring, whatever the weights: index of the first such sibling. */
function* findTwins(facts: Facts, grouping: Grouping, nodes: readonly SceneNode[]): Steps<(number | null)[]> {
  const { graph } = facts;
  const seen = new Map<string, number>();
  const size = new Map<number, number>();
  const first: number[] = [];
  for (const [index, group] of grouping.groups.entries()) {
    const place = new Map(group.nodes.map((n, i) => [n, i]));
    const text = group.nodes.map((n) => {
      const node = nodes[n];
      const sources = (graph.nodes[n]?.inputs ?? []).map((v) => {
        const producer = v === null ? null : (graph.values[v]?.producer ?? null);
        return producer === null ? '' : String(place.get(producer) ?? '<');
      });
      return [node?.op, node?.label.join(), node?.sizeIn, node?.sizeOut, sources.join()].join('|');
    });
    const key = `${group.parent ?? ''}#${text.join(';')}`;
    const twin = seen.get(key) ?? index;
    seen.set(key, twin);
    size.set(twin, (size.get(twin) ?? 0) + 1);
    first.push(twin);
    yield;
  }
  return first.map((twin) => ((size.get(twin) ?? 0) > 1 ? twin : null));
}

function openAtFirst(grouping: Grouping, flow: Flow): Set<number> {
  const children = new Map<number | null, number[]>();
  grouping.groups.forEach((g, i) => {
    const siblings = children.get(g.parent);
    if (siblings) siblings.push(i);
    else children.set(g.parent, [i]);
  });
  const drawn = (n: number): boolean => !flow.plumbing[n] && flow.pillOf[n] === null;
  const own = new Map<number | null, number>();
  grouping.groupOf.forEach((g, n) => {
    if (drawn(n)) own.set(g, (own.get(g) ?? 0) + 1);
  });
  /** Boxes a group shows once opened, its modules closed. */
  const shows = (g: number | null): number => (own.get(g) ?? 0) + (children.get(g)?.length ?? 0);
  const total = grouping.groupOf.filter((_, n) => drawn(n)).length;
  const open = new Set<number>();
  let visible = shows(null);
  let level = children.get(null) ?? [];
  while (level.length) {
    const wrappers = level.filter((g) => (grouping.groups[g]?.nodes.filter(drawn).length ?? 0) > WRAPPER * total);
    const added = level.reduce((a, g) => a + shows(g) - 1, 0);
    // Brothers open together or not at all: half a row of open modules looks like a mistake.
    const opening = visible + added <= OPEN_BOXES ? level : wrappers;
    if (!opening.length) break;
    for (const g of opening) {
      open.add(g);
      visible += shows(g) - 1;
    }
    level = opening.flatMap((g) => children.get(g) ?? []);
  }
  return open;
}
