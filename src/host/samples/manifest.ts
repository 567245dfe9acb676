/** The files of `samples/` that the extension offers. Listed, because a web extension cannot list its own folder. */

export interface SampleModel {
  readonly path: string;
  readonly title: string;
  readonly detail: string;
  readonly kind: 'trained' | 'full' | 'narrow';
}

const full = (path: string, title: string, detail: string): SampleModel => ({ path, title, detail, kind: 'full' });
const narrow = (path: string, title: string): SampleModel => ({
  path,
  title,
  detail: 'The same graph with a fraction of the channels and random weights',
  kind: 'narrow',
});

/** The details are English here and translated where they are shown. */
export const SAMPLE_MODELS: readonly SampleModel[] = [
  {
    path: 'fashion-mnist/fashion-mnist.onnx',
    title: 'Fashion-MNIST',
    detail: 'A small LeNet that tells ten kinds of garments apart; the one to begin with',
    kind: 'trained',
  },
  {
    path: 'shapes/shapes.onnx',
    title: 'Shapes',
    detail: 'Encoder and decoder with max unpooling and a skip; finds circles, squares and triangles',
    kind: 'trained',
  },
  full('architectures/vgg16.onnx', 'VGG-16', '3×3 convolutions and max pooling, nothing else'),
  full('architectures/resnet18.onnx', 'ResNet-18', 'Residual blocks: skips around two convolutions'),
  full('architectures/googlenet.onnx', 'GoogLeNet', 'Inception modules, with both auxiliary outputs'),
  full('architectures/mobilenet-v2.onnx', 'MobileNet v2', 'Inverted residuals with depthwise convolutions'),
  full('architectures/unet.onnx', 'U-Net', 'As in the paper: 572×572 without padding'),
  narrow('architectures/vgg16-narrow.onnx', 'VGG-16, narrow'),
  narrow('architectures/resnet18-narrow.onnx', 'ResNet-18, narrow'),
  narrow('architectures/googlenet-narrow.onnx', 'GoogLeNet, narrow'),
  narrow('architectures/mobilenet-v2-narrow.onnx', 'MobileNet v2, narrow'),
  narrow('architectures/unet-narrow.onnx', 'U-Net, narrow'),
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

/** Definitions as text: one for each idea of the course, then nets from the literature. */
const SAMPLE_DEFINITIONS: readonly string[] = [
  ...[
    '01-notation',
    '02-fully-connected',
    '03-one-layer',
    '04-classic-kernels',
    '05-borders',
    '06-max-pooling',
    '07-unseen-pixels',
    '08-receptive-field',
    '09-upsampling',
    '10-dilated',
    '11-inception',
    '12-resnet18',
    '13-reuse',
  ].map((name) => `lecture/${name}.cnn.yaml`),
  ...['alexnet', 'densenet121', 'googlenet', 'mobilenet-v2', 'resnet50', 'segnet', 'unet', 'vgg16'].map(
    (name) => `zoo/${name}.cnn.yaml`,
  ),
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
  ...SAMPLE_DEFINITIONS,
  ...OTHER_SAMPLE_FILES,
];
