import type { ModelSpec, NodeSpec } from './onnxModel';

/** The nets of Araujo, Norris and Sim's table (TF-Slim's definitions), one channel wide: only windows, strides and padding matter. */

type Padding = 'SAME' | 'VALID';

/** Writes a net down node by node; tensors are numbered. */
class Net {
  readonly nodes: NodeSpec[] = [];
  readonly constants: Record<string, { readonly shape: readonly number[] }> = {};
  readonly endpoints = new Map<string, string>();
  last = 'x';

  private emit(op: string, inputs: readonly string[], attrs: NodeSpec['attrs'] = {}): string {
    this.last = `t${this.nodes.length}`;
    this.nodes.push({ op, inputs, outputs: [this.last], attrs });
    return this.last;
  }

  conv(x: string, kernel: readonly [number, number] | number, stride = 1, padding: Padding = 'SAME'): string {
    const [rows, columns] = typeof kernel === 'number' ? [kernel, kernel] : kernel;
    const weight = `w${rows}x${columns}`;
    this.constants[weight] = { shape: [1, 1, rows, columns] };
    const auto_pad = padding === 'SAME' ? 'SAME_UPPER' : 'VALID';
    return this.emit('Conv', [x, weight], { kernel_shape: [rows, columns], strides: [stride, stride], auto_pad });
  }

  /** TF-Slim's conv2d_same: with a stride, the padding does not depend on the size of the picture. */
  convSame(x: string, kernel: number, stride: number): string {
    if (stride === 1) return this.conv(x, kernel);
    this.constants[`w${kernel}x${kernel}`] = { shape: [1, 1, kernel, kernel] };
    const [before, after] = [Math.floor((kernel - 1) / 2), Math.ceil((kernel - 1) / 2)];
    const pads = [before, before, after, after];
    return this.emit('Conv', [x, `w${kernel}x${kernel}`], { strides: [stride, stride], pads });
  }

  pool(x: string, kernel: number, stride: number, padding: Padding): string {
    const auto_pad = padding === 'SAME' ? 'SAME_UPPER' : 'VALID';
    return this.emit('MaxPool', [x], { kernel_shape: [kernel, kernel], strides: [stride, stride], auto_pad });
  }

  /** A sum where the original joins channels: units see the union of the paths either way, and every layer stays one channel wide. */
  join(...inputs: readonly string[]): string {
    return this.emit('Sum', inputs);
  }

  /** Branches of convolutions by kernel, side by side. */
  branches(x: string, ...paths: readonly (readonly (readonly [number, number] | number)[])[]): string {
    return this.join(...paths.map((path) => path.reduce<string>((at, kernel) => this.conv(at, kernel), x)));
  }

  end(name: string): void {
    this.endpoints.set(name, this.last);
  }
}

const wide = [1, 7] as const;
const tall = [7, 1] as const;
const wide3 = [1, 3] as const;
const tall3 = [3, 1] as const;

function alexnet(net: Net): void {
  const step = (name: string): void => net.end(name);
  net.conv('x', 11, 4, 'VALID');
  step('conv1');
  net.pool(net.last, 3, 2, 'VALID');
  step('pool1');
  net.conv(net.last, 5);
  step('conv2');
  net.pool(net.last, 3, 2, 'VALID');
  for (const name of ['conv3', 'conv4', 'conv5']) {
    net.conv(net.last, 3);
    step(name);
  }
  net.pool(net.last, 3, 2, 'VALID');
  step('pool5');
}

const vgg = (...blocks: readonly number[]) =>
  function build(net: Net): void {
    blocks.forEach((count, block) => {
      for (let i = 1; i <= count; i++) {
        net.conv(net.last, 3);
        net.end(`conv${block + 1}/conv${block + 1}_${i}`);
      }
      net.pool(net.last, 2, 2, 'VALID');
      net.end(`pool${block + 1}`);
    });
  };

function mobilenet(net: Net): void {
  net.conv('x', 3, 2);
  net.end('Conv2d_0');
  [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1].forEach((stride, i) => {
    net.conv(net.last, 3, stride);
    net.conv(net.last, 1);
    net.end(`Conv2d_${i + 1}_pointwise`);
  });
}

