import type { FixableDiagnostic } from '../../../diagnostics/fix';
import { marked } from '../../../l10n/decimals';
import { t } from '../../../l10n/l10n';
import { addKey, fix, setOption } from '../fixes';
import * as problems from '../problems';
import type { Lowering } from './lowering';
import type { Pair } from './values';
import { spanOf, windowCount } from './windows';
import { pairText, stepText, type LayerRun, type WindowUse, type Wire } from './wire';

/** What only the whole net tells: pixels nobody looks at, layers nobody uses. */
export function lookBack(lowering: Lowering, source: string): void {
  const uses = new Map<string, LayerRun[]>();
  for (const run of lowering.runs) {
    if (run.block || run.kind?.name === 'head') continue;
    for (const { tensor } of run.inputs) uses.set(tensor, [...(uses.get(tensor) ?? []), run]);
  }
  const outputs = new Set(lowering.outputs.map(({ tensor }) => tensor));
  for (const run of lowering.runs) {
    reportUnseen(lowering, source, run, uses);
    const wire = run.result;
    if (run.main === null || wire?.run !== run || outputs.has(wire.tensor) || uses.has(wire.tensor)) continue;
    // Its indices may be what is used.
    if (lowering.unpooled.has(run.index)) continue;
    const problem = problems.unused(
      { location: { kind: 'text', span: run.layer.kind.span } },
      run.name ? `“${run.name}”` : t('this layer'),
    );
    const edit = addKey(source, run.layer, 'output', 'true');
    lowering.say({ ...problem, fixes: [fix(t('Make it an output of the net'), edit)] }, run);
  }
}

function reportUnseen(
  lowering: Lowering,
  source: string,
  run: LayerRun,
  uses: ReadonlyMap<string, readonly LayerRun[]>,
): void {
  const { window } = run;
  const input: Wire | undefined = run.inputs[0];
  if (!window || window.transposed || !input) return;
  const share = unseenShare(window);
  if (share === null) return;
  // On a way round a block, other layers look at what this one leaves out.
  const others = (uses.get(input.tensor) ?? []).filter((other) => other !== run);
  if (others.some(({ window: own }) => !own || unseenShare(own) === null)) return;
  const { kernel, stride } = window;
  const place = run.given.get('stride')?.span ?? run.layer.kind.span;
  const problem: FixableDiagnostic = problems.unseen(
    { location: { kind: 'text', span: place } },
    stepText(stride),
    stepText(kernel),
    share,
  );
  const smaller: Pair = [Math.min(stride[0], kernel[0]), Math.min(stride[1], kernel[1])];
  const larger: Pair = [Math.max(stride[0], kernel[0]), Math.max(stride[1], kernel[1])];
  const text = (pair: Pair): string => stepText(pair).replace('×', 'x');
  const fixes = [
    fix(
      t('Stride {0}: every pixel is seen', stepText(smaller)),
      setOption(source, run.layer, run.given, 'stride', text(smaller)),
    ),
    fix(
      t('Kernel {0}: every pixel is seen', pairText(larger)),
      setOption(source, run.layer, run.given, 'kernel', pairText(larger).replace('×', 'x')),
    ),
  ];
  lowering.say({ ...problem, fixes: run.given.get('kernel') ? fixes : fixes.slice(0, 1) }, run);
}

/** How much of the picture no window touches, in words; null where every pixel is seen, or the size is not known. */
function unseenShare({ kernel, stride, dilation, pads, input }: WindowUse): string | null {
  if (stride[0] <= kernel[0] && stride[1] <= kernel[1]) return null;
  if (dilation.some((step) => step > 1)) return null;
  const seen = ([0, 1] as const).map((axis) => {
    const size = input?.spatial?.[axis] ?? null;
    const [before, after] = [pads[axis], pads[axis === 0 ? 2 : 3]];
    return size === null ? null : { size, seen: seenAlong(size, kernel[axis], stride[axis], before, after) };
  });
  const [rows, columns] = seen;
  if (!rows || !columns) return null;
  const all = rows.size * columns.size;
  const missing = all - rows.seen * columns.seen;
  if (missing <= 0) return null;
  const percent = (100 * missing) / all;
  const said = percent >= 99.5 && missing < all ? '>99' : marked(percent.toFixed(percent < 10 ? 1 : 0));
  return t(
    '{0} % of the picture ({1} of {2} rows, {3} of {4} columns)',
    said,
    rows.size - rows.seen,
    rows.size,
    columns.size - columns.seen,
    columns.size,
  );
}

/** Pixels of one axis that lie in some window. */
function seenAlong(size: number, kernel: number, stride: number, before: number, after: number): number {
  const count = windowCount(size, spanOf(kernel, 1), stride, before, after);
  let seen = 0;
  for (let i = 0; i < count; i++) {
    const first = Math.max(0, i * stride - before, i > 0 ? (i - 1) * stride - before + kernel : 0);
    seen += Math.max(0, Math.min(size, i * stride - before + kernel) - first);
  }
  return seen;
}
