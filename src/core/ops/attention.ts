import { dimAdd, dimFloorDiv, dimMul, type Dim } from '../ir/dim';
import type { TensorType } from '../ir/types';
import { t } from '../l10n/l10n';
import { pointwise, type Dependence } from './dependence';
import { batchOnly, everywhere } from './firstOnly';
import { dtypeOf, shapeOf, tensorType, typeOf } from './operands';
import type { OpContext, OpDef, Port, TypedContext } from './operator';
import { checkedShape } from './shapeProblems';

/** Every position reads every other: only the batch stays apart. Typed as far as the operator says; the arithmetic is its own subject. */

function attending(ctx: TypedContext, data: readonly number[]): readonly (readonly (Dependence | null)[])[] {
  return ctx.outputs.map((_, output) =>
    ctx.inputs.map((input, i) => (data.includes(i) && input && !input.constant ? batchOnly(ctx, i, output) : null)),
  );
}

interface Attention {
  readonly name: string;
  readonly domain?: string;
  readonly title?: string;
  readonly inputs: readonly Port[];
  /** Inputs that carry the picture. */
  readonly data: readonly number[];
  readonly result: (ctx: OpContext) => TensorType | null;
  /** Further outputs: what is remembered for the next step. */
  readonly more?: (ctx: OpContext) => readonly (TensorType | null)[];
}

function attentionLike({ name, domain, title, inputs, data, result, more }: Attention): OpDef {
  return {
    name,
    ...(domain !== undefined && { domain }),
    family: 'dense',
    title: title ?? t('Attention'),
    summary: t('Every position gathers from all others what it finds similar to itself.'),
    inputs,
    types(ctx) {
      const all = [result(ctx), ...(more?.(ctx) ?? [])].slice(0, ctx.node.outputs.length);
      return all.map((type) => type && tensorType(type.dtype, checkedShape(ctx, type.shape)));
    },
    dependence: (ctx) => attending(ctx, data),
    label(ctx) {
      const heads = ctx.attrs.int('num_heads') ?? ctx.attrs.int('q_num_heads');
      return heads === undefined ? [] : [`${heads} heads`];
    },
  };
}

const ports = (...names: readonly string[]): readonly Port[] => names.map((name) => ({ name }));
const microsoft = 'com.microsoft';

/** Size of the values: a third of the joint weights, or as listed. */
function valueSize(ctx: OpContext): Dim {
  const listed = ctx.attrs.ints('qkv_hidden_sizes')?.[2];
  return listed ?? dimFloorDiv(shapeOf(ctx, 1)?.[1] ?? null, 3);
}

export const microsoftAttention = attentionLike({
  name: 'Attention',
  domain: microsoft,
  inputs: [
    { name: 'input' },
    { name: 'weights', parameter: 'weight' },
    { name: 'bias', parameter: 'bias' },
    ...ports('mask_index', 'past', 'attention_bias', 'past_sequence_length'),
  ],
  data: [0],
  result(ctx) {
    const [batch = null, length = null] = shapeOf(ctx, 0) ?? [];
    return tensorType(dtypeOf(ctx, 0), [batch, length, valueSize(ctx)]);
  },
});

/** Axes of a head apart, [batch, heads, length, head], or joined, [batch, length, hidden]. */
function joinedSize(shape: readonly Dim[] | null): Dim {
  if (shape?.length === 4) return dimMul(shape[1] ?? null, shape[3] ?? null);
  return shape?.length === 3 ? (shape[2] ?? null) : null;
}

export const multiHeadAttention = attentionLike({
  name: 'MultiHeadAttention',
  domain: microsoft,
  inputs: [
    ...ports('query', 'key', 'value'),
    { name: 'bias', parameter: 'bias' },
    ...ports('key_padding_mask', 'attention_bias', 'past_key', 'past_value'),
  ],
  data: [0, 1, 2],
  result(ctx) {
    const [query, value] = [shapeOf(ctx, 0), shapeOf(ctx, 2)];
    // Packed [batch, length, heads, 3, head] or, with a packed key, values inside the key.
    const packed = query?.length === 5 ? dimMul(query[2] ?? null, query[4] ?? null) : null;
    const size = packed ?? (value ? joinedSize(value) : (query?.[2] ?? null));
    return tensorType(dtypeOf(ctx, 0), [query?.[0] ?? null, query?.[1] ?? null, size]);
  },
});

