/** What is visible: closed modules stand for what is in them, pills and plumbing are folded into their neighbours. */
import { EdgeKind, type LayoutScene } from './types';

interface VisibleEdge {
  readonly from: number;
  readonly to: number;
  /** Of the merged edges: data if any is. */
  kind: EdgeKind;
  /** One of the scene's edges drawn by this one. */
  readonly edge: number;
}

export interface Visible {
  readonly scene: LayoutScene;
  /** Items in flow order, opened groups left out. */
  readonly items: readonly number[];
  /** Opened group around each item or opened group, -1 at the root; indexed by item number. */
  readonly container: Int32Array;
  readonly edges: readonly VisibleEdge[];
  readonly isOpen: Uint8Array;
  /** Rows drawn once, by their first module. */
  readonly folded: Uint8Array;
}

export interface Folding {
  readonly open: readonly number[];
  readonly plumbing: boolean;
  readonly fold: boolean;
}

export function visibleOf(scene: LayoutScene, folding: Folding): Visible {
  const { nodes, groups, ports } = scene;
  const isOpen = new Uint8Array(groups);
  for (const group of folding.open) if (group >= 0 && group < groups) isOpen[group] = 1;
  const folded = foldedRows(scene, isOpen, folding.fold);
  const shown = representatives(scene, isOpen, folding.plumbing, folded);
  const container = new Int32Array(nodes + groups + ports).fill(-1);
  for (let n = 0; n < nodes; n++) container[n] = scene.groupOf[n]!;
  for (let g = 0; g < groups; g++) container[nodes + g] = scene.parent[g]!;
  const edges = mergedEdges(scene, shown, folding, folded);
  return { scene, items: itemsInOrder(scene, shown), container, edges, isOpen, folded };
}

/** Opening any but the first module of a row means that one wants to see it itself: the row is drawn out. */
function foldedRows(scene: LayoutScene, isOpen: Uint8Array, fold: boolean): Uint8Array {
  const folded = new Uint8Array(scene.groups);
  if (!fold) return folded;
  for (let g = 0; g < scene.groups; g++) if (scene.run[g]! >= 0) folded[scene.run[g]!] = 1;
  for (let g = 0; g < scene.groups; g++)
    if (isOpen[g] && scene.run[g]! >= 0 && scene.run[g] !== g) folded[scene.run[g]!] = 0;
  return folded;
}

/** Row of equal modules, drawn once, around each node but not the first module's own: -1 for none. */
function rowsAround(scene: LayoutScene, folded: Uint8Array): (node: number) => number {
  return (node) => {
    for (let g = scene.groupOf[node]!; g >= 0; g = scene.parent[g]!) {
      const run = scene.run[g]!;
      if (run >= 0 && run !== g && folded[run]) return g;
    }
    return -1;
  };
}

/** The item that stands for each node: itself, the outermost closed module around it, or -1 where it is folded away. */
function representatives(scene: LayoutScene, isOpen: Uint8Array, plumbing: boolean, folded: Uint8Array): Int32Array {
  const closed = new Int32Array(scene.groups).fill(-2);
  const closedAround = (group: number): number => {
    if (group < 0) return -1;
    const known = closed[group]!;
    if (known !== -2) return known;
    // A module inside itself cannot come from the host, but must not hang the page.
    closed[group] = -1;
    const outer = closedAround(scene.parent[group]!);
    closed[group] = outer >= 0 ? outer : isOpen[group] ? -1 : group;
    return closed[group];
  };
  const shown = new Int32Array(scene.nodes).fill(-1);
  for (let n = 0; n < scene.nodes; n++) {
    if (scene.pillOf[n]! >= 0 || (scene.plumbing[n] && !plumbing)) continue;
    const group = closedAround(scene.groupOf[n]!);
    shown[n] = group >= 0 ? scene.nodes + group : n;
  }
  const rowAround = rowsAround(scene, folded);
  for (let n = 0; n < scene.nodes; n++) if (shown[n]! >= 0 && rowAround(n) >= 0) shown[n] = shown[scene.stands[n]!]!;
  for (let n = 0; n < scene.nodes; n++) if (scene.pillOf[n]! >= 0) shown[n] = shown[scene.pillOf[n]!] ?? -1;
  return shown;
}

function itemsInOrder(scene: LayoutScene, shown: Int32Array): number[] {
  const seen = new Set<number>();
  const first = scene.nodes + scene.groups;
  // Inputs first, outputs last; a port nobody uses is still part of the net.
  const isOutput = new Uint8Array(scene.ports);
  for (const to of scene.edgeTo) if (to >= first) isOutput[to - first] = 1;
  const ports = Array.from({ length: scene.ports }, (_, p) => p);
  for (const p of ports) if (!isOutput[p]) seen.add(first + p);
  for (const item of shown) if (item >= 0) seen.add(item);
  for (const p of ports) if (isOutput[p]) seen.add(first + p);
  return [...seen];
}

function mergedEdges(scene: LayoutScene, shown: Int32Array, folding: Folding, folded: Uint8Array): VisibleEdge[] {
  const total = scene.nodes + scene.groups + scene.ports;
  const byEnds = new Map<number, VisibleEdge>();
  const end = (item: number): number => (item < scene.nodes ? shown[item]! : item);
  const memberOf = (item: number): number => {
    if (item >= scene.nodes) return -1;
    for (let g = scene.groupOf[item]!; g >= 0; g = scene.parent[g]!)
      if (scene.run[g]! >= 0 && folded[scene.run[g]!]) return g;
    return -1;
  };
  scene.edgeFrom.forEach((source, edge) => {
    const kind = scene.edgeKind[edge]! as EdgeKind;
    if (kind === EdgeKind.Plumbing && !folding.plumbing) return;
    const from = end(source);
    const to = end(scene.edgeTo[edge]!);
    if (from < 0 || to < 0 || from === to) return;
    // From one module of a row to the next: within what is drawn once.
    const [a, b] = [memberOf(source), memberOf(scene.edgeTo[edge]!)];
    if (a >= 0 && b >= 0 && a !== b && scene.run[a] === scene.run[b]) return;
    const key = from * total + to;
    const known = byEnds.get(key);
    if (!known) byEnds.set(key, { from, to, kind, edge });
    else if (kind === EdgeKind.Data) known.kind = kind;
  });
  return [...byEnds.values()];
}
