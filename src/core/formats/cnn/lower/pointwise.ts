import { t } from '../../../l10n/l10n';
import type { Activation } from '../vocabulary/activations';
import * as problems from '../problems';
import { activationSteps, afterSum, batchNorm, biasInput } from './afterSum';
import { checkBorder, padStep } from './border';
import { float, int, type Step } from './emitter';
import type { LayerBuilder } from './layerBuilder';
import { vector, type Extent, type Shape, type Wire } from './wire';
import { weightElements, weightPlan } from './weights';

export function activation(builder: LayerBuilder, which: Activation): Wire {
  return builder.emit(activationSteps(builder, which, ''), builder.input.shape);
}

export function normalisation(builder: LayerBuilder): Wire {
  const { shape } = builder.input;
  const steps = [
    batchNorm(builder, shape?.channels ?? null, '', builder.run.path),
    ...afterSum(builder, false).steps(null),
  ];
  return builder.emit(steps, shape);
}

/** AlexNet's normalisation over neighbouring channels, with ONNX's usual numbers. */
export function localResponse(builder: LayerBuilder): Wire {
  const { values } = builder;
  const size = values.count('channels');
  if (size === null && !values.said('channels')) {
    builder.report(problems.noValue(builder.at(builder.run.layer.kind.span), t('The number of channels'), 'lrn: 5'));
  }
  const attrs = {
    size: int(size ?? 5),
    alpha: float(values.number('alpha') ?? 1e-4),
    beta: float(values.number('beta') ?? 0.75),
    bias: float(values.bias(true).value ?? 1),
  };
  return builder.emit([{ suffix: '', op: 'LRN', attrs }], builder.picture());
}

export function dropout(builder: LayerBuilder): Wire {
  const ratio = builder.values.ratio('ratio') ?? 0.5;
  const share = builder.around.emitter.scalar(builder.run, builder.named('ratio'), ratio);
  return builder.emit([{ suffix: '', op: 'Dropout', inputs: (x) => [x, share] }], builder.input.shape);
}

export const identity = (builder: LayerBuilder): Wire =>
  builder.emit([{ suffix: '', op: 'Identity' }], builder.input.shape);

const FLATTEN: Step = { suffix: 'flatten', op: 'Flatten', attrs: { axis: int(1) } };

/** Channels × rows × columns. */
function flatSize(shape: Shape | null): Extent {
  if (!shape) return null;
  const [rows, columns] = shape.spatial ?? [1, 1];
  return shape.channels === null || rows === null || columns === null ? null : shape.channels * rows * columns;
}

export function flatten(builder: LayerBuilder): Wire {
  return builder.emit([{ ...FLATTEN, suffix: '' }], vector(flatSize(builder.input.shape)));
}

/** Fully connected: what has rows and columns is flattened first. */
export function dense(builder: LayerBuilder): Wire {
  const { values, run } = builder;
  const { shape } = builder.input;
  const inputs = flatSize(shape);
  const own = values.count('channels');
  if (own === null && !values.said('channels')) {
    builder.report(problems.noValue(builder.at(run.layer.kind.span), t('The number of neurons'), 'dense: 10'));
  }
  const made = own === null ? null : builder.around.scaled(run, own, 1);
  run.makesChannels = true;
  const plan = weightPlan(builder, null);
  const name = builder.named('weight');
  const elements =
    made !== null && inputs !== null
      ? weightElements(builder, plan, [made, inputs, 1, 1], { into: inputs, out: made }, name)
      : null;
  const weight = builder.around.emitter.constant(run, name, [made, inputs], elements);
  const after = afterSum(builder, true);
  const bias = biasInput(builder, after, made);
  const product: Step = { suffix: '', op: 'Gemm', attrs: { transB: int(1) }, inputs: (x) => [x, weight, ...bias] };
  const flat = shape?.spatial ? [FLATTEN] : [];
  return builder.emit([...flat, product, ...after.steps(made)], vector(made));
}

/** A border around the picture, as a layer of its own. */
export function pad(builder: LayerBuilder): Wire {
  const input = builder.picture();
  const padding = builder.values.padding();
  if (!padding || typeof padding === 'string') {
    const problem = padding
      ? problems.badValue(builder.of('pad'), padding, t('a number of pixels, which a border by itself needs'))
      : problems.noValue(builder.of('pad'), t('The number of pixels'), 'pad: 1');
    if (padding || !builder.values.said('pad')) builder.report(problem);
    return builder.emit([{ suffix: '', op: 'Identity' }], { channels: input.channels, spatial: [null, null] });
  }
  const border = builder.values.border() ?? { mode: 'constant', value: 0 };
  checkBorder(builder, border, padding, input.spatial);
  const [rows, columns] = input.spatial;
  const [top, left, bottom, right] = padding;
  const spatial: [Extent, Extent] = [
    rows === null ? null : rows + top + bottom,
    columns === null ? null : columns + left + right,
  ];
  return builder.emit([padStep(builder, border, padding, '')], { channels: input.channels, spatial });
}
