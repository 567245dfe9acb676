import { net } from './marked';

/** One problem as a person meets it. */
export interface Case {
  readonly code: string;
  /** «The exact word» that is marked. */
  readonly text: string;
  readonly says: RegExp;
  /** Titles of the ways out, in order. */
  readonly fixes?: readonly (string | RegExp)[];
  /** What the first of them makes of the text. */
  readonly becomes?: string;
  /** Other problems that come with it. */
  readonly beside?: readonly string[];
}

/** Every problem of a text, in the text that has it. */
export const cases: readonly Case[] = [
  {
    code: 'shape/add',
    text: net('- conv: 8 3x3 pad 1', '  name: d', '- conv: 8 3x3 relu', '- add: [d, «previous»]'),
    says: /^These two branches are 28×28 and 26×26 and cannot be added\. The 3×3 convolution in line 5 has no padding and cuts one pixel off at each border\.$/,
    fixes: ['Pad line 5 with 1: keeps 28×28', 'Crop d to 26×26'],
    becomes: net('- conv: 8 3x3 pad 1', '  name: d', '- conv: 8 3x3 pad 1 relu', '- add: [d, previous]'),
  },
  {
    code: 'shape/add',
    text: net('- conv: 1 2x2', '  name: a', '- add: [input, «a»]'),
    says: /^These two branches are 28×28 and 27×27 and cannot be added\. The 2×2 convolution in line 3 has no padding and cuts one row and one column off\.$/,
    fixes: ['Pad line 3 with same: keeps 28×28', 'Crop input to 27×27'],
    becomes: net('- conv: 1 2x2 pad same', '  name: a', '- add: [input, a]'),
  },
  {
    code: 'shape/add',
    text: net('- conv: 8 3x3 pad same', '  name: a', '- conv: 16 3x3 pad same', '- add: [a, «previous»]'),
    says: /^These two branches are 8×28×28 and 16×28×28 and cannot be added\. Only branches with equally many channels/,
    fixes: ['Make 16 channels of a with a 1×1 convolution'],
    becomes: net(
      '- conv: 8 3x3 pad same',
      '  name: a',
      '- conv: 16 3x3 pad same',
      '- add: [{conv: 16 1x1, from: a}, previous]',
    ),
  },
  {
    code: 'shape/concat',
    text: net('- conv: 8 5x5', '  name: a', '- concat: [input, «a»]'),
    says: /^These two branches are 28×28 and 24×24; only channels may differ where they are put side by side\. The 5×5 convolution in line 3 has no padding and cuts 2 pixels off at each border\.$/,
    fixes: ['Pad line 3 with 2: keeps 28×28', 'Crop input to 24×24'],
    becomes: net('- conv: 8 5x5 pad 2', '  name: a', '- concat: [input, a]'),
  },
  {
    code: 'window/unseen',
    text: net('- conv: 8 2x2 stride «3» relu'),
    says: /^Stride 3 with kernel 2 leaves pixels unseen: 54 % of the picture \(10 of 28 rows, 9 of 28 columns\)\.$|^Stride 3 with kernel 2 leaves pixels unseen/,
    fixes: ['Stride 2: every pixel is seen', 'Kernel 3×3: every pixel is seen'],
    becomes: net('- conv: 8 2x2 stride 2 relu'),
  },
  {
    code: 'shape/window',
    text: net('- maxpool: 8x8', '- conv: 8 «5x5» relu'),
    says: /^A window of 5×5 does not fit into what is left of the picture, 3×3\. Padding 2 would keep the size\.$/,
    fixes: ['Pad with 2: keeps 3×3'],
    becomes: net('- maxpool: 8x8', '- conv: 8 5x5 pad 2 relu'),
  },
  {
    code: 'shape/groups',
    text: net('- conv: 8 3x3', '- conv: 9 3x3 groups «3»'),
    says: /^8 input channels cannot be parted into 3 groups\.$/,
    fixes: [/groups of \d channels/],
  },
  {
    code: 'shape/groups',
    text: net('- conv: 8 3x3', '- conv: «9» 3x3 groups 2'),
    says: /^9 output channels cannot be parted into 2 groups\.$/,
  },
  {
    code: 'shape/rank',
    text: net('- dense: 10', '- «conv»: 8 3x3'),
    says: /^Convolution needs a picture, but rows and columns were lost/,
  },
  {
    code: 'window/dilation',
    text: net('- conv: 8 1x1 dilation «2»'),
    says: /dilation changes nothing/,
  },
  {
    code: 'window/padding',
    text: net('- maxpool: 2x2 pad «2»'),
    says: /^Padding 2 is as large as the window 2: a unit would see nothing but border\.$/,
  },
  {
    code: 'window/border',
    text: net('- maxpool: 14x14', '- filter: box 7x7 border «reflect»'),
    says: /^3 pixels of border cannot be made by reflect from a picture of 2/,
    fixes: ['Repeat the edge instead'],
    becomes: net('- maxpool: 14x14', '- filter: box 7x7 border edge'),
  },
  {
    code: 'window/needless-border',
    text: net('- conv: 8 3x3 border «0.5»'),
    says: /No window hangs over the border/,
  },
  {
    code: 'shape/unpool',
    text: net('- conv: 8 3x3', '  name: c', '- maxunpool: «c»'),
    says: /^“c” is no max pooling: it keeps no indices\.$/,
  },
  {
    code: 'shape/unpool-size',
    text: net('- maxpool: 2x2', '  name: p', '- maxpool: 2x2', '- maxunpool: «p»'),
    says: /^“p” kept indices for 1×14×14, but here are 1×7×7\.$/,
  },
  {
    code: 'shape/shuffle',
    text: net('- conv: 6 1x1', '- shuffle: «2x»'),
    says: /^6 channels cannot become pixels: 2×2 pixels take a multiple of 4 channels\.$/,
  },
  {
    code: 'shape/crop',
    text: net('- crop: «30x30»'),
    says: /^30×30 cannot be cut out of 28×28\.$/,
  },
  {
    code: 'shape/outpad',
    text: net('- deconv: 4 3x3 stride 2 outpad «2»'),
    says: /must be smaller than the stride/,
  },
  {
    code: 'weights/kernel',
    text: net('- conv: 1 5x5 weights «sobel x»'),
    says: /^The numbers make a kernel of 3×3, but the layer says 5×5\.$/,
  },
  {
    code: 'weights/rows',
    text: net('- filter: «[[1, 2], [3]]»'),
    says: /rows of a kernel must be equally long/,
  },
  {
    code: 'weights/count',
    text: net('- conv: 3 2x2', '  weights: «[[[1, 0], [0, 1]], [[0, 1], [1, 0]]]»'),
    says: /^The numbers make 2 kernels, the layer needs 3: one for each output channel\.$/,
  },
  {
    code: 'cnn/layer',
    text: net('- «con»: 8 3x3'),
    says: /^There is no layer “con”\. Did you mean “conv”\?$/,
    fixes: ['Change to “conv”'],
    becomes: net('- conv: 8 3x3'),
  },
  { code: 'cnn/layer', text: net('- «qqqqqq»: 1'), says: /^There is no layer “qqqqqq”\.$/ },
  { code: 'cnn/no-kind', text: net('- «stride: 2»'), says: /says nothing of what the layer is/ },
  {
    code: 'cnn/colon',
    text: net('- «conv» 8 3x3'),
    says: /^A colon is missing after “conv”\.$/,
    fixes: ['Insert the colon'],
    becomes: net('- conv: 8 3x3'),
  },
  {
    code: 'cnn/colon',
    text: net('- «relu»', '  name: r'),
    says: /^A colon is missing after “relu”\.$/,
    fixes: ['Insert the colon'],
    becomes: net('- relu:', '  name: r'),
  },
  {
    code: 'cnn/word',
    text: net('- conv: 8 3x3 «strid» 2'),
    says: /^“strid” means nothing to conv\. Did you mean “stride”\?$/,
    fixes: ['Change to “stride”'],
    beside: ['cnn/word'],
  },
  {
    code: 'cnn/key',
    text: net('- conv: 8 3x3', '  «strde»: 2'),
    says: /^“strde” is no key of conv\. Did you mean “stride”\?$/,
    fixes: ['Change to “stride”'],
    becomes: net('- conv: 8 3x3', '  stride: 2'),
  },
  { code: 'cnn/twice', text: net('- conv: 8 3x3 stride 2 «stride» 1'), says: /^“stride” was said before/ },
  {
    code: 'cnn/value',
    text: net('- conv: 8 3x3 stride «fast»'),
    says: /^“fast” is not rows × columns from 1 on, as in 3x3\.$/,
  },
  { code: 'cnn/value', text: net('- dropout: «2»'), says: /^“2” is not a share from 0 to less than 1\.$/ },
  { code: 'cnn/no-value', text: net('- «conv»: 8'), says: /^The size of the kernel is missing, as in 64 3x3\.$/ },
  { code: 'cnn/no-value', text: net('- «nearest»'), says: /^The factor is missing, as in 2x\.$/ },
  {
    code: 'cnn/reference',
    text: net('- conv: 8 3x3', '  name: left', '- relu:', '  from: «lfet»'),
    says: /^No layer is called “lfet”\. Did you mean “left”\?$/,
    fixes: ['Change to “left”'],
    becomes: net('- conv: 8 3x3', '  name: left', '- relu:', '  from: left'),
  },
  {
    code: 'cnn/later',
    text: net('- relu:', '  from: «late»', '- conv: 8 3x3', '  name: late'),
    says: /^“late” comes later: data flow downwards only/,
  },
  {
    code: 'cnn/name-taken',
    text: net('- conv: 8 3x3', '  name: a', '- conv: 8 3x3', '  name: «a»'),
    says: /^“a” is the name of another layer\.$/,
    fixes: ['Call it “a2”'],
    becomes: net('- conv: 8 3x3', '  name: a', '- conv: 8 3x3', '  name: a2'),
  },
  {
    code: 'cnn/name-taken',
    text: net('- conv: 8 3x3', '  name: «input»'),
    says: /^“input” already means something else\.$/,
    fixes: ['Call it “input2”'],
  },
  { code: 'cnn/name', text: net('- conv: 8 3x3', '  name: «3d»'), says: /^“3d” cannot be a name/ },
  {
    code: 'cnn/one-input',
    text: net('- conv: 8 3x3', '  name: a', '- relu:', '  from: [a, «input»]'),
    says: /^ReLU takes one input\./,
  },
  {
    code: 'cnn/two-inputs',
    text: net('- «add»:'),
    says: /^Sum of branches needs the branches that meet, as in \[a, previous\]\.$/,
  },
  {
    code: 'cnn/unused',
    text: net('- «conv»: 8 3x3', '- conv: 8 3x3', '  from: input'),
    says: /^Nothing uses this layer, and it is no output/,
    fixes: ['Make it an output of the net'],
    becomes: net('- conv: 8 3x3', '  output: true', '- conv: 8 3x3', '  from: input'),
  },
  {
    code: 'cnn/parameter',
    text: 'input: 8x8x1\nblocks:\n  b(c):\n    - conv: «$d» 3x3\nlayers:\n  - b: 4\n',
    says: /^The block has no parameter “d”; it has \$c\.$/,
  },
  {
    code: 'cnn/argument',
    text: 'input: 8x8x1\nblocks:\n  b(c):\n    - conv: $c 3x3\nlayers:\n  - «b»\n',
    says: /^“b” needs a value for “c”\.$/,
    beside: ['cnn/parameter'],
  },
  {
    code: 'cnn/arguments',
    text: 'input: 8x8x1\nblocks:\n  b(c):\n    - conv: $c 3x3\nlayers:\n  - b: 4 «5»\n',
    says: /^“b” takes 1 value and no more\.$/,
  },
  {
    code: 'cnn/recursion',
    text: 'input: 8x8x1\nblocks:\n  b:\n    - «b»\nlayers:\n  - b\n',
    says: /^The block “b” is made of itself/,
  },
  { code: 'cnn/empty-block', text: 'input: 8x8x1\nblocks:\n  «b»:\nlayers:\n  - b\n', says: /has no layers/ },
  {
    code: 'cnn/setting',
    text: '«inptu»: 8x8x1\nlayers:\n  - relu\n',
    says: /^There is no setting “inptu”\. Did you mean “input”\?$/,
    fixes: ['Change to “input”'],
    becomes: 'input: 8x8x1\nlayers:\n  - relu\n',
    beside: ['cnn/no-input'],
  },
  {
    code: 'cnn/no-input',
    text: '«layers»:\n  - relu\n',
    says: /^The size of the picture is missing/,
    fixes: ['Insert “input: 224x224x3”'],
    becomes: 'input: 224x224x3\nlayers:\n  - relu\n',
  },
  { code: 'cnn/input', text: 'input: «224by224»\nlayers:\n  - relu\n', says: /^“224by224” is no size of a picture\./ },
  { code: 'cnn/repeated', text: 'input: 8x8x1\n«input»: 4x4x1\nlayers:\n  - relu\n', says: /“input” was said before/ },
  { code: 'cnn/value', text: 'input: 8x8x1\nwidth: «wide»\nlayers:\n  - relu\n', says: /“wide” is no width/ },
  { code: 'cnn/no-layers', text: 'input: 8x8x1\n«layers»:\n', says: /no layers yet/ },
  {
    code: 'cnn/yaml',
    text: net('- concat: [a, b«'),
    says: /^This is no YAML: /,
    beside: ['cnn/reference', 'cnn/two-inputs', 'cnn/yaml'],
  },
];
