import { t } from '../l10n/l10n';
import { imageShape, type ImageShape } from './inputShape';
import { stated, type Metadata, type Stated } from './metadata';
import type { Preparation } from './preparation';
import {
  aroundZeroBytes,
  caffeValues,
  imageNetValues,
  rawValues,
  signedValues,
  unitValues,
  type Values,
} from './presets';
import { isImageDtype } from './tensor';

/** An operator the input runs through before the first convolution, with its small constant operand. */
export interface FirstLayer {
  /** `Sub`, `Div`, `Mul`, `Add`, `BatchNormalization`… */
  readonly op: string;
  /** The other operand, or the running mean of a batch normalisation; null when it is not a small constant. */
  readonly constant: readonly number[] | null;
}

export interface InputFacts {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly (number | string | null)[];
  readonly producer: string;
  readonly metadata: Metadata;
  readonly outputs: readonly string[];
  /** In order, from the input on, up to and without the first operator with a window or weights. */
  readonly firstLayers: readonly FirstLayer[];
}

/** Side of an input whose size the file leaves open: what most classifiers were trained at. */
const OPEN_SIDE = 224;
/** Nets for smaller pictures (CIFAR and the like) are rarely trained with ImageNet's mean. */
const IMAGENET_FROM = 96;

/** How pictures should be prepared for an input, with the reason in words; null when it takes no pictures. */
export function guessPreparation(facts: InputFacts): Preparation | null {
  const shape = imageShape(facts.shape);
  if (!shape || !isImageDtype(facts.dtype)) return null;
  const width = shape.width ?? shape.height ?? OPEN_SIDE;
  const height = shape.height ?? shape.width ?? OPEN_SIDE;
  const { reason, resize, ...values } = stated(facts.metadata, shape.channels) ?? guessed(facts, shape, height);
  return {
    width,
    height,
    channels: shape.channels,
    resize: resize ?? 'crop',
    ...values,
    layout: shape.layout,
    dtype: facts.dtype,
    reason,
  };
}

function guessed(facts: InputFacts, shape: ImageShape, side: number): Stated {
  const { channels } = shape;
  const size = `${channels}×${shape.height ?? '?'}×${shape.width ?? '?'}`;
  const order = channels === 1 ? 'grey' : 'RGB';
  const say = (values: Values, why: string): Stated => ({ ...values, reason: t('guessed from {0}', why) });

  if (!facts.dtype.startsWith('float')) return say(rawValues(channels, order), t('an input of {0}', facts.dtype));
  const own = ownNormalisation(facts.firstLayers);
  if (own === 'bytes')
    return say(rawValues(channels, order), t('the net’s first layers, which scale 0…255 themselves'));
  if (own === 'unit') return say(unitValues(channels, order), t('the net’s first layers, which shift 0…1 themselves'));

  if (channels === 1) {
    if (/^cntk/i.test(facts.producer)) return say(rawValues(1, 'grey'), t('{0} and grey 0…255 of CNTK', size));
    return say(unitValues(1, 'grey'), t('{0}, grey', size));
  }
  if (channels === 4) return say(unitValues(4, 'RGB'), t('{0}, alpha last', size));
  if (/caffe/i.test(facts.producer)) return say(caffeValues, t('{0} and BGR of Caffe', size));
  if (facts.outputs.includes('scores') && facts.outputs.includes('boxes'))
    return { ...say(aroundZeroBytes, t('{0} and a detector’s outputs “scores” and “boxes”', size)), resize: 'stretch' };
  if (shape.layout === 'NHWC' || /tensorflow|tf2onnx|keras|tflite/i.test(facts.producer))
    return say(signedValues(3, 'RGB'), t('{0} and −1…1 of TensorFlow', size));
  if (side < IMAGENET_FROM) return say(unitValues(3, 'RGB'), t('{0}, a small input', size));
  return say(imageNetValues, t('{0} and torchvision’s mean and deviation', size));
}

const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/**
 * Whether the net normalises its input itself, and from which range: a division by 255 or a mean around 100 only makes sense for
 * bytes, a mean below 1 only for 0…1. null when its first layers do no such thing.
 */
function ownNormalisation(layers: readonly FirstLayer[]): 'bytes' | 'unit' | null {
  for (const { op, constant } of layers) {
    if (!constant || constant.length === 0) {
      if (op === 'Cast' || op === 'Transpose' || op === 'Identity') continue;
      return null;
    }
    const size = largest(constant);
    if (op === 'Div') return size > 20 ? 'bytes' : 'unit';
    if (op === 'Mul') return size < 0.05 ? 'bytes' : size < 0.9 || size > 1.1 ? 'unit' : null;
    if (op === 'Sub' || op === 'Add' || op === 'BatchNormalization')
      return size > 5 ? 'bytes' : size > 0 ? 'unit' : null;
    return null;
  }
  return null;
}
