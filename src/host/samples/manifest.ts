/** The files of `samples/` that the extension offers. Listed, because a web extension cannot list its own folder. */

export interface Sample {
  readonly path: string;
  readonly title: string;
  readonly detail: string;
  readonly kind: 'trained' | 'full' | 'narrow' | 'lecture' | 'zoo';
}

const full = (path: string, title: string, detail: string): Sample => ({ path, title, detail, kind: 'full' });
const narrow = (path: string, title: string): Sample => ({
  path,
  title,
  detail: 'The same graph with a fraction of the channels and random weights',
  kind: 'narrow',
});

/** The details are English here and translated where they are shown. */
export const SAMPLE_MODELS: readonly Sample[] = [
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

const definition =
  (kind: 'lecture' | 'zoo') =>
  (name: string, title: string, detail: string): Sample => ({ path: `${kind}/${name}.cnn.yaml`, title, detail, kind });
const lecture = definition('lecture');
const zoo = definition('zoo');

/** Definitions as text: one for each idea of the course, then nets from the literature. */
export const SAMPLE_DEFINITIONS: readonly Sample[] = [
  lecture('01-notation', 'Notation', 'B, W, H, C: how a net is written down'),
  lecture('02-fully-connected', 'Fully connected', 'The same layer twice: fully connected, and as a convolution'),
  lecture('03-one-layer', 'One layer', 'One convolution under the microscope: weight sharing and the sum of a neuron'),
  lecture('04-classic-kernels', 'Classic kernels', 'Kernels that nobody had to learn, to run on a photograph'),
  lecture('05-borders', 'Borders', 'What stands beyond the border? Five answers'),
  lecture('06-max-pooling', 'Max pooling', 'The strongest of four stays'),
  lecture('07-unseen-pixels', 'Unseen pixels', 'A stride larger than the kernel: some pixels are never seen'),
  lecture('08-receptive-field', 'Receptive field', 'Two nets of equal depth, and what a unit at their end sees'),
  lecture('09-upsampling', 'Upsampling', 'Nearest neighbour, bed of nails and max unpooling side by side'),
  lecture('10-dilated', 'Dilated convolution', 'Seeing far without many synapses, against down and up again'),
  lecture('11-inception', 'Inception', 'Filters of several sizes side by side, and an auxiliary output'),
  lecture('12-resnet18', 'ResNet-18', 'Skips: each block learns only what to add'),
  lecture('13-reuse', 'Reuse', 'What another task can begin with'),
  zoo('alexnet', 'AlexNet', 'One path of five convolutions, as torchvision has it'),
  zoo('vgg16', 'VGG-16', 'Only 3×3 windows and 2×2 max pooling'),
  zoo('googlenet', 'GoogLeNet', 'Inception modules and two auxiliary outputs'),
  zoo('resnet50', 'ResNet-50', 'Bottleneck blocks with skips'),
  zoo('densenet121', 'DenseNet-121', 'Every layer gets what all before it made'),
  zoo('mobilenet-v2', 'MobileNet v2', 'Depthwise convolutions between thin ends'),
  zoo('unet', 'U-Net', 'Down and up with crops that join'),
  zoo('segnet', 'SegNet', 'Max unpooling puts each value back to where it stood'),
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
  ...SAMPLE_DEFINITIONS.map(({ path }) => path),
  ...OTHER_SAMPLE_FILES,
];
