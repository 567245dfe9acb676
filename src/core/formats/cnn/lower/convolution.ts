import { t } from '../../../l10n/l10n';
import { fix, setOption } from '../fixes';
import * as problems from '../problems';
import { afterSum, biasInput, type AfterSum } from './afterSum';
import { padFirst } from './border';
import { int, ints, type Step } from './emitter';
import type { LayerBuilder } from './layerBuilder';
import { ONE, readWindow, windowAttrs, type ReadWindow } from './readWindow';
import type { Pads, Pair } from './values';
import { planSize, weightElements, weightPlan } from './weights';
import { padsOf, spanOf, spread } from './windows';
import { pairText, spatialText, type Extent, type Shape, type Wire } from './wire';

function channelGroups(builder: LayerBuilder, channels: Extent, depthwise: boolean): number | null {
  if (depthwise || builder.values.flag('depthwise') === true) return channels;
  const groups = builder.values.count('groups') ?? 1;
  if (channels === null || channels % groups === 0) return groups;
  const problem = problems.groupsUneven(builder.of('groups'), channels, groups, 'input');
  const divisor = nearestDivisor(channels, groups);
  const { layer, given } = builder.run;
  const edit = setOption(builder.around.source, layer, given, 'groups', String(divisor));
  builder.report({ ...problem, fixes: [fix(t('{0} groups of {1} channels', divisor, channels / divisor), edit)] });
  return null;
}

function nearestDivisor(channels: number, groups: number): number {
  let best = 1;
  for (let n = 1; n <= Math.min(channels, 2 * groups); n++) {
    if (channels % n === 0 && Math.abs(n - groups) < Math.abs(best - groups)) best = n;
  }
  return best;
}

/** conv and depthwise; `filter` has its own below. */
export function convolution(builder: LayerBuilder, depthwise: boolean): Wire {
  const { values, run } = builder;
  const input = builder.picture();
  const plan = weightPlan(builder, values.size('kernel'));
  const example = depthwise ? '3x3' : '64 3x3';
  const window = readWindow(builder, input, { kernel: planSize(plan), example });
  const groups = channelGroups(builder, input.channels, depthwise);
  const own = depthwise ? input.channels : values.count('channels');
  if (own === null && !depthwise && !values.said('channels')) {
    builder.report(problems.noValue(builder.at(run.layer.kind.span), t('The number of kernels'), '64 3x3'));
  }
  const made = own === null || depthwise ? own : builder.around.scaled(run, own, groups ?? 1);
  run.makesChannels = !depthwise;
  if (made !== null && groups !== null && made % groups !== 0) {
    builder.report(problems.groupsUneven(builder.of('channels'), made, groups, 'output'));
  }
  run.fixedWeights = plan.kind === 'kernels';
  const after = afterSum(builder, true);
  const perGroup = input.channels === null || groups === null ? null : Math.floor(input.channels / groups);
  return emitConvolution(builder, window, { plan, made, perGroup, groups, after });
}

interface Kernels {
  readonly plan: ReturnType<typeof weightPlan>;
  readonly made: Extent;
  readonly perGroup: Extent;
  readonly groups: Extent;
  readonly after: AfterSum;
}

function emitConvolution(builder: LayerBuilder, window: ReadWindow, kernels: Kernels): Wire {
  const { run } = builder;
  const { made, perGroup, groups, after, plan } = kernels;
  const padded = padFirst(builder, window);
  run.window = window.kernelKnown && window.pads ? { ...window, pads: window.pads } : null;
  const [rows, columns] = window.kernelKnown ? window.kernel : [null, null];
  const name = builder.named('weight');
  const known = made !== null && perGroup !== null && rows !== null && groups !== null;
  const fan = known ? { into: perGroup * rows * columns, out: (made / groups) * rows * columns } : null;
  const elements = fan && known ? weightElements(builder, plan, [made, perGroup, rows, columns], fan, name) : null;
  const weight = builder.around.emitter.constant(run, name, [made, perGroup, rows, columns], elements);
  const bias = biasInput(builder, after, made);
  const convolve: Step = {
    suffix: '',
    op: 'Conv',
    attrs: { ...windowAttrs(padded.window), ...(groups === null ? {} : { group: int(groups) }) },
    inputs: (x) => [x, weight, ...bias],
  };
  const shape: Shape = { channels: made, spatial: window.output };
  return builder.emit([...padded.steps, convolve, ...after.steps(made)], shape);
}

/** A classic kernel over each channel by itself. */
export function filter(builder: LayerBuilder): Wire {
  const { values, run } = builder;
  const input = builder.picture();
  if (!values.said('weights')) {
    builder.report(problems.noValue(builder.at(run.layer.kind.span), t('The kernel'), 'gaussian 5x5'));
  }
  const plan = weightPlan(builder, values.size('kernel'));
  const window = readWindow(builder, input, { kernel: planSize(plan), padding: 'same', example: 'box 3x3' });
  run.fixedWeights = true;
  const { channels } = input;
  const after = afterSum(builder, false);
  return emitConvolution(builder, window, { plan, made: channels, perGroup: 1, groups: channels, after });
}

