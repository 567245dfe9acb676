import type { Diagnostic } from '../diagnostics/diagnostic';
import { type Dim, dimAdd, dimCeilDiv, dimFloorDiv, dimMin, dimText } from '../ir/dim';
import { t } from '../l10n/l10n';
import type { Window } from './dependence';
import type { OpContext } from './operator';
import { badAttribute, badRank, badWindow, problemOf } from './problems';

export type AutoPad = 'NOTSET' | 'SAME_UPPER' | 'SAME_LOWER' | 'VALID';

/** The attributes that convolutions and poolings share, one entry per spatial axis. */
export interface WindowAttributes {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padBegin: readonly number[];
  readonly padEnd: readonly number[];
  readonly autoPad: AutoPad;
}

/** A sliding window put onto a picture: per axis the window and how many positions it has. */
export interface Sliding {
  readonly windows: readonly Window[];
  readonly output: readonly Dim[];
}

/** Extent of the window from its first to its last tap. */
export const windowSpan = (w: Pick<Window, 'kernel' | 'dilation'>): number => (w.kernel - 1) * w.dilation + 1;

const autoPads: readonly string[] = ['NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID'];

function readAutoPad(ctx: OpContext, problems: Diagnostic[]): AutoPad {
  const text = ctx.attrs.string('auto_pad', 'NOTSET') || 'NOTSET';
  if (autoPads.includes(text)) return text as AutoPad;
  problems.push(problemOf(ctx, badAttribute, t('auto_pad “{0}” is none of {1}', text, autoPads.join(', '))));
  return 'NOTSET';
}

/** A list attribute with one entry per axis, each at least `least`. */
export function readPerAxis(
  ctx: OpContext,
  name: string,
  rank: number,
  problems: Diagnostic[],
  fallback = 1,
  least = 1,
): readonly number[] {
  const read = ctx.attrs.ints(name);
  if (!read?.length) return Array<number>(rank).fill(fallback);
  if (read.length !== rank) {
    problems.push(problemOf(ctx, badAttribute, t('{0} has {1} entries for {2} spatial axes', name, read.length, rank)));
    return Array<number>(rank).fill(fallback);
  }
  if (read.some((n) => n < least || !Number.isSafeInteger(n))) {
    problems.push(problemOf(ctx, badAttribute, t('{0} [{1}] must be at least {2}', name, read.join(', '), least)));
    return Array<number>(rank).fill(fallback);
  }
  return read;
}

export function readWindowAttributes(ctx: OpContext, rank: number, problems: Diagnostic[]): WindowAttributes {
  const autoPad = readAutoPad(ctx, problems);
  let pads = ctx.attrs.ints('pads') ?? [];
  if (pads.length && pads.length !== 2 * rank) {
    problems.push(problemOf(ctx, badAttribute, t('pads has {0} entries for {1} spatial axes', pads.length, rank)));
    pads = [];
  }
  // auto_pad wins over pads that are there as well: some exporters write both.
  const explicit = autoPad === 'NOTSET' && pads.length ? pads : Array<number>(2 * rank).fill(0);
  return {
    strides: readPerAxis(ctx, 'strides', rank, problems),
    dilations: readPerAxis(ctx, 'dilations', rank, problems),
    padBegin: explicit.slice(0, rank),
    padEnd: explicit.slice(rank),
    autoPad,
  };
}

/** `kernel_shape`, checked, or null when the node has none. */
export function readKernel(ctx: OpContext, problems: Diagnostic[]): readonly number[] | null {
  const kernel = ctx.attrs.ints('kernel_shape');
  if (!kernel?.length) return null;
  return readPerAxis(ctx, 'kernel_shape', kernel.length, problems);
}

/**
 * SAME_UPPER and SAME_LOWER: ⌈length / stride⌉ windows, the padding halved, an odd rest at the end (UPPER) or the beginning (LOWER).
 * Where the extent is symbolic it is taken as a multiple of the stride: kernel and stride stay exact, only the split of the padding is assumed.
 */
function samePadding(length: Dim, w: Window, lower: boolean): Window {
  const known = typeof length === 'number' ? length : w.stride;
  const total = Math.max((Math.ceil(known / w.stride) - 1) * w.stride + windowSpan(w) - known, 0);
  const small = Math.floor(total / 2);
  return { ...w, padBegin: lower ? total - small : small, padEnd: lower ? small : total - small };
}

/**
 * Number of window positions: ⌊(length + padding − span) / stride⌋ + 1. With ceil_mode the last window may hang over the end, but may not
 * begin in the end padding (torch's rule; onnx/onnx#5741 made it ONNX's, and runtimes apply it to every opset).
 */
export function slide(length: Dim, w: Window, ceil = false): Dim {
  const room = dimAdd(length, w.padBegin + w.padEnd - windowSpan(w));
  if (!ceil) return dimAdd(dimFloorDiv(room, w.stride), 1);
  const count = dimAdd(dimCeilDiv(room, w.stride), 1);
  if (typeof count === 'number' && typeof length === 'number') {
    return (count - 1) * w.stride >= length + w.padBegin ? count - 1 : count;
  }
  // A stride that fits into the window without its end padding can never begin a window there.
  if (w.stride <= windowSpan(w) - w.padEnd) return count;
  return dimMin(count, dimCeilDiv(dimAdd(length, w.padBegin), w.stride));
}

/** Windows and output extents over `spatial`, or null with the reasons in `problems`. */
export function slideAll(
  ctx: OpContext,
  spatial: readonly Dim[],
  kernel: readonly number[],
  attributes: WindowAttributes,
  problems: Diagnostic[],
  ceil = false,
): Sliding | null {
  if (kernel.length !== spatial.length) {
    const what = t('a window of {0} axes on a picture of {1}', kernel.length, spatial.length);
    problems.push(problemOf(ctx, badRank, what));
    return null;
  }
  const windows: Window[] = [];
  const output: Dim[] = [];
  spatial.forEach((length, i) => {
    const plain: Window = {
      kernel: kernel[i] ?? 1,
      stride: attributes.strides[i] ?? 1,
      dilation: attributes.dilations[i] ?? 1,
      padBegin: attributes.padBegin[i] ?? 0,
      padEnd: attributes.padEnd[i] ?? 0,
    };
    const same = attributes.autoPad === 'SAME_UPPER' || attributes.autoPad === 'SAME_LOWER';
    const w = same ? samePadding(length, plain, attributes.autoPad === 'SAME_LOWER') : plain;
    const count = same ? dimCeilDiv(length, w.stride) : slide(length, w, ceil);
    if (typeof count === 'number' && count < 1) {
      const padded = dimText(dimAdd(length, w.padBegin + w.padEnd));
      problems.push(problemOf(ctx, badWindow, t('a window of {0} does not fit into {1}', windowSpan(w), padded)));
    }
    windows.push(w);
    output.push(count);
  });
  return problems.length ? null : { windows, output };
}
