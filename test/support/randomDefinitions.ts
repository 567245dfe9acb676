import fc from 'fast-check';

/** Definitions a person might write, right and wrong ones: layers of all kinds with small numbers, branches, blocks and repeats. */

const words = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((all) => all.filter((part) => part !== '').join(' '));
const maybe = (text: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), text);
const number = (min: number, max: number): fc.Arbitrary<string> => fc.integer({ min, max }).map(String);
const size = (max: number): fc.Arbitrary<string> =>
  fc.oneof(
    number(1, max).map((side) => `${side}x${side}`),
    fc.tuple(number(1, max), number(1, max)).map(([rows, columns]) => `${rows}x${columns}`),
    number(1, max),
  );

const stride = maybe(size(3).map((text) => `stride ${text}`));
const pad = maybe(
  fc.oneof(
    fc.constantFrom('pad same', 'pad valid', 'pad full', 'same'),
    number(0, 2).map((n) => `pad ${n}`),
  ),
);
const dilation = maybe(number(1, 3).map((n) => `dilation ${n}`));
const border = maybe(fc.constantFrom('border 0', 'border 0.5', 'border reflect', 'border edge', 'border wrap'));
const bias = maybe(fc.constantFrom('no bias', 'bias'));
const bn = maybe(fc.constant('bn'));
const activation = maybe(
  fc.constantFrom(
    'relu',
    'relu6',
    'leaky',
    'elu',
    'selu',
    'sigmoid',
    'tanh',
    'softplus',
    'hardsigmoid',
    'hardswish',
    'swish',
    'softmax',
    'abs',
  ),
);
const weights = maybe(
  fc.constantFrom('weights zeros', 'weights xavier', 'weights constant 0.5', 'weights sobel y', 'seed 3'),
);
const groups = maybe(fc.constantFrom('groups 2', 'depthwise'));
const filter = fc.constantFrom(
  'gaussian',
  'gaussian 5x5',
  'gaussian sigma 0.7',
  'box 3x3',
  'sobel x',
  'sobel y',
  'difference y',
  'laplacian',
  'sharpen',
  'emboss',
  'identity',
);
const scale = fc.constantFrom('2x', '2', '3x', '2x1');

/** Layers that keep rows and columns, so that most nets of them have nothing wrong. */
const tameLayer = (names: readonly string[]): fc.Arbitrary<string> => {
  const name = fc.constantFrom('previous', ...names);
  const odd = fc.constantFrom('1x1', '3x3', '5x3', '3');
  return fc.oneof(
    {
      weight: 6,
      arbitrary: words(fc.constant('conv: 4'), odd, fc.constant('pad same'), dilation, bias, bn, activation),
    },
    {
      weight: 2,
      arbitrary: words(fc.constant('conv: 4'), odd, fc.constant('pad same border 0.5 groups 2'), activation),
    },
    { weight: 2, arbitrary: words(fc.constant('depthwise:'), odd, fc.constant('pad same'), bn, activation) },
    {
      weight: 2,
      arbitrary: words(fc.constant('filter:'), filter, fc.constantFrom('', 'border edge', 'border reflect')),
    },
    { weight: 1, arbitrary: words(fc.constant('deconv: 4'), odd, fc.constant('pad same'), activation) },
    { weight: 2, arbitrary: fc.constantFrom('maxpool: 3x3 stride 1 pad 1', 'avgpool: 3x3 stride 1 pad 1 border 0') },
    {
      weight: 2,
      arbitrary: fc.constantFrom('bn', 'dropout: 0.3', 'lrn: 3', 'relu', 'swish', 'leaky: 0.2', 'identity'),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(fc.constantFrom('add', 'mul', 'sub'), name).map(([kind, a]) => `${kind}: [${a}, previous]`),
    },
  );
};

