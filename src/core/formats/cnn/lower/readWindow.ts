import type { Attr } from '../../../ir/types';
import { t } from '../../../l10n/l10n';
import { fix, setOption } from '../fixes';
import * as problems from '../problems';
import { ints } from './emitter';
import type { LayerBuilder } from './layerBuilder';
import type { Padding, Pads, Pair } from './values';
import { keepingPad, padsOf, spanOf, windowed } from './windows';
import { pairText, spatialText, type Extent, type Shape, type WindowUse } from './wire';

export const ONE: Pair = [1, 1];

/** The window of a layer as far as it was said; sizes that do not fit have been told. */
export interface ReadWindow extends Omit<WindowUse, 'pads'> {
  /** `null` where `same` depends on a size nobody knows. */
  readonly pads: Pads | null;
  readonly kernelKnown: boolean;
  readonly output: readonly [Extent, Extent];
}

export interface WindowDefaults {
  readonly kernel?: Pair | null;
  readonly stride?: (kernel: Pair) => Pair;
  readonly padding?: Padding;
  readonly ceil?: boolean;
  /** What to write where the kernel is missing. */
  readonly example: string;
}

export function readWindow(builder: LayerBuilder, input: Shape, usual: WindowDefaults): ReadWindow {
  const { values, run } = builder;
  const said = values.size('kernel') ?? usual.kernel ?? null;
  // Rows of numbers have a size of their own; that they cannot be read has been told.
  if (!said && !values.said('kernel') && !values.said('weights')?.tree) {
    builder.report(problems.noValue(builder.at(run.layer.kind.span), t('The size of the kernel'), usual.example));
  }
  const kernel = said ?? ONE;
  const stride = values.size('stride') ?? usual.stride?.(kernel) ?? ONE;
  const dilation = values.size('dilation') ?? ONE;
  if (values.said('dilation') && said?.every((side) => side === 1)) {
    builder.report(problems.uselessDilation(builder.of('dilation')));
  }
  const spatial = input.spatial ?? [null, null];
  const pads = padsOf(values.padding() ?? usual.padding ?? 'valid', kernel, stride, dilation, spatial);
  const free = said ? windowed(spatial, kernel, stride, dilation, pads ?? [0, 0, 0, 0], usual.ceil) : null;
  const output: readonly [Extent, Extent] =
    pads && free ? fitting(builder, free, kernel, dilation, spatial) : [null, null];
  return { kernel, stride, dilation, pads, input, transposed: false, kernelKnown: said !== null, output };
}

function fitting(
  builder: LayerBuilder,
  output: readonly [Extent, Extent],
  kernel: Pair,
  dilation: Pair,
  spatial: NonNullable<Shape['spatial']>,
): readonly [Extent, Extent] {
  if (output.every((extent) => extent === null || extent >= 1)) return output;
  const span: Pair = [spanOf(kernel[0], dilation[0]), spanOf(kernel[1], dilation[1])];
  const keeps = keepingPad(kernel, dilation);
  const problem = problems.windowTooLarge(
    builder.of('kernel'),
    pairText(span),
    spatialText(spatial),
    keeps ? keeps.replace('x', '×') : null,
  );
  const { layer, given } = builder.run;
  const edit = keeps && setOption(builder.around.source, layer, given, 'pad', keeps);
  builder.report({
    ...problem,
    ...(edit && keeps
      ? { fixes: [fix(t('Pad with {0}: keeps {1}', keeps.replace('x', '×'), spatialText(spatial)), edit)] }
      : {}),
  });
  return [null, null];
}

export function windowAttrs(window: ReadWindow): Record<string, Attr> {
  return {
    ...(window.kernelKnown ? { kernel_shape: ints(...window.kernel) } : {}),
    strides: ints(...window.stride),
    dilations: ints(...window.dilation),
    ...(window.pads ? { pads: ints(...window.pads) } : { auto_pad: { kind: 'string', value: 'SAME_UPPER' } as const }),
  };
}
