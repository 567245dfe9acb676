import type { AxisMap, Window } from '../ops/dependence';
import { clipRuns, collectRuns, countOf, noRuns, type Runs, runOf, shifted } from './runs';

/** One axis of an operator between tensors of known extents. */
export interface AxisFrame {
  readonly map: AxisMap;
  readonly inputExtent: number;
  readonly outputExtent: number;
  /**
   * True: positions outside the input are dropped, they hold padding. False: both tensors go on for ever, as if the picture had no
   * border; only positions that the operator itself brings back to the border (clamp, reflect) are taken where it takes them.
   */
  readonly clip: boolean;
}

/** Positions read one by one, at most: pictures have thousands, only hostile files billions. */
const mostReads = 1 << 22;

/** Input positions that the output positions `at` read; null when there are too many to go through. */
export function readPositions(frame: AxisFrame, at: Runs): Runs | null {
  if (!at.length) return noRuns;
  if (countOf(at) * readsEach(frame.map) > mostReads) return null;
  const read = readUnclipped(frame, at);
  return frame.clip ? clipRuns(read, 0, frame.inputExtent - 1) : read;
}

/** Steps of work per position; 0 where whole runs are read at once. */
function readsEach(map: AxisMap): number {
  switch (map.kind) {
    case 'window':
    case 'transposed':
      return isSolid(map.window) ? 0 : map.window.kernel;
    case 'whole':
      return 0;
    default:
      return 1;
  }
}

/** Neighbouring windows touch or overlap, so that a run of outputs reads a run of inputs. */
const isSolid = (w: Window): boolean => w.dilation === 1 && w.stride > 0 && w.stride <= w.kernel;

function readUnclipped(frame: AxisFrame, at: Runs): Runs {
  const { map, inputExtent } = frame;
  switch (map.kind) {
    case 'window':
      return throughWindow(map.window, at);
    case 'transposed':
      return throughTransposed(map.window, at);
    case 'periodic':
      return periodic(map, frame, at);
    case 'border':
      return bordered(map, frame, at);
    case 'listed':
      return each(at, (i, out) => {
        for (const x of map.reads[i] ?? []) out.push(x, x);
      });
    case 'whole':
      return runOf(0, inputExtent - 1);
  }
}

function each(at: Runs, read: (position: number, out: number[]) => void): Runs {
  const out: number[] = [];
  for (let r = 0; r < at.length; r += 2) for (let i = at[r]!; i <= at[r + 1]!; i++) read(i, out);
  return collectRuns(out);
}

/** Runs of outputs read runs of inputs where neighbouring windows touch; else window by window. */
function throughWindow(w: Window, at: Runs): Runs {
  if (w.kernel === 1 && w.stride === 1) return shifted(at, 0 - w.padBegin);
  const out: number[] = [];
  const dense = w.dilation === 1 || w.kernel === 1;
  for (let r = 0; r < at.length; r += 2) {
    const [first, last] = [0 - w.padBegin + at[r]! * w.stride, 0 - w.padBegin + at[r + 1]! * w.stride];
    if (isSolid(w)) out.push(first, last + w.kernel - 1);
    else if (w.stride === 1) for (let k = 0; k < w.kernel; k++) out.push(first + k * w.dilation, last + k * w.dilation);
    else return eachWindow(w, at, dense);
  }
  return collectRuns(out);
}

const eachWindow = (w: Window, at: Runs, dense: boolean): Runs =>
  each(at, (i, out) => {
    const first = 0 - w.padBegin + i * w.stride;
    if (dense) out.push(first, first + w.kernel - 1);
    else for (let k = 0; k < w.kernel; k++) out.push(first + k * w.dilation, first + k * w.dilation);
  });

/** `i = j·stride − padBegin + k·dilation`. */
function throughTransposed(w: Window, at: Runs): Runs {
  if (isSolid(w)) {
    const out: number[] = [];
    for (let r = 0; r < at.length; r += 2) {
      out.push(
        Math.ceil((at[r]! + w.padBegin - w.kernel + 1) / w.stride) + 0, // −0 is no index
        Math.floor((at[r + 1]! + w.padBegin) / w.stride),
      );
    }
    return collectRuns(out);
  }
  return each(at, (i, out) => {
    for (let k = w.kernel - 1; k >= 0; k--) {
      const distance = i + w.padBegin - k * w.dilation;
      if (distance % w.stride === 0) out.push(distance / w.stride, distance / w.stride);
    }
  });
}

type MapOf<K extends AxisMap['kind']> = Extract<AxisMap, { kind: K }>;

function periodic(map: MapOf<'periodic'>, frame: AxisFrame, at: Runs): Runs {
  return each(at, (i, out) => {
    const q = Math.floor(i / map.outPeriod);
    for (const tap of map.taps[i - q * map.outPeriod] ?? []) {
      const x = tap + q * map.inPeriod;
      const y = map.clamp && isInside(i, frame.outputExtent) ? clamped(x, frame.inputExtent) : x;
      out.push(y, y);
    }
  });
}

const isInside = (i: number, extent: number): boolean => i >= 0 && i < extent;
const clamped = (x: number, extent: number): number => Math.max(0, Math.min(extent - 1, x));

function bordered(map: MapOf<'border'>, frame: AxisFrame, at: Runs): Runs {
  const moved = shifted(at, 0 - map.before);
  const inner = clipRuns(moved, 0, frame.inputExtent - 1);
  if (inner === moved) return moved;
  return each(at, (i, out) => {
    const x = isInside(i, frame.outputExtent) ? folded(i - map.before, frame.inputExtent, map.mode) : i - map.before;
    out.push(x, x);
  });
}

/** Mirrored without repeating the border, repeated, or round about. */
function folded(x: number, extent: number, mode: MapOf<'border'>['mode']): number {
  if (mode === 'edge' || extent < 2) return clamped(x, extent);
  if (mode === 'wrap') return ((x % extent) + extent) % extent;
  const round = 2 * (extent - 1);
  const within = ((x % round) + round) % round;
  return within < extent ? within : round - within;
}
