import { convolution } from './conv';
import { pointwise } from './dependence';
import { everywhere } from './firstOnly';
import { shapeOf } from './operands';
import type { OpDef } from './operator';

const plain = convolution(
  {
    name: 'FusedConv',
    domain: 'com.microsoft',
    title: 'Conv + activation',
    summary: 'A convolution with its activation, and sometimes a skip connection, in one step.',
  },
  {
    inputs: [{ name: 'X' }, { name: 'W', parameter: 'weight' }, { name: 'B', parameter: 'bias' }, { name: 'Z' }],
    data: 0,
    weight: 1,
    bias: 2,
  },
);

/** onnxruntime's fusion: Z, where given, is added before the activation. */
export const fusedConv: OpDef = {
  ...plain,
  dependence(ctx) {
    const [row = []] = plain.dependence?.(ctx) ?? [];
    const [from, to] = [shapeOf(ctx, 3)?.length, ctx.outputs[0]?.shape?.length];
    const added = from !== undefined && to !== undefined && from <= to ? pointwise(from, to) : everywhere(to);
    return [row.map((d, i) => (i === 3 && ctx.inputs[3] ? added : d))];
  },
  label: (ctx) => [...(plain.label?.(ctx) ?? []), ctx.attrs.string('activation', '')].filter((part) => part !== ''),
};
