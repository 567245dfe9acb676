/** Puts the bodies of operators into the scene as modules around those operators: If with its branches, Loop with its body. */
import type { Parameter } from '../analysis/facts';
import type { ValueId } from '../ir/types';
import { sourceOf } from './bodies';
import type { Body, Drawing } from './drawing';
import { size } from './numbers';
import type { EdgeEnd, Scene, SceneEdge, SceneGroup, SceneHeader, SceneNode } from './types';

/** More boxes than this and modules start closed. */
const OPEN_BOXES = 40;

/** `sceneOf` draws one graph as if it were all there is. */
export function withBodies(main: Drawing, scene: Scene, sceneOf: (drawing: Drawing) => Scene): Scene {
  const nodes = [...scene.nodes];
  const edges = [...scene.edges];
  const groups = [...scene.groups];
  const owners = new Map<number, number>();
  const inside = new Map<number, number[]>();
  const handedIn = new Map<number, Set<number>>();
  for (const body of main.bodies) {
    const owner = nodes[body.owner]!;
    const ids = body.drawing.facts.graph.order.map((id) => id + body.firstNode);
    let around = owners.get(body.owner);
    if (around === undefined) {
      around = groups.push(ownerGroup(body, owner, groups)) - 1;
      owners.set(body.owner, around);
      nodes[body.owner] = { ...owner, group: around };
    }
    inside.set(body.owner, [...(inside.get(body.owner) ?? []), ...ids]);
    const parent = body.branch ? groups.push(branchGroup(body, groups[around]!, around, ids)) - 1 : around;
    const inner = sceneOf(body.drawing);
    const firstGroup = groups.length;
    const groupOf = (group: number | null): number => (group === null ? parent : firstGroup + group);
    nodes.push(...inner.nodes.map((node) => moved(node, body, groupOf(node.group))));
    for (const group of inner.groups)
      groups.push({
        ...group,
        path: `${groups[parent]!.path}/${group.path}`,
        parent: groupOf(group.parent),
        nodes: group.nodes.map((n) => n + body.firstNode),
        twin: group.twin === null ? null : group.twin + firstGroup,
      });
    const taken = connect(main, body, inner, edges, nodes);
    handedIn.set(body.owner, new Set([...(handedIn.get(body.owner) ?? []), ...taken]));
  }
  const whole = groups.map((group) => ({ ...group, nodes: withInside(group.nodes, inside) }));
  costs(main, whole, owners, nodes);
  return {
    ...scene,
    header: header(main, scene),
    nodes,
    // What goes into a body does not go past it as well.
    edges: edges.filter(({ to, value }) => to.kind !== 'node' || !handedIn.get(to.node)?.has(value)),
    groups: opened(whole, nodes, owners),
    order: withInside(
      scene.nodes.map(({ id }) => id),
      inside,
    ),
  };
}

/** Branches and loops hold parameters like any module; how much work they are depends on which runs, and how often. */
function header({ facts, bodies }: Drawing, { header }: Scene): SceneHeader {
  const { parameters, macs } = facts.totals.inSubgraphs;
  const inside = bodies.reduce((sum, { drawing }) => sum + drawing.flow.plumbing.filter((folded) => !folded).length, 0);
  return {
    ...header,
    operators: header.operators + inside,
    parameters: header.parameters + parameters,
    macs: macs === 0 ? header.macs : null,
  };
}

function moved(node: SceneNode, { firstNode }: Body, group: number): SceneNode {
  const pill = node.pill && {
    ...node.pill,
    node: node.pill.node + firstNode,
    parts: node.pill.parts.map((part) => ({ ...part, nodes: part.nodes.map((n) => n + firstNode) })),
  };
  return {
    ...node,
    id: node.id + firstNode,
    pill,
    pillOf: node.pillOf === null ? null : node.pillOf + firstNode,
    group,
    // What flows inside of a body cannot be tapped.
    outputs: [],
  };
}

