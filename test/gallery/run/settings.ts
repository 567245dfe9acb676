import path from 'node:path';
import { readdirSync } from 'node:fs';
import type { ImageEntry } from '../../../src/protocol/host';
import type { Setting } from './host';

const root = path.resolve(__dirname, '../../..');
const samples = (group: ImageEntry['group'], folder: string): ImageEntry[] =>
  readdirSync(path.join(root, folder))
    .filter((name) => /[.](png|jpg)$/.test(name))
    .map((name) => ({ name, url: `/${folder}/${name}`, bytes: null, group }));

const photographs = samples('samples', 'samples/images');

/** Models to be run for real in the gallery: of the samples and of the corpus. */
export const settings: Readonly<Record<string, Setting>> = {
  squeezenet: {
    title: 'squeezenet_fp16_winml.onnx',
    model: '/models/squeezenet_fp16_winml.onnx',
    images: photographs,
    labels: { url: '/samples/labels/imagenet.txt', source: 'ImageNet', assumed: true },
  },
  mnist: { title: 'mnist8_cntk.onnx', model: '/models/mnist8_cntk.onnx', images: photographs, labels: null },
  ultraface: {
    title: 'ultraface_rfb320.onnx',
    model: '/models/ultraface_rfb320.onnx',
    images: photographs,
    labels: null,
  },
  fashion: {
    title: 'fashion-mnist.onnx',
    model: '/samples/fashion-mnist/fashion-mnist.onnx',
    images: [...samples('model', 'samples/fashion-mnist/images'), ...photographs],
    labels: { url: '/samples/fashion-mnist/labels.txt', source: 'labels.txt', assumed: false },
  },
  shapes: {
    title: 'shapes.onnx',
    model: '/samples/shapes/shapes.onnx',
    images: [...samples('model', 'samples/shapes/images'), ...photographs],
    labels: { url: '/samples/shapes/labels.txt', source: 'labels.txt', assumed: false },
  },
  resnet: {
    title: 'resnet18-narrow.onnx',
    model: '/samples/architectures/resnet18-narrow.onnx',
    images: photographs,
    labels: null,
  },
  vgg: { title: 'vgg16.onnx', model: '/samples/architectures/vgg16.onnx', images: photographs, labels: null },
  silero: { title: 'silero_vad_v4.onnx', model: '/models/silero_vad_v4.onnx', images: photographs, labels: null },
  wavenet: { title: 'wavenet1d.onnx', model: '/models/wavenet1d.onnx', images: photographs, labels: null },
  dynamic: {
    title: 'dynamic_axes_small.onnx',
    model: '/models/dynamic_axes_small.onnx',
    images: photographs,
    labels: null,
  },
  siamese: {
    title: 'shared_weights_siamese.onnx',
    model: '/models/shared_weights_siamese.onnx',
    images: photographs,
    labels: null,
  },
  missing: { title: 'resnet18.onnx', model: '/models/resnet18.onnx', images: photographs, labels: null },
};
