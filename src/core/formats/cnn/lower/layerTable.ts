import { activationNamed } from '../vocabulary/activations';
import type { LayerKind } from '../vocabulary/layers';
import { convolution, filter, transposedConvolution } from './convolution';
import { join } from './joins';
import type { LayerBuilder } from './layerBuilder';
import { activation, dense, dropout, flatten, identity, localResponse, normalisation, pad } from './pointwise';
import { globalPooling, pooling } from './pooling';
import { crop, maxUnpool, nails, resize, shuffle } from './upsampling';
import type { Branch, LayerRun, Wire } from './wire';

/** What a layer takes beside its input. */
export interface Others {
  /** What meets in a join. */
  readonly branches: readonly Branch[];
  /** The layer whose size is taken. */
  readonly target: Wire | null;
  /** The pooling whose indices are used. */
  readonly source: LayerRun | null;
}

type Lower = (builder: LayerBuilder, others: Others) => Wire;

const TABLE: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ['conv', (builder) => convolution(builder, false)],
  ['depthwise', (builder) => convolution(builder, true)],
  ['filter', filter],
  ['deconv', transposedConvolution],
  ['dense', dense],
  ['maxpool', (builder) => pooling(builder, 'max')],
  ['avgpool', (builder) => pooling(builder, 'average')],
  ['globalavgpool', (builder) => globalPooling(builder, 'GlobalAveragePool')],
  ['globalmaxpool', (builder) => globalPooling(builder, 'GlobalMaxPool')],
  ['nearest', (builder, { target }) => resize(builder, 'nearest', target)],
  ['bilinear', (builder, { target }) => resize(builder, 'linear', target)],
  ['nails', nails],
  ['maxunpool', (builder, { source }) => maxUnpool(builder, source)],
  ['shuffle', shuffle],
  ['add', (builder, { branches }) => join(builder, 'add', branches)],
  ['sub', (builder, { branches }) => join(builder, 'sub', branches)],
  ['mul', (builder, { branches }) => join(builder, 'mul', branches)],
  ['concat', (builder, { branches }) => join(builder, 'concat', branches)],
  ['bn', normalisation],
  ['lrn', localResponse],
  ['dropout', dropout],
  ['flatten', flatten],
  ['pad', pad],
  ['crop', (builder, { target }) => crop(builder, target)],
  ['identity', identity],
]);

/** The nodes of one layer, and what comes out. */
export function lowerLayer(builder: LayerBuilder, kind: LayerKind, others: Others): Wire {
  const lower = TABLE.get(kind.name);
  if (lower) return lower(builder, others);
  const which = activationNamed(kind.name);
  return which ? activation(builder, which) : builder.input;
}