function ownerGroup({ branch }: Body, owner: SceneNode, groups: readonly SceneGroup[]): SceneGroup {
  const name = owner.shortName || owner.title;
  const around = owner.group === null ? '' : `${groups[owner.group]!.path}/`;
  return {
    name,
    path: `${around}${name}#${owner.id}`,
    parent: owner.group,
    kind: branch || name !== owner.title ? owner.title : '',
    nodes: [owner.id],
    parameters: 0,
    macs: null,
    seesBefore: owner.seesBefore,
    seesAfter: owner.sees,
    sizeIn: owner.sizeIn,
    sizeOut: owner.sizeOut,
    twin: null,
    open: false,
  };
}

function branchGroup(
  { branch, drawing: { facts } }: Body,
  owner: SceneGroup,
  parent: number,
  nodes: readonly number[],
): SceneGroup {
  const [output] = facts.graph.outputs;
  return {
    ...owner,
    name: branch.replace(/_branch$/, ''),
    path: `${owner.path}/${branch}`,
    parent,
    kind: '',
    nodes,
    seesBefore: null,
    seesAfter: null,
    sizeIn: '',
    sizeOut: output === undefined ? '' : size(facts.types[output] ?? null),
  };
}

/** Operators with those of their bodies before them, in flow order. `inside`: by the operator that runs them. */
function withInside(ids: readonly number[], inside: ReadonlyMap<number, readonly number[]>): readonly number[] {
  if (!ids.some((id) => inside.has(id))) return ids;
  return ids.flatMap((id) => [...withInside(inside.get(id) ?? [], inside), id]);
}

/**
 * Edges inside, from what the body takes of the graphs around, and to the operator that hands on what it makes. Gives the values of the
 * graph around that go in by way of the body's inputs.
 */
function connect(
  main: Drawing,
  body: Body,
  inner: Scene,
  edges: SceneEdge[],
  nodes: readonly SceneNode[],
): readonly number[] {
  const { facts } = body.drawing;
  const { graph } = facts;
  const owner: EdgeEnd = { kind: 'node', node: body.owner };
  const shift = (node: number): EdgeEnd => ({ kind: 'node', node: node + body.firstNode });
  const taken = new Set<number>();
  const plumbing = (end: EdgeEnd): boolean => end.kind === 'node' && nodes[end.node]?.plumbing === true;
  /** From outside of the body, wherever that is. */
  const bring = (value: ValueId, to: EdgeEnd): void => {
    const input = graph.inputs.indexOf(value);
    if (input >= 0) taken.add(input);
    const source = sourceOf(main, { body, value });
    const from = source && source.body !== body ? endOf(main, source.body, source.value) : null;
    if (!from) return;
    const kind = plumbing(from) || plumbing(to) ? 'plumbing' : 'data';
    edges.push({ from, to, value: body.firstValue + value, size: extentsOf(body, value), kind });
  };
  for (const { from, to, value, size, kind } of inner.edges) {
    if (from.kind !== 'node') continue;
    const end = to.kind === 'node' ? shift(to.node) : owner;
    edges.push({ from: shift(from.node), to: end, value: value + body.firstValue, size, kind });
  }
  for (const node of graph.nodes)
    for (const value of new Set(node.inputs))
      if (value !== null && isOutside(body, value)) bring(value, shift(node.id));
  for (const value of new Set(graph.outputs)) if (isOutside(body, value)) bring(value, owner);
  const around = (body.outer?.drawing ?? main).facts.graph.nodes[body.ownerId]?.inputs ?? [];
  const first = body.outer?.firstValue ?? 0;
  return around.flatMap((v, i) => (v !== null && taken.has(i) ? [v + first] : []));
}

const isOutside = ({ drawing }: Body, value: ValueId): boolean => {
  const { graph } = drawing.facts;
  const found = graph.values[value];
  return found?.producer === null && !found.constant && (found.captured || graph.inputs.includes(value));
};

