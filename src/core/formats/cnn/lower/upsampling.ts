import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import { int, ints, text, type Step } from './emitter';
import type { LayerBuilder } from './layerBuilder';
import type { Pads, Pair } from './values';
import { shapeText, spatialText, type Extent, type LayerRun, type Pooled, type Shape, type Wire } from './wire';

/** nearest and bilinear: by a factor, to a size, or to the size of another layer. */
export function resize(builder: LayerBuilder, mode: 'nearest' | 'linear', like: Wire | null): Wire {
  const { values, run } = builder;
  const input = builder.picture();
  const to = values.size('to') ?? (like?.shape?.spatial ? known(like.shape.spatial) : null);
  const scale = values.scale('scale');
  const sized = values.said('to') ?? values.said('like');
  if (!scale && !sized) {
    builder.report(problems.noValue(builder.at(run.layer.kind.span), t('The factor'), '2x'));
  }
  const { emitter } = builder.around;
  const attrs = {
    mode: text(mode),
    // Nearest neighbour as every framework does it: pixel i comes from ⌊i / factor⌋.
    coordinate_transformation_mode: text(mode === 'nearest' ? 'asymmetric' : 'half_pixel'),
    ...(mode === 'nearest' ? { nearest_mode: text('floor') } : {}),
  };
  if (sized) {
    const sizes =
      to && input.channels !== null
        ? emitter.integers(run, builder.named('sizes'), [builder.around.batch, input.channels, ...to])
        : null;
    const step: Step = { suffix: '', op: 'Resize', attrs, inputs: (x) => (sizes ? [x, '', '', sizes] : [x]) };
    return builder.emit([step], { channels: input.channels, spatial: to ?? [null, null] });
  }
  const factors = scale ?? [1, 1];
  const scales = emitter.constant(run, builder.named('scales'), [4], { kind: 'inline', values: [1, 1, ...factors] });
  const output = scaledSize(input.spatial, factors);
  const step: Step = { suffix: '', op: 'Resize', attrs, inputs: (x) => [x, '', scales] };
  return builder.emit([step], { channels: input.channels, spatial: scale ? output : [null, null] });
}

const known = (spatial: readonly [Extent, Extent]): Pair | null =>
  spatial[0] === null || spatial[1] === null ? null : [spatial[0], spatial[1]];

/** ⌊size × factor⌋, the factor being the float32 that the file holds. */
function scaledSize([rows, columns]: readonly [Extent, Extent], [down, across]: Pair): [Extent, Extent] {
  const along = (size: Extent, factor: number): Extent =>
    size === null ? null : Math.floor(size * Math.fround(factor));
  return [along(rows, down), along(columns, across)];
}

/**
 * Bed of nails: a transposed convolution of one tap, 1, for each channel. The stride sets the values apart, and the
 * output padding fills the square up at the lower right.
 */
export function nails(builder: LayerBuilder): Wire {
  const { values, run } = builder;
  const input = builder.picture();
  const scale = wholeScale(builder);
  const { channels } = input;
  const recipe = { kind: 'cycle', values: [1] } as const;
  const weight = builder.around.emitter.constant(run, builder.named('weight'), [channels, 1, 1, 1], {
    kind: 'made',
    recipe,
  });
  run.fixedWeights = true;
  const attrs = {
    kernel_shape: ints(1, 1),
    strides: ints(...scale),
    output_padding: ints(scale[0] - 1, scale[1] - 1),
    ...(channels === null ? {} : { group: int(channels) }),
  };
  const [rows, columns] = input.spatial;
  const spatial: [Extent, Extent] = [
    rows === null ? null : rows * scale[0],
    columns === null ? null : columns * scale[1],
  ];
  const step: Step = { suffix: '', op: 'ConvTranspose', attrs, inputs: (x) => [x, weight] };
  return builder.emit([step], { channels, spatial: values.said('scale') ? spatial : [null, null] });
}

function wholeScale(builder: LayerBuilder): Pair {
  const given = builder.values.said('scale');
  if (!given) builder.report(problems.noValue(builder.at(builder.run.layer.kind.span), t('The factor'), '2x'));
  const scale = builder.values.scale('scale') ?? [1, 1];
  if (scale.every((factor) => Number.isInteger(factor))) return scale;
  builder.report(problems.badValue(builder.of('scale'), scale.join('x'), t('a whole number of times larger')));
  return [Math.max(1, Math.round(scale[0])), Math.max(1, Math.round(scale[1]))];
}

