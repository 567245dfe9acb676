import { t } from '../../../l10n/l10n';

/** Elementwise functions, as layers of their own and as words of other layers. */
export interface Activation {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly doc: string;
  /** ONNX's operator. */
  readonly op: string;
  /** The slope or strength it takes, with its usual value. */
  readonly alpha?: number;
}

export const ACTIVATIONS: readonly Activation[] = [
  { name: 'relu', aliases: [], title: 'ReLU', doc: t('max(0, x): negative sums become 0.'), op: 'Relu' },
  { name: 'relu6', aliases: [], title: 'ReLU6', doc: t('Between 0 and 6: min(max(0, x), 6).'), op: 'Clip' },
  {
    name: 'leaky',
    aliases: ['leakyrelu', 'lrelu'],
    title: 'Leaky ReLU',
    doc: t('x, and a small part of it where it is negative, so that no neuron dies.'),
    op: 'LeakyRelu',
    alpha: 0.01,
  },
  { name: 'elu', aliases: [], title: 'ELU', doc: t('x, and α(eˣ − 1) where it is negative.'), op: 'Elu', alpha: 1 },
  { name: 'selu', aliases: [], title: 'SELU', doc: t('A scaled ELU that keeps mean and variance.'), op: 'Selu' },
  {
    name: 'sigmoid',
    aliases: ['logistic'],
    title: 'Sigmoid',
    doc: t('1 / (1 + e⁻ˣ): between 0 and 1.'),
    op: 'Sigmoid',
  },
  { name: 'tanh', aliases: [], title: 'Tanh', doc: t('Between −1 and 1.'), op: 'Tanh' },
  { name: 'softplus', aliases: [], title: 'Softplus', doc: t('log(1 + eˣ): a smooth ReLU.'), op: 'Softplus' },
  {
    name: 'hardsigmoid',
    aliases: [],
    title: 'Hard sigmoid',
    doc: t('max(0, min(1, x/6 + ½)): a sigmoid of straight lines.'),
    op: 'HardSigmoid',
  },
  { name: 'hardswish', aliases: [], title: 'Hard swish', doc: t('x times its hard sigmoid.'), op: 'HardSwish' },
  { name: 'swish', aliases: ['silu'], title: 'Swish', doc: t('x times its sigmoid.'), op: 'Sigmoid' },
  { name: 'abs', aliases: [], title: t('Absolute value'), doc: t('|x|: how strong, whatever the sign.'), op: 'Abs' },
  {
    name: 'softmax',
    aliases: [],
    title: 'Softmax',
    doc: t('Turns the channels into shares that add up to 1: probabilities of classes.'),
    op: 'Softmax',
  },
];

const BY_NAME = new Map(ACTIVATIONS.flatMap((entry) => [entry.name, ...entry.aliases].map((n) => [n, entry] as const)));

export const activationNamed = (name: string): Activation | null => BY_NAME.get(name) ?? null;
