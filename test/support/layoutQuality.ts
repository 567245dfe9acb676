/** How well a drawing reads, in numbers: what graph drawing measures (crossings, bends, lengths), and what must not be at all. */
import Flatbush from 'flatbush';

export interface PlacedBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An edge, or a part of one, as a line of horizontal and vertical pieces. */
export interface PlacedWire {
  /** What it comes from and goes to; parts of a bundle are no crossings. */
  readonly from: number | string;
  readonly to: number | string;
  /** x, y of its corners. */
  readonly points: readonly number[];
}

export interface Quality {
  /** Pairs of boxes of which one lies on the other. */
  readonly overlaps: number;
  /** Boxes that an edge of others runs through. */
  readonly covered: number;
  /** Places where edges cross that have neither end in common: as the eye counts, each once. */
  readonly crossings: number;
  readonly bends: number;
  /** Of all edges together, px. */
  readonly length: number;
}

interface Piece {
  readonly wire: number;
  /** The coordinate it keeps, and the two it runs between. */
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

const SLACK = 0.5;

/** Boxes without those opened around others; wires of right angles only, or an Error. */
export function qualityOf(boxes: readonly PlacedBox[], wires: readonly PlacedWire[]): Quality {
  const [across, down] = piecesOf(wires);
  const length = [...across, ...down].reduce((sum, { low, high }) => sum + high - low, 0);
  const bends = wires.reduce((sum, { points }) => sum + bendsOf(points), 0);
  return { ...onBoxes(boxes, wires), crossings: crossingsOf(wires, across, down), bends, length };
}

function piecesOf(wires: readonly PlacedWire[]): [across: Piece[], down: Piece[]] {
  const across: Piece[] = [];
  const down: Piece[] = [];
  wires.forEach(({ points }, wire) => {
    for (let p = 0; p + 3 < points.length; p += 2) {
      const [x0, y0, x1, y1] = points.slice(p, p + 4) as [number, number, number, number];
      if (Math.abs(x0 - x1) > SLACK && Math.abs(y0 - y1) > SLACK) throw new Error(`wire ${wire} runs aslant`);
      if (Math.abs(x0 - x1) > SLACK) across.push({ wire, at: y0, low: Math.min(x0, x1), high: Math.max(x0, x1) });
      else if (Math.abs(y0 - y1) > SLACK) down.push({ wire, at: x0, low: Math.min(y0, y1), high: Math.max(y0, y1) });
    }
  });
  return [across, down];
}

/** Corners where the way really turns. */
function bendsOf(points: readonly number[]): number {
  let bends = 0;
  let before = '';
  for (let p = 0; p + 3 < points.length; p += 2) {
    const [x0, y0, x1, y1] = points.slice(p, p + 4) as [number, number, number, number];
    const way = Math.abs(x0 - x1) > SLACK ? 'across' : Math.abs(y0 - y1) > SLACK ? 'down' : before;
    if (before && way !== before) bends++;
    before = way;
  }
  return bends;
}

function crossingsOf(wires: readonly PlacedWire[], across: readonly Piece[], down: readonly Piece[]): number {
  if (!across.length || !down.length) return 0;
  const index = new Flatbush(down.length);
  for (const { at, low, high } of down) index.add(at, low, at, high);
  index.finish();
  const places = new Set<string>();
  for (const one of across)
    for (const found of index.search(one.low + SLACK, one.at, one.high - SLACK, one.at)) {
      const other = down[found]!;
      if (one.at <= other.low + SLACK || one.at >= other.high - SLACK) continue;
      const [a, b] = [wires[one.wire]!, wires[other.wire]!];
      if (one.wire === other.wire || a.from === b.from || a.to === b.to) continue;
      places.add(`${Math.round(other.at)},${Math.round(one.at)}`);
    }
  return places.size;
}

function onBoxes(boxes: readonly PlacedBox[], wires: readonly PlacedWire[]): Pick<Quality, 'overlaps' | 'covered'> {
  if (!boxes.length) return { overlaps: 0, covered: 0 };
  const index = new Flatbush(boxes.length);
  for (const { left, top, right, bottom } of boxes) index.add(left, top, right, bottom);
  index.finish();
  const within = ({ left, top, right, bottom }: PlacedBox): number[] =>
    index.search(left + SLACK, top + SLACK, right - SLACK, bottom - SLACK);
  const overlaps = boxes.reduce(
    (sum, box, i) => sum + within(box).filter((j) => j > i && touch(box, boxes[j]!)).length,
    0,
  );
  const covered = new Set<number>();
  for (const { points } of wires)
    for (let p = 0; p + 3 < points.length; p += 2) {
      const [x0, y0, x1, y1] = points.slice(p, p + 4) as [number, number, number, number];
      // A little more than a hairline: it ends at boxes, and starts at them.
      const [left, right] = [Math.min(x0, x1), Math.max(x0, x1)];
      const [top, bottom] = [Math.min(y0, y1), Math.max(y0, y1)];
      for (const found of index.search(left, top, right, bottom)) {
        const box = boxes[found]!;
        const inX = Math.min(right, box.right) - Math.max(left, box.left);
        const inY = Math.min(bottom, box.bottom) - Math.max(top, box.top);
        const through = right - left > bottom - top ? inX : inY;
        const beside =
          right - left > bottom - top
            ? Math.min(top - box.top, box.bottom - top)
            : Math.min(left - box.left, box.right - left);
        if (through > TOUCH && beside > TOUCH) covered.add(found);
      }
    }
  return { overlaps, covered: covered.size };
}

/** An arrow may end this far inside of a box's rim. */
const TOUCH = 2;

const touch = (a: PlacedBox, b: PlacedBox): boolean =>
  a.left < b.right - SLACK && b.left < a.right - SLACK && a.top < b.bottom - SLACK && b.top < a.bottom - SLACK;
