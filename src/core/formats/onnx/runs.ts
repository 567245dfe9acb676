import type { ModelFile } from '../../bytes/source';
import type { Constant } from '../../ir/types';
import { readElements, type Slice } from './tensor';

/** `times` runs of `count` elements, each `step` after the one before: a column of a matrix, one kernel of many. */
export interface RunsRequest {
  readonly from: number;
  readonly count: number;
  readonly times: number;
  readonly step: number;
}

/** Runs that lie this close are read in one go and sorted out afterwards; a disk reads pages of 4096 bytes anyway. */
const CLOSE = 1024;
/** Elements read in one go. */
const PIECE = 1 << 20;
/** Readings under way at once. */
const AT_ONCE = 32;

type Numbers = Extract<Slice, { kind: 'numbers' }>['numbers'];

function put(into: Float32Array, at: number, numbers: Numbers, from: number, count: number): void {
  const available = Math.min(count, numbers.length - from);
  for (let i = 0; i < available; i++) into[at + i] = Number(numbers[from + i]);
}

/** The elements of all runs one after another as single-precision numbers, or why there are none. Never reads more than a few MB at once. */
export async function readRuns(
  constant: Constant,
  file: ModelFile,
  { from, count, times, step }: RunsRequest,
  signal?: AbortSignal,
): Promise<Float32Array | string> {
  const values = new Float32Array(count * times);
  const near = step <= CLOSE ? Math.max(1, Math.floor(PIECE / Math.max(1, step))) : 1;
  // Varints differ in length: each reading would begin at the first of them again.
  const perPiece = constant.elements.kind === 'varint' ? times : near;
  const pieces = Math.ceil(times / perPiece);
  /** Why a piece could not be read. */
  const readPiece = async (piece: number): Promise<string | null> => {
    const run = piece * perPiece;
    const runs = Math.min(perPiece, times - run);
    const slice = await readElements(constant, file, from + run * step, (runs - 1) * step + count, signal);
    if (slice.kind === 'missing') return slice.reason;
    for (let i = 0; i < runs; i++) put(values, (run + i) * count, slice.numbers, i * step, count);
    return null;
  };
  for (let piece = 0; piece < pieces; piece += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, pieces - piece) }, (_, i) => readPiece(piece + i));
    const trouble = (await Promise.all(batch)).find((reason) => reason !== null);
    if (trouble !== undefined) return trouble;
  }
  return values;
}
