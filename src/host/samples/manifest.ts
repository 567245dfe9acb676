/** The files of `samples/` that the extension offers. Listed, because a web extension cannot list its own folder. */

export interface SampleModel {
  readonly path: string;
  readonly title: string;
  readonly detail: string;
}

export const SAMPLE_MODELS: readonly SampleModel[] = [
  {
    path: 'fashion-mnist/fashion-mnist.onnx',
    title: 'Fashion-MNIST',
    detail: 'Trained. A small LeNet that tells ten kinds of garments apart; the one to begin with',
  },
  {
    path: 'shapes/shapes.onnx',
    title: 'Shapes',
    detail: 'Trained. Encoder and decoder with max unpooling and a skip; finds circles, squares and triangles',
  },
  { path: 'architectures/vgg16.onnx', title: 'VGG-16', detail: 'Full size, without weights' },
  { path: 'architectures/resnet18.onnx', title: 'ResNet-18', detail: 'Full size, without weights' },
  {
    path: 'architectures/googlenet.onnx',
    title: 'GoogLeNet',
    detail: 'Full size with both auxiliary outputs, without weights',
  },
  { path: 'architectures/mobilenet-v2.onnx', title: 'MobileNet v2', detail: 'Full size, without weights' },
  { path: 'architectures/unet.onnx', title: 'U-Net', detail: 'Full size as in the paper, without weights' },
  { path: 'architectures/vgg16-narrow.onnx', title: 'VGG-16, narrow', detail: 'Untrained random weights, for running' },
  {
    path: 'architectures/resnet18-narrow.onnx',
    title: 'ResNet-18, narrow',
    detail: 'Untrained random weights, for running',
  },
  {
    path: 'architectures/googlenet-narrow.onnx',
    title: 'GoogLeNet, narrow',
    detail: 'Untrained random weights, for running',
  },
  {
    path: 'architectures/mobilenet-v2-narrow.onnx',
    title: 'MobileNet v2, narrow',
    detail: 'Untrained random weights, for running',
  },
  { path: 'architectures/unet-narrow.onnx', title: 'U-Net, narrow', detail: 'Untrained random weights, for running' },
];

/** Pictures for any model, then those of the trained samples. */
export const SAMPLE_PICTURES: readonly string[] = [
  'images/chelsea.jpg',
  'images/astronaut.jpg',
  'images/rocket.jpg',
  'images/camera.png',
  'images/moon.png',
  'images/grass.png',
  'images/digit_2.png',
  'images/digit_5.png',
  'images/digit_7.png',
];

const OTHER_SAMPLE_FILES: readonly string[] = [
  'fashion-mnist/labels.txt',
  ...[
    'ankle-boot-1',
    'ankle-boot-2',
    'bag-1',
    'coat-1',
    'dress-1',
    'pullover-1',
    'sandal-1',
    'shirt-1',
    'sneaker-1',
    'sneaker-2',
    't-shirt-top-1',
    'trouser-1',
  ].map((name) => `fashion-mnist/images/${name}.png`),
  'labels/imagenet.txt',
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `shapes/images/shapes-${n}.png`),
  'shapes/labels.txt',
];

export const IMAGENET_LABELS = 'labels/imagenet.txt';

export const sampleFiles = (): readonly string[] => [
  ...SAMPLE_MODELS.map(({ path }) => path),
  ...SAMPLE_PICTURES,
  ...OTHER_SAMPLE_FILES,
];
