import { t } from '../l10n/l10n';
import { elementPicking } from './gatherElements';
import { gridSample } from './gridSample';
import { maxPool } from './maxPool';
import { firstInputPointwise } from './normalisation';
import { shapeOf, typeOf } from './operands';
import type { OpContext, OpDef, TypedContext } from './operator';
import { pad } from './pad';
import { dequantizeLinear, quantizeLinear } from './quantise';
import { generators } from './range';
import { reductions } from './reduce';
import { selections } from './selection';
import { unsqueeze } from './squeeze';
import { through } from './through';
import { viewedAs } from './viewedAs';
import { where } from './where';

/** onnxruntime's operators that are ONNX's under another roof: from before ONNX had them, or with more number formats. */
const domain = 'com.microsoft';

/** The domain counts its own versions; what the operators mean is what ONNX's do since this opset. */
const MEANT_OPSET = 13;

const asMeant = (ctx: OpContext, outputs: TypedContext['outputs']): TypedContext => ({
  ...viewedAs(ctx, ctx.inputs, outputs),
  opset: MEANT_OPSET,
});

const named = (name: string, list: readonly OpDef[]): readonly OpDef[] => list.filter((def) => def.name === name);

const same: readonly OpDef[] = [
  dequantizeLinear,
  gridSample,
  pad,
  quantizeLinear,
  ...named('GatherND', elementPicking),
  ...named('Range', generators),
  ...named('Trilu', selections),
  ...named('Unique', selections),
].map((def) => through(def, { domain }, asMeant));

const expandDims = through(unsqueeze, { name: 'ExpandDims', domain, title: 'Expand dims' }, asMeant);

/** Operands and result have a scale and a zero point each; `operands` says where they are among the node's inputs. */
function quantised(plain: OpDef, name: string, operands: readonly number[], inputs: readonly string[]): OpDef {
  const view = (ctx: OpContext, outputs: TypedContext['outputs']): TypedContext => ({
    ...viewedAs(
      ctx,
      operands.map((i) => ctx.inputs[i] ?? null),
      outputs,
    ),
    opset: MEANT_OPSET,
  });
  const ports = inputs.map((port) => ({ name: port }));
  const inner = through(plain, { name, domain, title: t('{0} (quantised)', plain.title), inputs: ports }, view);
  return {
    ...inner,
    evaluate: () => [null],
    dependence(ctx) {
      const rows = inner.dependence?.(ctx);
      if (!rows) return [];
      return rows.map((row) => ctx.inputs.map((_, i) => row[operands.indexOf(i)] ?? null));
    },
  };
}

const scaled = (name: string): readonly string[] => [name, `${name}_scale`, `${name}_zero_point`];

const quantisedMeans = named('ReduceMean', reductions).map((mean) =>
  quantised(mean, 'QLinearReduceMean', [0], [...scaled('data'), 'reduced_scale', 'reduced_zero_point']),
);

/** A group norm that may have its channels last and its activation inside; neither changes a size. */
function groupNormalisation(name: string, inputs: OpDef['inputs'], outputs: number): OpDef {
  return {
    name,
    domain,
    family: 'normalisation',
    title: name === 'GroupNorm' ? 'Group norm' : t('Add + group norm'),
    summary: t('Brings each group of channels to mean 0 and variance 1, then scales and shifts it.'),
    inputs,
    types: (ctx) =>
      Array.from({ length: outputs }, () => typeOf(ctx, 0)).slice(0, Math.max(1, ctx.node.outputs.length)),
    dependence(ctx) {
      const [row = []] = firstInputPointwise(ctx, inputs.length);
      // What is added before is the same size, or one number a channel.
      const added = shapeOf(ctx, 3)?.length === shapeOf(ctx, 0)?.length ? (row[0] ?? null) : null;
      const full = row.map((link, i) => (i === 3 && ctx.inputs[3] ? added : link));
      return ctx.outputs.map(() => full);
    },
    label: (ctx) => [`g ${ctx.attrs.int('groups', 1)}`],
  };
}

const gain = [
  { name: 'X' },
  { name: 'gamma', parameter: 'scale' },
  { name: 'beta', parameter: 'bias' },
] as const satisfies OpDef['inputs'];

export const microsoftOperators: readonly OpDef[] = [
  ...same,
  expandDims,
  groupNormalisation('GroupNorm', gain, 1),
  groupNormalisation('SkipGroupNorm', [...gain, { name: 'skip' }, { name: 'bias', parameter: 'bias' }], 2),
  { ...maxPool, name: 'MaxpoolWithMask', domain, inputs: [{ name: 'X' }, { name: 'M' }] },
  quantised(where, 'QLinearWhere', [0, 1, 4], ['condition', ...scaled('X'), ...scaled('Y'), 'z_scale', 'z_zero_point']),
  ...quantisedMeans,
];
