/** Modules while the grouping is worked out. */
import type { Kind } from './kinds';
import type { Sketch } from './sketch';

export interface Branch {
  /** '' until one is found: what its layers' names share, else `fallback`, else its kind and number. */
  name: string;
  fallback?: string | undefined;
  /** The name is one of ours, not of the file. */
  isOurs?: boolean;
  kind: Kind;
  /** Parts of the path of names that it stands for. */
  readonly depth: number;
  children: Branch[];
  /** Nodes directly in it, those in pills and plumbing too. */
  own: number[];
}

export const branch = (name: string, depth: number, kind: Kind = ''): Branch => ({
  name,
  kind,
  depth,
  children: [],
  own: [],
});

/** Boxes in a module, in flow order. */
export function boxesIn(sketch: Sketch, b: Branch): number[] {
  const boxes: number[] = [];
  const collect = ({ own, children }: Branch): void => {
    addBoxes(sketch, own, boxes);
    for (const child of children) collect(child);
  };
  collect(b);
  return inOrder(boxes);
}

/** Nearly always they are: sorting copies. */
function inOrder(boxes: number[]): number[] {
  for (let i = 1; i < boxes.length; i++) if (boxes[i]! < boxes[i - 1]!) return boxes.sort((x, y) => x - y);
  return boxes;
}

/** Boxes of these nodes, in flow order, without those of others that they are fused into. */
export function boxesOfNodes(sketch: Sketch, nodes: readonly number[]): number[] {
  const boxes: number[] = [];
  addBoxes(sketch, nodes, boxes);
  return inOrder(boxes);
}

function addBoxes(sketch: Sketch, nodes: readonly number[], boxes: number[]): void {
  for (const node of nodes) {
    const box = sketch.boxOf[node] ?? -1;
    if (box >= 0 && sketch.boxes[box]?.node === node) boxes.push(box);
  }
}