/** Values go back to where the named pooling found them; the result has the size that pooling had seen. */
export function maxUnpool(builder: LayerBuilder, source: LayerRun | null): Wire {
  const { run } = builder;
  const input = builder.picture();
  const pooled = source?.pooled ?? null;
  if (!pooled)
    return builder.emit([{ suffix: '', op: 'MaxUnpool' }], { channels: input.channels, spatial: [null, null] });
  const kept = source?.result?.shape ?? null;
  const fits = shapeText(kept) === shapeText({ channels: input.channels, spatial: input.spatial });
  if (!fits && !shapeText(kept).includes('?') && !shapeText(builder.input.shape).includes('?')) {
    builder.report(
      problems.unpoolSize(builder.of('of'), source?.path ?? '', shapeText(kept), shapeText(builder.input.shape)),
    );
  }
  const before = pooled.input;
  const spatial = before?.spatial ? known(before.spatial) : null;
  const { emitter } = builder.around;
  const size =
    spatial && typeof before?.channels === 'number'
      ? [emitter.integers(run, builder.named('size'), [builder.around.batch, before.channels, ...spatial])]
      : [];
  const step: Step = {
    suffix: '',
    op: 'MaxUnpool',
    attrs: {
      kernel_shape: ints(...pooled.kernel),
      strides: ints(...pooled.stride),
      pads: ints(...unpoolPads(pooled, kept, spatial)),
    },
    inputs: (x) => [x, pooled.indices, ...size],
  };
  return builder.emit([step], { channels: input.channels, spatial: fits ? (spatial ?? [null, null]) : [null, null] });
}

/** Where the last window hung over the end, that end counts as padding: runtimes want no larger size than is asked for. */
function unpoolPads({ kernel, stride, pads }: Pooled, kept: Shape | null, before: Pair | null): Pads {
  const over = ([0, 1] as const).map((axis) => {
    const count = kept?.spatial?.[axis] ?? null;
    if (count === null || !before) return 0;
    const reach = (count - 1) * stride[axis] + kernel[axis] - pads[axis] - pads[axis === 0 ? 2 : 3];
    return Math.max(0, reach - before[axis]);
  });
  return [pads[0], pads[1], pads[2] + (over[0] ?? 0), pads[3] + (over[1] ?? 0)];
}

/** Sub-pixel convolution's last step: scale² channels become the pixels of one. */
export function shuffle(builder: LayerBuilder): Wire {
  const input = builder.picture();
  const [scale] = wholeScale(builder);
  const { channels } = input;
  const uneven = channels !== null && channels % (scale * scale) !== 0;
  if (uneven) builder.report(problems.shuffleChannels(builder.of('scale'), channels, scale));
  const [rows, columns] = input.spatial;
  const shape: Shape = {
    channels: channels === null || uneven ? null : channels / (scale * scale),
    spatial: [rows === null ? null : rows * scale, columns === null ? null : columns * scale],
  };
  return builder.emit([{ suffix: '', op: 'DepthToSpace', attrs: { blocksize: int(scale), mode: text('CRD') } }], shape);
}

/** Keeps the middle: of a size, or of the size of another layer. */
export function crop(builder: LayerBuilder, like: Wire | null): Wire {
  const { values, run } = builder;
  const input = builder.picture();
  const to = values.size('to') ?? (like?.shape?.spatial ? known(like.shape.spatial) : null);
  if (!to && !values.said('to') && !values.said('like')) {
    builder.report(problems.noValue(builder.at(run.layer.kind.span), t('The size'), '26x26'));
  }
  const from = known(input.spatial);
  if (to && from && (to[0] > from[0] || to[1] > from[1])) {
    builder.report(problems.cropTooLarge(builder.of('to'), spatialText(to), spatialText(from)));
    return builder.emit([{ suffix: '', op: 'Identity' }], { channels: input.channels, spatial: [null, null] });
  }
  if (!to || !from)
    return builder.emit([{ suffix: '', op: 'Identity' }], { channels: input.channels, spatial: to ?? [null, null] });
  return builder.emit([cropStep(builder, '', from, to)], { channels: input.channels, spatial: to });
}

/** ONNX's Slice around the middle of rows and columns. */
export function cropStep(builder: LayerBuilder, suffix: string, from: Pair, to: Pair): Step {
  const { emitter } = builder.around;
  const { run } = builder;
  const starts = [Math.floor((from[0] - to[0]) / 2), Math.floor((from[1] - to[1]) / 2)];
  const ends = [starts[0]! + to[0], starts[1]! + to[1]];
  const part = (name: string, values: readonly number[]): string =>
    emitter.integers(run, builder.named(suffix ? `${suffix}_${name}` : name), values);
  const inputs = [part('starts', starts), part('ends', ends), part('axes', [2, 3])];
  return { suffix, op: 'Slice', inputs: (x) => [x, ...inputs] };
}
