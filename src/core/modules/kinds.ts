/** What a set of boxes is called in the literature: residual block (He 2015), inception module (Szegedy 2014), fire (Iandola 2016)… */
import type { Sketch, SketchBox } from './sketch';

export type Kind =
  | ''
  | 'residual block'
  | 'bottleneck'
  | 'inverted residual'
  | 'depthwise separable'
  | 'inception'
  | 'fire'
  | 'dense layer'
  | 'dense block'
  | 'squeeze-and-excitation'
  | 'pyramid pooling'
  | 'attention'
  | 'auxiliary head'
  | 'stage'
  | 'encoder'
  | 'decoder';

const isConv = (box: SketchBox): boolean => box.family === 'convolution';
const isPointwise = (box: SketchBox): boolean => isConv(box) && (box.kernel?.every((k) => k === 1) ?? false);
const isPooling = (box: SketchBox): boolean => box.family === 'pooling';
/** All of a map into one number. */
const poolsAll = (box: SketchBox): boolean =>
  !box.weighs && (box.areaIn ?? 0) > 1 && box.areaOut !== null && box.areaOut <= 1;

/** The part of a sketch inside a set of boxes. */
interface Part {
  readonly boxes: readonly SketchBox[];
  readonly inside: ReadonlySet<number>;
  /** Box through which all data leaves; null when there are several. */
  readonly exit: number | null;
}

function partOf(sketch: Sketch, indices: readonly number[]): Part {
  const inside = new Set(indices);
  const exits = indices.filter(
    (b) => (sketch.leaves[b] ?? false) || !sketch.next[b]?.length || sketch.next[b].some((n) => !inside.has(n)),
  );
  const boxes = indices.flatMap((b) => sketch.boxes[b] ?? []);
  return { boxes, inside, exit: exits.length === 1 ? (exits[0] ?? null) : null };
}

/** `indices` in flow order. */
export function kindOf(sketch: Sketch, indices: readonly number[]): Kind {
  const part = partOf(sketch, indices);
  const { boxes, exit } = part;
  if (boxes.length < 2) return '';
  if (boxes.every((b) => b.auxiliary)) return 'auxiliary head';
  if (exit === null) return '';
  const last = sketch.boxes[exit];
  switch (last?.op) {
    case 'Add':
    case 'Sum':
      return residual(sketch, part, exit);
    case 'Concat':
      return concatenating(sketch, part, exit);
    case 'Mul':
      return boxes.some(poolsAll) && joins(sketch, exit) ? 'squeeze-and-excitation' : '';
    default:
      return chain(sketch, part, indices);
  }
}

const joins = (sketch: Sketch, box: number): boolean =>
  (sketch.previous[box]?.length ?? 0) > 1 || sketch.enters[box] === true;

/** Boxes on the longest way to the join; those of a short way round it (a projection) left out. */
function mainPath(sketch: Sketch, { inside }: Part, join: number): number[] {
  // Boxes are in flow order, so lengths follow in one pass; a chain of thousands is no place for recursion.
  const length = new Map<number, number>();
  const reach = (b: number): number => length.get(b) ?? 0;
  for (const b of [...inside].sort((a, c) => a - c)) {
    length.set(b, (sketch.previous[b] ?? []).reduce((most, p) => Math.max(most, reach(p)), 0) + 1);
  }
  const path: number[] = [];
  let at: number | undefined = join;
  while (at !== undefined) {
    path.unshift(at);
    const [best] = (sketch.previous[at] ?? []).filter((p) => inside.has(p)).sort((a, b) => reach(b) - reach(a));
    at = best;
  }
  return path;
}

/** What reaches the join beside the main path comes straight from outside, or through a projection. */
function hasShortcut(sketch: Sketch, { inside }: Part, join: number, main: ReadonlySet<number>): boolean {
  if (sketch.enters[join]) return true;
  return (sketch.previous[join] ?? []).some((p) => {
    let at: number | undefined = p;
    for (let steps = 0; steps < 4 && at !== undefined && !main.has(at); steps++) {
      if (!inside.has(at)) return true;
      const before: readonly number[] = sketch.previous[at] ?? [];
      if (sketch.enters[at]) return true;
      at = before.length === 1 ? before[0] : undefined;
    }
    return false;
  });
}

function residual(sketch: Sketch, part: Part, join: number): Kind {
  if (!joins(sketch, join)) return '';
  const main = mainPath(sketch, part, join);
  if (!hasShortcut(sketch, part, join, new Set(main))) return '';
  const path = main.flatMap((b) => sketch.boxes[b] ?? []);
  if (part.boxes.some((b) => b.op === 'Softmax')) return 'attention';
  const convs = path.filter(isConv);
  if (convs.some((c) => c.depthwise)) return 'inverted residual';
  const [first, second, third] = convs;
  if (
    convs.length === 3 &&
    first &&
    second &&
    third &&
    isPointwise(first) &&
    !isPointwise(second) &&
    isPointwise(third)
  )
    return 'bottleneck';
  return path.some((b) => b.weighs) ? 'residual block' : '';
}

function concatenating(sketch: Sketch, part: Part, join: number): Kind {
  const { boxes, inside } = part;
  const ways = (sketch.previous[join] ?? []).length + (sketch.enters[join] ? 1 : 0);
  const direct = (sketch.previous[join] ?? []).filter((p) => !inside.has(p)).length + (sketch.enters[join] ? 1 : 0);
  const convs = boxes.filter(isConv);
  if (ways < 2) return '';
  if (direct === 1 && ways === 2 && convs.length >= 1 && convs.length <= 3) return 'dense layer';
  if (direct) return '';
  if (ways === 2 && convs.length === 3 && boxes.length === 4) {
    const [squeeze, a, b] = convs;
    if (squeeze && a && b && isPointwise(squeeze) && isPointwise(a) !== isPointwise(b)) return 'fire';
  }
  if (boxes.filter(isPooling).length >= 2 && boxes.filter(isPooling).length >= convs.length) return 'pyramid pooling';
  return ways >= 3 && convs.length >= 3 ? 'inception' : '';
}

function chain(sketch: Sketch, { boxes, inside }: Part, indices: readonly number[]): Kind {
  const convs = boxes.filter(isConv);
  const straight = indices.every((b) => (sketch.previous[b] ?? []).filter((p) => inside.has(p)).length <= 1);
  if (!straight) return '';
  const others = boxes.length - convs.length;
  const [first, second, third] = convs;
  if (convs.length === 3 && !others && first && second?.depthwise && third && isPointwise(first) && isPointwise(third))
    return 'inverted residual';
  if (convs.length === 2 && !others && first?.depthwise && second && isPointwise(second)) return 'depthwise separable';
  // torchvision's layers of a dense block begin with the concat of all before them.
  if (boxes[0]?.op === 'Concat' && convs.length === 2 && first && isPointwise(first)) return 'dense layer';
  return '';
}