const wildLayer = (names: readonly string[]): fc.Arbitrary<string> => {
  const name = fc.constantFrom('previous', 'input', ...names);
  return fc.oneof(
    {
      weight: 6,
      arbitrary: words(
        fc.constant('conv:'),
        number(1, 8),
        size(4),
        stride,
        pad,
        dilation,
        groups,
        border,
        bias,
        bn,
        activation,
        weights,
      ),
    },
    { weight: 2, arbitrary: words(fc.constant('depthwise:'), size(3), stride, pad, bn, activation) },
    { weight: 2, arbitrary: words(fc.constant('filter:'), filter, border, activation) },
    {
      weight: 2,
      arbitrary: words(
        fc.constant('deconv:'),
        number(1, 6),
        size(4),
        stride,
        pad,
        maybe(fc.constant('outpad 1')),
        activation,
      ),
    },
    { weight: 3, arbitrary: words(fc.constant('maxpool:'), size(3), stride, pad, maybe(fc.constant('ceil')), border) },
    { weight: 2, arbitrary: words(fc.constant('avgpool:'), size(3), stride, pad, border) },
    { weight: 2, arbitrary: words(fc.constantFrom('nearest:', 'bilinear:', 'nails:', 'shuffle:'), scale) },
    { weight: 1, arbitrary: words(fc.constantFrom('nearest: to', 'bilinear: to', 'crop:'), size(9)) },
    { weight: 1, arbitrary: words(fc.constant('dense:'), number(1, 12), bias, activation) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'globalavgpool',
        'globalmaxpool',
        'flatten',
        'bn',
        'dropout: 0.3',
        'lrn: 3',
        'identity',
        'relu',
        'softmax',
        'leaky: 0.2',
      ),
    },
    { weight: 1, arbitrary: words(fc.constant('pad:'), number(0, 3), border) },
    { weight: 1, arbitrary: name.map((target) => `maxunpool: ${target}`) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('add', 'concat', 'mul', 'sub'), name, name)
        .map(([kind, a, b]) => `${kind}: [${a}, ${b}]`),
    },
  );
};

type Layers = (names: readonly string[]) => fc.Arbitrary<string>;

/** One item of a list of layers, indented as far as `indent`. */
const item = (layer: Layers, names: readonly string[], own: string | null, indent: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      layer(names),
      fc.integer({ min: 0, max: 9 }),
      fc.constantFrom('previous', ...names),
      layer(names),
      layer(names),
    )
    .map(([text, kind, from, second, third]) => {
      const key = text.includes(':') ? text : `${text}:`;
      const name = own === null ? '' : `\n${indent}  name: ${own}`;
      if (kind === 0) return `${indent}- ${key}${name}\n${indent}  from: ${from}`;
      if (kind === 1) return `${indent}- ${key}${name}\n${indent}  repeat: 2`;
      if (kind === 2) {
        return `${indent}- add:${name}\n${indent}  inputs:\n${indent}    - - ${second}\n${indent}      - ${third}\n${indent}    - previous`;
      }
      if (kind === 3)
        return `${indent}- concat:\n${indent}    - - ${second}\n${indent}    - [${third.replace(/[[\]]/g, '')}]${name}`;
      if (kind === 4) return `${indent}- head: [${second.includes('[') ? 'relu' : second}]${name}`;
      if (kind === 5) return `${indent}- maxpool: 2x2${name}\n${indent}- maxunpool: ${own ?? 'previous'}`;
      return `${indent}- ${own === null ? text : `${key}${name}`}`;
    });

export const randomDefinition: fc.Arbitrary<string> = fc
  .record({
    rows: fc.integer({ min: 4, max: 13 }),
    columns: fc.integer({ min: 4, max: 13 }),
    channels: fc.integer({ min: 1, max: 4 }),
    named: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
    block: fc.boolean(),
    tame: fc.constantFrom(true, true, false),
    width: fc.constantFrom('', 'width: 1/2\n', 'width: 1/3\n'),
  })
  .chain(({ rows, columns, channels, named, block, width, tame }) => {
    const layer: Layers = tame ? tameLayer : wildLayer;
    const names = named.flatMap((has, i) => (has ? [`n${i}`] : []));
    const items = named.map((has, i) =>
      item(
        layer,
        names.filter((name) => Number(name.slice(1)) < i),
        has ? `n${i}` : null,
        '  ',
      ),
    );
    const body = fc.array(item(layer, [], null, '    '), { minLength: 1, maxLength: 3 });
    return fc.tuple(fc.tuple(...items), body).map(([layers, inner]) => {
      const blocks = block ? `blocks:\n  unit(c=3):\n${inner.join('\n')}\n` : '';
      const use = block ? '\n  - unit: 4\n  - unit:' : '';
      // Tame layers have four channels: the first one makes them of whatever the picture has.
      const begin = tame ? '  - conv: 4 1x1\n' : '';
      const scaled = tame ? '' : width;
      return `input: ${columns}x${rows}x${channels}\n${scaled}${blocks}layers:\n${begin}${layers.join('\n')}${use}\n`;
    });
  });
