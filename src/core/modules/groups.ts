/** The tree of modules a person would draw: from module paths, and from known blocks where these say nothing. */
import type { Graph } from '../ir/types';
import { atOnce, type Steps } from '../steps';
import { kindOf, type Kind } from './kinds';
import { commonName, layerName, within } from './names';
import { refine } from './refine';
import { modulePaths, type Path } from './scopes';
import { levelOf, type Sketch } from './sketch';
import { boxesIn, boxesOfNodes, branch, type Branch } from './tree';
import { inWords } from './words';

interface Group {
  readonly name: string;
  /** Names from outermost to innermost, parted by `/`; unique. */
  readonly path: string;
  /** In words, as the name is. */
  readonly kind: string;
  readonly parent: number | null;
  /** All nodes directly or indirectly inside, in flow order. */
  readonly nodes: readonly number[];
}

export interface Grouping {
  readonly groups: readonly Group[];
  /** Innermost group by NodeId. */
  readonly groupOf: readonly (number | null)[];
  /** The layer's own name in its module by NodeId: `conv1`; '' where it has none. */
  readonly ownName: readonly string[];
}

/** In steps, of which the longest look at one level of modules. */
export function* groupModules(graph: Graph, sketch: Sketch): Steps<Grouping> {
  const paths = yield* modulePaths(graph);
  const root = grow(graph, sketch, paths);
  yield;
  prune(sketch, root);
  yield;
  yield* refine(sketch, root);
  simplify(sketch, root);
  yield;
  name(sketch, root, paths);
  yield;
  return emit(graph, sketch, root, paths);
}

/** What is fused into a layer goes where the layer goes. */
function grow(graph: Graph, sketch: Sketch, paths: readonly Path[]): Branch {
  const root = branch('', 0);
  const known = new Map<Branch, Map<string, Branch>>();
  for (const id of graph.order) {
    const host = sketch.boxes[sketch.boxOf[id] ?? -1]?.node ?? id;
    let at = root;
    (paths[host] ?? []).forEach((part, i) => {
      if (part === '') return;
      let inside = known.get(at);
      if (!inside) known.set(at, (inside = new Map<string, Branch>()));
      let next = inside.get(part);
      if (!next) {
        inside.set(part, (next = branch(part, i + 1)));
        at.children.push(next);
      }
      at = next;
    });
    at.own.push(id);
  }
  return root;
}

function dissolve(around: Branch, child: Branch): void {
  for (const n of child.own) around.own.push(n);
  around.children.splice(around.children.indexOf(child), 1, ...child.children);
}

/** Modules of one box are that box, one that holds all there is is no help, and what would lie on a cycle cannot be drawn as one. */
function prune(sketch: Sketch, around: Branch): void {
  for (const child of [...around.children]) {
    prune(sketch, child);
    around.children.splice(around.children.indexOf(child), 1, ...pieces(sketch, child));
  }
  for (const child of [...around.children]) if (boxesIn(sketch, child).length < 2) dissolve(around, child);
  const own = (): number[] => boxesOfNodes(sketch, around.own);
  while (around.children.length === 1 && own().length === 0) dissolve(around, around.children[0]!);
  breakCycles(sketch, around);
}

/** A module used twice, or a mere list of modules, in its connected parts. */
function pieces(sketch: Sketch, b: Branch): Branch[] {
  const boxes = boxesIn(sketch, b);
  const part = new Map(boxes.map((box) => [box, box]));
  const find = (box: number): number => {
    let at = box;
    for (let up = part.get(at); up !== undefined && up !== at; up = part.get(at)) at = up;
    part.set(box, at);
    return at;
  };
  for (const box of boxes) for (const n of sketch.next[box] ?? []) if (part.has(n)) part.set(find(n), find(box));
  const made = new Map<number, Branch>();
  const pieceOf = (box: number | undefined): Branch => {
    const key = box === undefined ? -1 : find(box);
    let piece = made.get(key);
    if (!piece) made.set(key, (piece = branch(b.name, b.depth)));
    return piece;
  };
  if (new Set(boxes.map(find)).size < 2) return [b];
  for (const child of b.children) pieceOf(boxesIn(sketch, child)[0]).children.push(child);
  for (const id of b.own) pieceOf(sketch.boxOf[id] === -1 ? undefined : sketch.boxOf[id]).own.push(id);
  return [...made.values()].flatMap((p) => (p.own.length || p.children.length > 1 ? [p] : p.children));
}

/** Few files have any: the smallest modules go first, then what was in them, until the rest can be drawn. */
function breakCycles(sketch: Sketch, around: Branch): void {
  const drawable = (): boolean => {
    const modules = around.children.map((child) => boxesIn(sketch, child));
    return atOnce(levelOf(sketch, [...modules, ...boxesOfNodes(sketch, around.own).map((b) => [b])])) !== null;
  };
  while (around.children.length && !drawable()) {
    const size = new Map(around.children.map((child) => [child, boxesIn(sketch, child).length]));
    dissolve(
      around,
      around.children.reduce((a, b) => ((size.get(b) ?? 0) < (size.get(a) ?? 0) ? b : a)),
    );
  }
}

const BLOCKS: ReadonlySet<Kind> = new Set<Kind>([
  'residual block',
  'bottleneck',
  'inverted residual',
  'depthwise separable',
  'inception',
  'fire',
  'dense layer',
  'attention',
]);
/** Steps of a branch that are as easily read without a frame around them. */
const SHORT = 4;

