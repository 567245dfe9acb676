import type { Diagnostic } from '../diagnostics/diagnostic';
import { type Dim, dimAdd, dimMul, dimText } from '../ir/dim';
import { t } from '../l10n/l10n';
import { along, type Window } from './dependence';
import { perAxisText, sizeText } from './labels';
import { dtypeOf, elementsOf, given, shapeOf } from './operands';
import type { OpContext, OpDef } from './operator';
import { badAttribute, badRank, badWindow, problemOf } from './problems';
import { outputShape, windowed } from './spatial';
import { readKernel, readWindowAttributes } from './window';
import { tensor } from './formula';
import { rangesOf, letters } from './letters';

function readWindows(ctx: OpContext, problems: Diagnostic[]): readonly Window[] | null {
  const kernel = readKernel(ctx, problems);
  const shape = shapeOf(ctx, 0);
  if (!kernel) problems.push(problemOf(ctx, badAttribute, t('kernel_shape is missing')));
  else if (shape && shape.length !== kernel.length + 2) {
    problems.push(
      problemOf(ctx, badRank, t('a window of {0} axes on an input of {1} axes', kernel.length, shape.length)),
    );
  }
  if (!kernel || problems.length) return null;
  const attributes = readWindowAttributes(ctx, kernel.length, problems);
  if (problems.length) return null;
  return kernel.map((size, i) => ({
    kernel: size,
    stride: attributes.strides[i] ?? 1,
    dilation: 1,
    padBegin: attributes.padBegin[i] ?? 0,
    padEnd: attributes.padEnd[i] ?? 0,
  }));
}

/** The size before pooling is not unique: the third input may say it, else it is the smallest that fits. */
function unpooledShape(ctx: OpContext, windows: readonly Window[]): readonly Dim[] | null {
  const shape = shapeOf(ctx, 0);
  if (!shape) return null;
  if (given(ctx, 2)) return elementsOf(ctx, 2) ?? [shape[0] ?? null, shape[1] ?? null, ...windows.map(() => null)];
  const spatial = windows.map((w, i) =>
    dimAdd(dimMul(dimAdd(shape[i + 2] ?? null, -1), w.stride), w.kernel - w.padBegin - w.padEnd),
  );
  return [shape[0] ?? null, shape[1] ?? null, ...spatial];
}

export const maxUnpool: OpDef = {
  name: 'MaxUnpool',
  family: 'upsampling',
  title: 'Max unpool',
  summary: t('Puts every value back to where max pooling had found it; all other places become 0.'),
  inputs: [{ name: 'X' }, { name: 'I' }, { name: 'output_shape' }],
  types(ctx) {
    const problems: Diagnostic[] = [];
    const windows = readWindows(ctx, problems);
    const shape = windows && unpooledShape(ctx, windows);
    const bad = shape?.find((d) => typeof d === 'number' && d < 1);
    if (bad !== undefined)
      problems.push(problemOf(ctx, badWindow, t('the result would have an extent of {0}', dimText(bad))));
    problems.forEach((p) => ctx.report(p));
    return [{ dtype: dtypeOf(ctx, 0), shape: bad === undefined ? shape : null }];
  },
  windows: (ctx) => readWindows(ctx, []),
  dependence(ctx) {
    const windows = readWindows(ctx, []);
    const rank = shapeOf(ctx, 0)?.length ?? 2;
    const spread = windows && windowed(windows, 'same', 'transposed');
    // The position within the window is data; any position of the window may be meant.
    return [[spread ?? { axes: Array.from({ length: rank }, (_, i) => along(i)) }, null, null]];
  },
  label(ctx) {
    const windows = readWindows(ctx, []);
    return windows ? [sizeText(windows.map((w) => w.kernel)), `×${perAxisText(windows.map((w) => w.stride))}`] : [];
  },
  formula(ctx) {
    const shape = outputShape(ctx);
    if (!shape) return null;
    const names = letters(shape.length);
    return {
      left: tensor('Y', { terms: [{ letter: 'I', factor: 1 }], constant: 0, divisor: 1 }),
      right: tensor('X', ...names),
      ranges: rangesOf(names, shapeOf(ctx, 0) ?? []),
      notes: [t('I = I[{0}] counts the places of Y row by row', names.join(', ')), t('everywhere else Y is 0')],
    };
  },
};
