import type { Preparation } from './preparation';

/** Numbers of a preparation that do not depend on the input's size. */
export type Values = Pick<Preparation, 'order' | 'scale' | 'mean' | 'std'>;

const BYTE = 1 / 255;
const same = (value: number, channels: number): number[] => new Array<number>(channels).fill(value);

/** 0…255 as they are in the file. */
export const rawValues = (channels: number, order: Values['order']): Values => ({
  order,
  scale: 1,
  mean: same(0, channels),
  std: same(1, channels),
});

/** 0…1. */
export const unitValues = (channels: number, order: Values['order']): Values => ({
  order,
  scale: BYTE,
  mean: same(0, channels),
  std: same(1, channels),
});

/** −1…1. */
export const signedValues = (channels: number, order: Values['order']): Values => ({
  order,
  scale: BYTE,
  mean: same(0.5, channels),
  std: same(0.5, channels),
});

/** torchvision: 0…1, then ImageNet's mean and standard deviation. */
export const imageNetValues: Values = {
  order: 'RGB',
  scale: BYTE,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/** Caffe: blue first, 0…255 minus ImageNet's mean. */
export const caffeValues: Values = { order: 'BGR', scale: 1, mean: [104, 117, 123], std: [1, 1, 1] };

/** SSD face detectors of the "ultra light" family. */
export const aroundZeroBytes: Values = { order: 'RGB', scale: 1, mean: [127, 127, 127], std: [128, 128, 128] };