export const groupQueryAttention = attentionLike({
  name: 'GroupQueryAttention',
  domain: microsoft,
  title: t('Grouped attention'),
  inputs: ports('query', 'key', 'value', 'past_key', 'past_value', 'seqlens_k', 'total_sequence_length'),
  data: [0, 1, 2],
  result: (ctx) => (ctx.inputs[1] ? typeOf(ctx, 0) : tensorType(dtypeOf(ctx, 0), [...batchAndLength(ctx), null])),
});

const batchAndLength = (ctx: OpContext): readonly [Dim, Dim] => {
  const shape = shapeOf(ctx, 0);
  return [shape?.[0] ?? null, shape?.[1] ?? null];
};

/** ONNX's own, opset 23: heads apart or joined, the result as the query. */
export const attention = attentionLike({
  name: 'Attention',
  inputs: ports('Q', 'K', 'V', 'attn_mask', 'past_key', 'past_value'),
  data: [0, 1, 2],
  result(ctx) {
    const [query, value] = [shapeOf(ctx, 0), shapeOf(ctx, 2)];
    if (!query || !value) return tensorType(dtypeOf(ctx, 0), null);
    if (query.length === 4) return tensorType(dtypeOf(ctx, 0), [...query.slice(0, 3), value[3] ?? null]);
    const [heads, keyHeads] = [ctx.attrs.int('q_num_heads'), ctx.attrs.int('kv_num_heads')];
    const head = keyHeads ? dimFloorDiv(value[2] ?? null, keyHeads) : null;
    return tensorType(dtypeOf(ctx, 0), [...query.slice(0, 2), heads ? dimMul(head, heads) : null]);
  },
  more(ctx) {
    const remembered = (input: number, past: number): TensorType | null => {
      const shape = shapeOf(ctx, input);
      if (shape?.length !== 4) return shape ? tensorType(dtypeOf(ctx, input), [null, null, null, null]) : null;
      const before = ctx.inputs[past] ? (shapeOf(ctx, past)?.[2] ?? null) : 0;
      return tensorType(dtypeOf(ctx, input), [
        ...shape.slice(0, 2),
        dimAdd(before, shape[2] ?? null),
        shape[3] ?? null,
      ]);
    };
    return [remembered(1, 4), remembered(2, 5), tensorType(dtypeOf(ctx, 0), [null, null, null, null])];
  },
});

/** Turns pairs of features by an angle that grows with the position. */
const rotary = (domain: string): OpDef => ({
  name: 'RotaryEmbedding',
  domain,
  family: 'join',
  title: t('Rotary embedding'),
  summary: t('Tells each feature its position by rotating pairs of numbers.'),
  inputs: ports('X', 'cos_cache', 'sin_cache', 'position_ids'),
  types: (ctx) => [typeOf(ctx, 0)],
  dependence(ctx) {
    const rank = shapeOf(ctx, 0)?.length;
    return [ctx.inputs.map((_, i) => (i === 0 && rank !== undefined ? pointwise(rank, rank) : null))];
  },
});

export const rotaryEmbeddings: readonly OpDef[] = [rotary(''), rotary(microsoft)];

/** A skip connection and the normalisation after it in one step; the sum is the last output. */
function skipNorm(name: string, title: string, inputs: readonly Port[]): OpDef {
  return {
    name,
    domain: microsoft,
    family: 'normalisation',
    title,
    summary: t('Adds a skip connection and normalises the features of every position.'),
    inputs,
    types(ctx) {
      const type = typeOf(ctx, 0);
      const statistics = type && tensorType('float32', type.shape ? [...type.shape.slice(0, -1), 1] : null);
      return [type, statistics, statistics, type].slice(0, ctx.node.outputs.length);
    },
    dependence(ctx) {
      const own = (input: number, output: number): Dependence | null => {
        const [from, to] = [shapeOf(ctx, input)?.length, ctx.outputs[output]?.shape?.length];
        if (ctx.inputs[input]?.constant) return null;
        return from !== undefined && to !== undefined && from <= to ? pointwise(from, to) : everywhere(to);
      };
      return ctx.outputs.map((_, output) => ctx.inputs.map((_, input) => (input < 2 ? own(input, output) : null)));
    },
  };
}

const gain: Port = { name: 'gamma', parameter: 'scale' };
const shift: Port = { name: 'beta', parameter: 'bias' };
const bias: Port = { name: 'bias', parameter: 'bias' };

export const skipLayerNorm = skipNorm('SkipLayerNormalization', t('Add + layer norm'), [
  ...ports('input', 'skip'),
  gain,
  shift,
  bias,
]);
export const skipSimplifiedLayerNorm = skipNorm('SkipSimplifiedLayerNormalization', t('Add + RMS norm'), [
  ...ports('input', 'skip'),
  gain,
  bias,
]);