/** Gives kinds, and takes away frames in frames that tell nothing. */
function simplify(sketch: Sketch, around: Branch, isRoot = true): void {
  for (const child of [...around.children]) {
    simplify(sketch, child, false);
    if (child.kind === 'stage') child.kind = kindOfChildren(sketch, child) || 'stage';
    child.kind ||= kindOf(sketch, boxesIn(sketch, child)) || kindOfChildren(sketch, child);
  }
  const boxes = boxesIn(sketch, around);
  const inside = new Map(around.children.map((child) => [child, boxesIn(sketch, child)]));
  // Brothers `denselayer1`, `denselayer2`… are treated alike.
  const kept = new Set(
    around.children
      .filter((child) => child.kind !== '' || child.children.length > 0 || (inside.get(child)?.length ?? 0) >= SHORT)
      .map(stem),
  );
  for (const child of [...around.children]) {
    const others = boxes.length - (inside.get(child)?.length ?? 0);
    // All of a module but the join at its end: one frame is enough for both.
    const isAll =
      around.children.length === 1 &&
      others < 2 &&
      boxesOfNodes(sketch, around.own).every((b) => sketch.boxes[b]?.family === 'join');
    if (!isRoot && (isAll || !kept.has(stem(child)))) dissolve(around, child);
  }
}

const stem = ({ name }: Branch): string => name.replace(/\d+/g, '');

/** Blocks that work on maps of one size are a stage. */
function kindOfChildren(sketch: Sketch, { children }: Branch): Kind {
  const blocks = children.filter((c) => BLOCKS.has(c.kind));
  if (blocks.length < 2 || blocks.length < children.length - (children.length > 3 ? 1 : 0)) return '';
  if (blocks.every((b) => b.kind === 'dense layer')) return 'dense block';
  const areas = new Set(blocks.map((b) => sketch.boxes[boxesIn(sketch, b).at(-1) ?? -1]?.areaOut));
  return areas.size === 1 ? 'stage' : '';
}

/** Names for what was found by its structure: what its layers' names have in common, else its kind and number. */
function name(sketch: Sketch, around: Branch, paths: readonly Path[]): void {
  const ownNames = (b: Branch): string[] => [
    ...b.children.map((c) => c.name || commonName(ownNames(c))),
    ...boxesOfNodes(sketch, b.own).map((i) => paths[sketch.boxes[i]?.node ?? -1]?.at(-1) ?? ''),
  ];
  const common = new Map(around.children.filter((c) => !c.name).map((c) => [c, commonName(ownNames(c))]));
  const used = new Map<string, number>();
  for (const given of [...common.values(), ...around.children.map((c) => c.name)])
    used.set(given, (used.get(given) ?? 0) + 1);
  const first = (b: Branch): number => boxesIn(sketch, b)[0] ?? 0;
  around.children.sort((a, b) => first(a) - first(b));
  const counts = new Map<string, number>();
  for (const child of around.children) {
    if (!child.name) {
      const shared = common.get(child) ?? '';
      const kind = child.kind || 'block';
      const number = (counts.get(kind) ?? 0) + 1;
      if (!child.fallback) counts.set(kind, number);
      child.isOurs = !shared || used.get(shared) !== 1 || shared === around.name;
      child.name = child.isOurs ? (child.fallback ?? `${kind} ${number}`) : shared;
    }
    name(sketch, child, paths);
  }
}

function emit(graph: Graph, sketch: Sketch, root: Branch, paths: readonly Path[]): Grouping {
  const groups: (Omit<Group, 'nodes'> & { nodes: number[] })[] = [];
  const groupOf: (number | null)[] = graph.nodes.map(() => null);
  const depth: number[] = graph.nodes.map(() => root.depth);
  const place = (at: Branch, index: number | null, path: string, fullName: string): void => {
    for (const id of at.own) {
      groupOf[id] = index;
      depth[id] = at.depth;
    }
    const used = new Set<string>();
    for (const child of at.children) {
      let own = path ? `${path}/${child.name}` : child.name;
      while (used.has(own)) own += '′';
      used.add(own);
      const shown = child.isOurs ? inWords(child.name) : within(child.name, fullName);
      const at = groups.push({ name: shown, path: own, kind: inWords(child.kind), parent: index, nodes: [] }) - 1;
      place(child, at, own, child.name);
    }
  };
  place(root, null, '', '');
  settlePlumbing(graph, sketch, groupOf, groups);
  for (const id of graph.order)
    for (let g = groupOf[id] ?? null; g !== null; g = groups[g]?.parent ?? null) groups[g]?.nodes.push(id);
  const ownName = graph.nodes.map((n) => layerName(paths[n.id] ?? [], depth[n.id] ?? 0, n.op));
  return { groups, groupOf, ownName };
}

/** Plumbing goes into the module that alone uses it. */
function settlePlumbing(
  graph: Graph,
  sketch: Sketch,
  groupOf: (number | null)[],
  groups: readonly { readonly parent: number | null }[],
): void {
  const around = (g: number | null): number[] => {
    const list: number[] = [];
    for (let at = g; at !== null; at = groups[at]?.parent ?? null) list.unshift(at);
    return list;
  };
  for (const id of [...graph.order].reverse()) {
    if ((sketch.boxOf[id] ?? -1) >= 0) continue;
    const users = (graph.nodes[id]?.outputs ?? []).flatMap((v) => (v === null ? [] : (graph.consumers[v] ?? [])));
    if (!users.length) continue;
    const [first = [], ...others] = users.map((u) => around(groupOf[u] ?? null));
    const shared = others.reduce((a, b) => a.slice(0, a.findIndex((g, i) => b[i] !== g) >>> 0), first);
    const inner = shared.at(-1);
    if (inner !== undefined && shared.length > around(groupOf[id] ?? null).length) groupOf[id] = inner;
  }
}