export function transposedConvolution(builder: LayerBuilder): Wire {
  const { values, run } = builder;
  const input = builder.picture();
  const plan = weightPlan(builder, values.size('kernel'));
  const kernel = values.size('kernel') ?? planSize(plan);
  if (!kernel && !values.said('kernel')) {
    builder.report(problems.noValue(builder.at(run.layer.kind.span), t('The size of the kernel'), '64 2x2 stride 2'));
  }
  const stride = values.size('stride') ?? ONE;
  const dilation = values.size('dilation') ?? ONE;
  const outpad = values.size('outpad', 0) ?? [0, 0];
  const groups = channelGroups(builder, input.channels, false);
  const own = values.count('channels');
  if (own === null && !values.said('channels')) {
    builder.report(problems.noValue(builder.at(run.layer.kind.span), t('The number of kernels'), '64 2x2 stride 2'));
  }
  const made = own === null ? null : builder.around.scaled(run, own, groups ?? 1);
  run.makesChannels = true;
  run.fixedWeights = plan.kind === 'kernels';
  if (outpad[0] >= stride[0] && outpad[0] > 0) {
    builder.report(problems.outpadTooLarge(builder.of('outpad'), pairText(outpad), pairText(stride)));
  }
  const padding = values.padding() ?? 'valid';
  const pads =
    padding === 'same'
      ? shrinking(kernel ?? ONE, stride, dilation)
      : padsOf(padding, kernel ?? ONE, stride, dilation, input.spatial);
  const size = kernel && pads ? spread(input.spatial, kernel, stride, dilation, pads, outpad) : null;
  if (size?.some((extent) => extent !== null && extent < 1)) {
    builder.report(problems.windowTooLarge(builder.of('pad'), pairText(kernel ?? ONE), spatialText(input.spatial), ''));
  }
  const output: readonly [Extent, Extent] = size?.every((extent) => extent === null || extent >= 1)
    ? size
    : [null, null];
  return emitTransposed(builder, { kernel, stride, dilation, pads, outpad, input, plan, made, groups, output });
}

/** `same` for the way back: the picture grows by exactly the stride. */
function shrinking(kernel: Pair, stride: Pair, dilation: Pair): Pads {
  const total = ([0, 1] as const).map((axis) => Math.max(0, spanOf(kernel[axis], dilation[axis]) - stride[axis]));
  const [rows = 0, columns = 0] = total;
  return [Math.floor(rows / 2), Math.floor(columns / 2), Math.ceil(rows / 2), Math.ceil(columns / 2)];
}

interface Transposed {
  readonly kernel: Pair | null;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly pads: Pads | null;
  readonly outpad: Pair;
  readonly input: Shape;
  readonly plan: ReturnType<typeof weightPlan>;
  readonly made: Extent;
  readonly groups: Extent;
  readonly output: readonly [Extent, Extent];
}

function emitTransposed(builder: LayerBuilder, layer: Transposed): Wire {
  const { run } = builder;
  const { kernel, made, groups, input, plan } = layer;
  const after = afterSum(builder, true);
  const [rows, columns] = kernel ?? [null, null];
  const perGroup = made === null || groups === null ? null : Math.floor(made / groups);
  const name = builder.named('weight');
  const known = input.channels !== null && perGroup !== null && rows !== null && groups !== null;
  // Windows overlap by the stride: that many of the kernel's taps meet in one value.
  const meet = known ? (rows * columns) / (layer.stride[0] * layer.stride[1]) : 0;
  const fan = known ? { into: Math.max(1, (input.channels / groups) * meet), out: perGroup * rows * columns } : null;
  const elements =
    fan && known ? weightElements(builder, plan, [input.channels, perGroup, rows, columns], fan, name) : null;
  const weight = builder.around.emitter.constant(run, name, [input.channels, perGroup, rows, columns], elements);
  const bias = biasInput(builder, after, made);
  const convolve: Step = {
    suffix: '',
    op: 'ConvTranspose',
    attrs: {
      ...(kernel ? { kernel_shape: ints(...kernel) } : {}),
      strides: ints(...layer.stride),
      dilations: ints(...layer.dilation),
      ...(layer.pads ? { pads: ints(...layer.pads) } : {}),
      ...(layer.outpad.some((extra) => extra > 0) ? { output_padding: ints(...layer.outpad) } : {}),
      ...(groups === null ? {} : { group: int(groups) }),
    },
    inputs: (x) => [x, weight, ...bias],
  };
  const shape: Shape = { channels: made, spatial: layer.output };
  return builder.emit([convolve, ...after.steps(made)], shape);
}
