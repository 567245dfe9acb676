import type { Activation } from '../vocabulary/activations';
import { float, int, type Step } from './emitter';
import type { LayerBuilder } from './layerBuilder';
import type { Extent } from './wire';

/** What comes after a layer's sum: bias, batch normalisation, activation. */
export interface AfterSum {
  readonly bias: { readonly has: boolean; readonly value: number | null };
  /** The operators behind the sum, for a result of so many channels. */
  steps(channels: Extent): readonly Step[];
}

export function afterSum(builder: LayerBuilder, usualBias: boolean): AfterSum {
  const { values } = builder;
  const normalised = values.flag('bn') === true;
  // The normalisation shifts each channel anyway: a bias before it would be taken away again.
  const bias = values.bias(usualBias && !normalised);
  const activation = values.activation();
  return {
    bias,
    steps: (channels) => [
      ...(normalised ? [batchNorm(builder, channels, 'bn', `${builder.run.path}_bn`)] : []),
      ...(activation ? activationSteps(builder, activation, activation.name) : []),
    ],
  };
}

/** The bias as an input of the operator, where there is one. */
export function biasInput(builder: LayerBuilder, { bias }: AfterSum, channels: Extent): readonly string[] {
  if (!bias.has) return [];
  const recipe = { kind: 'cycle', values: [bias.value ?? 0] } as const;
  return [builder.around.emitter.constant(builder.run, builder.named('bias'), [channels], { kind: 'made', recipe })];
}

/** Learned scale and shift begin as 1 and 0, the running mean and variance as 0 and 1: at first nothing changes. */
export function batchNorm(builder: LayerBuilder, channels: Extent, suffix: string, name: string): Step {
  const { emitter } = builder.around;
  const constant = (part: string, value: number): string =>
    emitter.constant(builder.run, `${name}.${part}`, [channels], {
      kind: 'made',
      recipe: { kind: 'cycle', values: [value] },
    });
  const inputs = [constant('scale', 1), constant('bias', 0), constant('mean', 0), constant('var', 1)];
  const epsilon = builder.values.number('epsilon') ?? 1e-5;
  return { suffix, op: 'BatchNormalization', attrs: { epsilon: float(epsilon) }, inputs: (x) => [x, ...inputs] };
}

/** The operators of an activation; `suffix` is '' where it is a layer of its own. */
export function activationSteps(builder: LayerBuilder, activation: Activation, suffix: string): readonly Step[] {
  const { emitter } = builder.around;
  const { op, name } = activation;
  switch (name) {
    case 'relu6': {
      const limits = [0, 6].map((limit, i) =>
        emitter.scalar(builder.run, `${builder.run.path}.${i ? 'max' : 'min'}`, limit),
      );
      return [{ suffix, op, inputs: (x) => [x, ...limits] }];
    }
    case 'swish': {
      // ONNX has no swish of its own before opset 24: a product with the sigmoid.
      let before = '';
      return [
        { suffix: suffix ? 'sigmoid' : 'gate', op, inputs: (x) => [(before = x)] },
        { suffix, op: 'Mul', inputs: (gate) => [before, gate] },
      ];
    }
    case 'softmax':
      return [{ suffix, op, attrs: { axis: int(1) } }];
    case 'hardsigmoid':
      return [{ suffix, op, attrs: { alpha: float(1 / 6), beta: float(0.5) } }];
    default: {
      const alpha = activation.alpha === undefined ? null : (builder.values.number('alpha') ?? activation.alpha);
      return [{ suffix, op, ...(alpha === null ? {} : { attrs: { alpha: float(alpha) } }) }];
    }
  }
}
