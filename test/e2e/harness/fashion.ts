import path from 'node:path';
import type { Preparation } from '../../../src/core/image';
import { pictureInput } from './reference';
import { samplesDir } from './workspace';

/** The trained sample, as the Explorer shows it. */
export const FASHION = 'fashion-mnist/fashion-mnist.onnx';
export const FASHION_MODEL = path.join(samplesDir, FASHION);
export const PICTURE = 'sneaker-1.png';

/** As the model's own metadata say: grey, 0…1. */
const UNIT_GREY: Preparation = {
  width: 28,
  height: 28,
  channels: 1,
  resize: 'crop',
  order: 'grey',
  layout: 'NCHW',
  dtype: 'float32',
  scale: 1 / 255,
  mean: [0],
  std: [1],
  reason: '',
};

/** What one of its pictures is to the model. */
export const fashionInput = (picture: string): ReturnType<typeof pictureInput> =>
  pictureInput(path.join(samplesDir, 'fashion-mnist/images', picture), UNIT_GREY);
export const sneakerInput = (): ReturnType<typeof pictureInput> => fashionInput(PICTURE);