const resnet = (...units: readonly number[]) =>
  function build(net: Net): void {
    net.convSame('x', 7, 2);
    net.pool(net.last, 3, 2, 'SAME');
    units.forEach((count, block) => {
      for (let unit = 1; unit <= count; unit++) {
        const stride = unit === count && block < 3 ? 2 : 1;
        const x = net.last;
        const shortcut = stride === 1 ? x : net.pool(x, 1, stride, 'VALID');
        const deep = net.conv(net.convSame(net.conv(x, 1), 3, stride), 1);
        net.join(shortcut, deep);
      }
      net.end(`block${block + 1}`);
    });
  };

function inceptionV2(net: Net): void {
  net.conv('x', 7, 2);
  net.end('Conv2d_1a_7x7');
  net.pool(net.last, 3, 2, 'SAME');
  net.end('MaxPool_2a_3x3');
  net.conv(net.last, 1);
  net.end('Conv2d_2b_1x1');
  net.conv(net.last, 3);
  net.end('Conv2d_2c_3x3');
  net.pool(net.last, 3, 2, 'SAME');
  net.end('MaxPool_3a_3x3');
  for (const name of ['3b', '3c', '4a', '4b', '4c', '4d', '4e', '5a', '5b', '5c']) {
    const x = net.last;
    if (name.endsWith('a')) {
      const short = net.conv(net.conv(x, 1), 3, 2);
      const long = net.conv(net.conv(net.conv(x, 1), 3), 3, 2);
      net.join(short, long, net.pool(x, 3, 2, 'SAME'));
    } else net.branches(x, [1], [1, 3], [1, 3, 3], [3, 1]);
    net.end(`Mixed_${name}`);
  }
}

/** The beginning that Inception v3 and Inception-ResNet v2 share. */
function inceptionStem(net: Net, padding: Padding): void {
  net.conv('x', 3, 2, padding);
  net.end('Conv2d_1a_3x3');
  net.conv(net.last, 3, 1, padding);
  net.end('Conv2d_2a_3x3');
  net.conv(net.last, 3);
  net.end('Conv2d_2b_3x3');
  net.pool(net.last, 3, 2, padding);
  net.end('MaxPool_3a_3x3');
  net.conv(net.last, 1);
  net.end('Conv2d_3b_1x1');
  net.conv(net.last, 3, 1, padding);
  net.end('Conv2d_4a_3x3');
  net.pool(net.last, 3, 2, padding);
  net.end('MaxPool_5a_3x3');
  net.branches(net.last, [1], [1, 5], [1, 3, 3], [3, 1]);
  net.end('Mixed_5b');
}

/** Halves the picture: a pool beside convolutions that end in a 3×3 with stride 2. */
function reduction(
  net: Net,
  padding: Padding,
  ...before: readonly (readonly (readonly [number, number] | number)[])[]
): void {
  const x = net.last;
  const paths = before.map((path) =>
    net.conv(
      path.reduce<string>((at, kernel) => net.conv(at, kernel), x),
      3,
      2,
      padding,
    ),
  );
  net.join(...paths, net.pool(x, 3, 2, padding));
}

/** A 1×3 and a 3×1 side by side. */
const fan = (net: Net, x: string): string => net.join(net.conv(x, wide3), net.conv(x, tall3));

function inceptionV3(net: Net): void {
  inceptionStem(net, 'VALID');
  for (const name of ['5c', '5d']) {
    net.branches(net.last, [1], [1, 5], [1, 3, 3], [3, 1]);
    net.end(`Mixed_${name}`);
  }
  reduction(net, 'VALID', [], [1, 3]);
  net.end('Mixed_6a');
  for (const name of ['6b', '6c', '6d', '6e']) {
    net.branches(net.last, [1], [1, wide, tall], [1, tall, wide, tall, wide], [3, 1]);
    net.end(`Mixed_${name}`);
  }
  reduction(net, 'VALID', [1], [1, wide, tall]);
  net.end('Mixed_7a');
  for (const name of ['7b', '7c']) {
    const x = net.last;
    const paths = [net.conv(x, 1), fan(net, net.conv(x, 1)), fan(net, net.conv(net.conv(x, 1), 3)), net.conv(x, 3)];
    net.join(...paths);
    net.end(`Mixed_${name}`);
  }
}

