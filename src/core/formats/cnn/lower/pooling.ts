import * as problems from '../problems';
import { padFirst } from './border';
import { readWindow, windowAttrs, type ReadWindow } from './readWindow';
import { int, type Step } from './emitter';
import type { LayerBuilder } from './layerBuilder';
import type { Pads, Pair } from './values';
import { windowed } from './windows';
import { stepText, type Extent, type Shape, type Wire } from './wire';

/** maxpool and avgpool: the window moves on by its own size unless a stride is said. */
export function pooling(builder: LayerBuilder, how: 'max' | 'average'): Wire {
  const { values, run } = builder;
  const input = builder.picture();
  const ceil = values.flag('ceil') === true;
  const window = readWindow(builder, input, { stride: (kernel) => kernel, ceil, example: '2x2' });
  const { pads, kernel } = window;
  const border = values.border();
  // A mean that counts zeros at the border is what ONNX calls count_include_pad.
  const counts = how === 'average' && border?.mode === 'constant' && border.value === 0;
  const padded = padFirst(builder, window, counts ? 0 : null);
  if (!padded.steps.length && pads && window.kernelKnown) checkPadding(builder, pads, kernel);
  run.window = window.kernelKnown && pads ? { ...window, pads } : null;
  const { dilations, ...attrs } = windowAttrs(padded.window);
  const indices = how === 'max' && pads ? `${run.path}_indices` : null;
  if (indices && pads && window.kernelKnown) run.pooled = { ...window, pads, indices };
  const step: Step = {
    suffix: '',
    op: how === 'max' ? 'MaxPool' : 'AveragePool',
    attrs: {
      ...attrs,
      // Before opset 19 means are taken over whole windows only.
      ...(how === 'max' && dilations ? { dilations } : {}),
      ...(ceil ? { ceil_mode: int(1) } : {}),
      ...(counts ? { count_include_pad: int(1) } : {}),
    },
    ...(indices && keepsIndices(builder) ? { second: indices } : {}),
  };
  // A border that became part of the picture may be looked at alone, where rounding up allows it.
  const spatial = padded.steps.length && pads ? pooledSize(window, input, pads, ceil) : window.output;
  const shape: Shape = { channels: input.channels, spatial };
  return builder.emit([...padded.steps, step], shape);
}

function pooledSize(window: ReadWindow, { spatial }: Shape, pads: Pads, ceil: boolean): readonly [Extent, Extent] {
  const [rows, columns] = spatial ?? [null, null];
  const grown = [
    rows === null ? null : rows + pads[0] + pads[2],
    columns === null ? null : columns + pads[1] + pads[3],
  ] as const;
  return windowed(grown, window.kernel, window.stride, window.dilation, [0, 0, 0, 0], ceil);
}

/** Runtimes refuse windows that could lie in the padding altogether. */
function checkPadding(builder: LayerBuilder, pads: Pads, kernel: Pair): void {
  const tooFar = ([0, 1] as const).some((axis) => Math.max(pads[axis], pads[axis === 0 ? 2 : 3]) >= kernel[axis]);
  if (tooFar) builder.report(problems.poolPadding(builder.of('pad'), stepText([pads[0], pads[1]]), stepText(kernel)));
}

/** Asked for by the layer itself, or by a max unpooling further down. */
const keepsIndices = (builder: LayerBuilder): boolean =>
  builder.values.flag('indices') === true || builder.around.unpooled.has(builder.run.index);

export function globalPooling(builder: LayerBuilder, op: string): Wire {
  const input = builder.picture();
  return builder.emit([{ suffix: '', op }], { channels: input.channels, spatial: [1, 1] });
}
