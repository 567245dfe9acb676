import { t } from '../l10n/l10n';
import { channelsLast } from './channelsLast';
import { convolution } from './conv';
import { pointwise } from './dependence';
import { everywhere } from './firstOnly';
import { maxPool } from './maxPool';
import { shapeOf } from './operands';
import type { OpDef } from './operator';

const inputs = [{ name: 'X' }, { name: 'W', parameter: 'weight' }, { name: 'B', parameter: 'bias' }] as const;
const ports = { data: 0, weight: 1, bias: 2 } as const;
const domain = 'com.microsoft';
const summary = t('A convolution with its activation, and sometimes a skip connection, in one step.');

/** A convolution of onnxruntime's fusions; the last input, where given, is added before the activation. */
export function convolutionWithSum(names: Pick<OpDef, 'name' | 'title'> & { readonly domain: string }): OpDef {
  const plain = convolution({ ...names, summary }, { ...ports, inputs: [...inputs, { name: 'Z' }] });
  return {
    ...plain,
    dependence(ctx) {
      const [row = []] = plain.dependence?.(ctx) ?? [];
      const [from, to] = [shapeOf(ctx, 3)?.length, ctx.outputs[0]?.shape?.length];
      // It has the result's size; anything else is nonsense that may be read anywhere.
      const added = to !== undefined && from === to ? pointwise(to, to) : everywhere(to);
      return [row.map((d, i) => (i === 3 && ctx.inputs[3] ? added : d))];
    },
    label: (ctx) => [...(plain.label?.(ctx) ?? []), ctx.attrs.string('activation', '')].filter((part) => part !== ''),
  };
}

export const fusedConv = convolutionWithSum({ name: 'FusedConv', domain, title: t('Conv + activation') });

const nhwcFusedConv = channelsLast(fusedConv, { name: 'NhwcFusedConv' }, [0, 3]);

const nhwcConv = channelsLast(
  convolution(
    { name: 'NhwcConv', domain, title: 'Conv', summary: t('A convolution of pictures whose channels come last.') },
    { ...ports, inputs },
  ),
  {},
);

const nhwcMaxPool = channelsLast(maxPool, { name: 'NhwcMaxPool', domain });

/** Where half-precision and 8-bit kernels want the channels last. */
export const nhwcLayers: readonly OpDef[] = [nhwcConv, nhwcFusedConv, nhwcMaxPool];