function inceptionV4(net: Net): void {
  net.conv('x', 3, 2, 'VALID');
  net.end('Conv2d_1a_3x3');
  net.conv(net.last, 3, 1, 'VALID');
  net.end('Conv2d_2a_3x3');
  net.conv(net.last, 3);
  net.end('Conv2d_2b_3x3');
  reduction(net, 'VALID', []);
  net.end('Mixed_3a');
  const x = net.last;
  const short = net.conv(net.conv(x, 1), 3, 1, 'VALID');
  net.join(short, net.conv(net.conv(net.conv(net.conv(x, 1), wide), tall), 3, 1, 'VALID'));
  net.end('Mixed_4a');
  reduction(net, 'VALID', []);
  net.end('Mixed_5a');
  for (const name of ['5b', '5c', '5d', '5e']) {
    net.branches(net.last, [1], [1, 3], [1, 3, 3], [3, 1]);
    net.end(`Mixed_${name}`);
  }
  reduction(net, 'VALID', [], [1, 3]);
  net.end('Mixed_6a');
  for (const name of ['6b', '6c', '6d', '6e', '6f', '6g', '6h']) {
    net.branches(net.last, [1], [1, wide, tall], [1, tall, wide, tall, wide], [3, 1]);
    net.end(`Mixed_${name}`);
  }
  reduction(net, 'VALID', [1], [1, wide, tall]);
  net.end('Mixed_7a');
  for (const name of ['7b', '7c', '7d']) {
    const at = net.last;
    const deep = fan(net, net.conv(net.conv(net.conv(at, 1), tall3), wide3));
    net.join(net.conv(at, 1), fan(net, net.conv(at, 1)), deep, net.conv(at, 3));
    net.end(`Mixed_${name}`);
  }
}

/** Residual blocks of Inception-ResNet: branches, a 1×1 over them, added to the input. */
function residual(
  net: Net,
  times: number,
  ...paths: readonly (readonly (readonly [number, number] | number)[])[]
): void {
  for (let i = 0; i < times; i++) {
    const x = net.last;
    net.join(x, net.conv(net.branches(x, ...paths), 1));
  }
}

const inceptionResnet = (padding: Padding) =>
  function build(net: Net): void {
    inceptionStem(net, padding);
    residual(net, 10, [1], [1, 3], [1, 3, 3]);
    reduction(net, padding, [], [1, 3]);
    net.end('Mixed_6a');
    residual(net, 20, [1], [1, wide, tall]);
    net.end('PreAuxLogits');
    reduction(net, padding, [1], [1], [1, 3]);
    net.end('Mixed_7a');
    residual(net, 10, [1], [1, wide3, tall3]);
    net.conv(net.last, 1);
    net.end('Conv2d_7b_1x1');
  };

const builders: Readonly<Record<string, (net: Net) => void>> = {
  alexnet_v2: alexnet,
  vgg_a: vgg(1, 1, 2, 2, 2),
  vgg_16: vgg(2, 2, 3, 3, 3),
  mobilenet_v1: mobilenet,
  mobilenet_v1_075: mobilenet,
  inception_v2: inceptionV2,
  'inception_v2-no-separable-conv': inceptionV2,
  inception_v3: inceptionV3,
  inception_v4: inceptionV4,
  inception_resnet_v2: inceptionResnet('VALID'),
  'inception_resnet_v2-same': inceptionResnet('SAME'),
  resnet_v1_50: resnet(3, 4, 6, 3),
  resnet_v1_101: resnet(3, 4, 23, 3),
  resnet_v1_152: resnet(3, 8, 36, 3),
  resnet_v1_200: resnet(3, 24, 36, 3),
  resnet_v2_50: resnet(3, 4, 6, 3),
  resnet_v2_101: resnet(3, 4, 23, 3),
  resnet_v2_152: resnet(3, 8, 36, 3),
  resnet_v2_200: resnet(3, 24, 36, 3),
};

export interface PublishedNet {
  readonly spec: ModelSpec;
  /** Tensor by the name the table gives it. */
  readonly endpoints: ReadonlyMap<string, string>;
}

/** Null for a network this file does not describe. */
export function publishedNet(name: string, size: number): PublishedNet | null {
  const build = builders[name];
  if (!build) return null;
  const net = new Net();
  build(net);
  const { nodes, constants, endpoints, last } = net;
  return { spec: { opset: 13, inputs: { x: [1, 1, size, size] }, constants, nodes, outputs: [last] }, endpoints };
}