const extentsOf = ({ drawing }: Body, value: ValueId): string => size(drawing.facts.types[value] ?? null);

/** Null for constants. */
function endOf(main: Drawing, body: Body | null, value: ValueId): EdgeEnd | null {
  const { graph } = (body?.drawing ?? main).facts;
  const producer = graph.values[value]?.producer ?? null;
  if (producer !== null) return { kind: 'node', node: producer + (body?.firstNode ?? 0) };
  const port = body ? -1 : graph.inputs.indexOf(value);
  return port < 0 ? null : { kind: 'port', port };
}

/** Parameters of all that is inside, each once; work only where it is known how often it is done. */
function costs(
  main: Drawing,
  groups: SceneGroup[],
  owners: ReadonlyMap<number, number>,
  nodes: readonly SceneNode[],
): void {
  const counted = new Map<number, Map<string, number>>();
  for (const body of main.bodies)
    body.drawing.facts.nodes.forEach(({ parameters }, id) => {
      for (let g = nodes[id + body.firstNode]!.group; g !== null; g = groups[g]!.parent) {
        let own = counted.get(g);
        if (!own) counted.set(g, (own = new Map<string, number>()));
        for (const p of parameters) own.set(keyOf(p, body), p.count);
      }
    });
  const ownerOf = new Map([...owners].map(([owner, g]) => [g, owner]));
  groups.forEach((group, g) => {
    const ofBranch = group.parent !== null && ownerOf.has(group.parent);
    const owner = ownerOf.get(g);
    if (owner === undefined && !ofBranch) return;
    const called = owner === undefined ? null : nodes[owner]!;
    const macs = ofBranch
      ? group.nodes.reduce<number | null>((sum, n) => added(sum, nodes[n]?.macs ?? null), 0)
      : workOf(called);
    const parameters = [...(counted.get(g)?.values() ?? [])].reduce((a, b) => a + b, 0);
    groups[g] = { ...group, parameters, macs };
  });
}

/** Names hold within a graph: what two bodies call the same are two, what both take from around is one. */
function keyOf({ name, source }: Parameter, { drawing, firstNode }: Body): string {
  const own = drawing.facts.graph.values[source];
  return own?.name === name && !own.captured ? `${firstNode} ${name}` : name;
}

/** A branch or a loop is no work of its own: how often its body runs is not known. */
const workOf = (owner: SceneNode | null): number | null => (owner === null || owner.macs === 0 ? null : owner.macs);

const added = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

/** As many of them open as can be taken in at one look, outer ones first. */
function opened(
  groups: readonly SceneGroup[],
  nodes: readonly SceneNode[],
  owners: ReadonlyMap<number, number>,
): SceneGroup[] {
  const boxes = new Map<number | null, number>();
  const count = (group: number | null): void => void boxes.set(group, (boxes.get(group) ?? 0) + 1);
  for (const { group, plumbing, pillOf } of nodes) if (!plumbing && pillOf === null) count(group);
  for (const { parent } of groups) count(parent);
  const first = Math.min(...owners.values());
  const open = groups.map((g, index) => index < first && g.open);
  const shown = (g: number | null): boolean => g === null || (open[g]! && shown(groups[g]!.parent));
  let visible = [...boxes].reduce((sum, [group, n]) => sum + (shown(group) ? n : 0), 0);
  const brothers = new Map<number | null, number[]>();
  for (let g = first; g < groups.length; g++) {
    const list = brothers.get(groups[g]!.parent);
    if (list) list.push(g);
    else brothers.set(groups[g]!.parent, [g]);
  }
  // Brothers open together or not at all: half a row of open modules looks like a mistake.
  for (const [parent, list] of brothers) {
    const inside = list.reduce((sum, g) => sum + (boxes.get(g) ?? 0), 0);
    if (!shown(parent) || visible + inside > OPEN_BOXES) continue;
    for (const g of list) open[g] = true;
    visible += inside;
  }
  return groups.map((group, g) => ({ ...group, open: open[g]! }));
}
