import { t } from '../../../l10n/l10n';
import { fix } from '../fixes';
import * as problems from '../problems';
import type { ReadWindow } from './readWindow';
import { text, type Step } from './emitter';
import type { LayerBuilder } from './layerBuilder';
import type { Border, Pads } from './values';
import type { Extent } from './wire';

interface Padded {
  readonly steps: readonly Step[];
  /** The window as the operator itself then uses it. */
  readonly window: ReadWindow;
}

const NONE: Pads = [0, 0, 0, 0];

/**
 * A border that is not 0 is added to the picture before the window comes: ONNX's convolutions know no other neutral value than 0.
 * `zero`: the value the operator pads with by itself; null where it has none of its own (pooling).
 */
export function padFirst(builder: LayerBuilder, window: ReadWindow, zero: number | null = 0): Padded {
  const border = builder.values.border();
  if (!border || (border.mode === 'constant' && border.value === zero)) return { steps: [], window };
  const { pads } = window;
  if (!pads || pads.every((side) => side === 0)) {
    if (pads) builder.report(problems.needlessBorder(builder.of('border')));
    return { steps: [], window };
  }
  const spatial = window.input?.spatial ?? null;
  checkBorder(builder, border, pads, spatial);
  return { steps: [padStep(builder, border, pads, 'pad')], window: { ...window, pads: NONE } };
}

/** ONNX's Pad: before and after each axis, batch and channels untouched. */
export function padStep(builder: LayerBuilder, border: Border, pads: Pads, suffix: string): Step {
  const { emitter } = builder.around;
  const { run } = builder;
  const [top, left, bottom, right] = pads;
  const amounts = emitter.integers(run, builder.named('pads'), [0, 0, top, left, 0, 0, bottom, right]);
  const value = border.mode === 'constant' ? [emitter.scalar(run, builder.named('neutral'), border.value)] : [];
  return { suffix, op: 'Pad', attrs: { mode: text(border.mode) }, inputs: (x) => [x, amounts, ...value] };
}

/** A picture can only be mirrored or continued as far as it reaches itself. */
export function checkBorder(
  builder: LayerBuilder,
  border: Border,
  pads: Pads,
  spatial: readonly [Extent, Extent] | null,
): void {
  if (border.mode === 'constant' || border.mode === 'edge') return;
  for (const axis of [0, 1] as const) {
    const size = spatial?.[axis] ?? null;
    const most = Math.max(pads[axis], pads[axis === 0 ? 2 : 3]);
    if (size === null || most < size) continue;
    const given = builder.values.said('border');
    const edits = given ? [fix(t('Repeat the edge instead'), { span: given.span, text: 'edge' })] : [];
    builder.report({ ...problems.borderTooFar(builder.of('border'), border.mode, most, size), fixes: edits });
    return;
  }
}
