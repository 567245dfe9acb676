/** Networks as text that specs and pictures type. */

/** The picture of the design, with the mistake it shows: the last branch lacks its padding. */
export const residual = (side: number, channels: number): string => `# a residual net, small enough to read
input: ${side}x${side}x3
layers:
  - conv: 64 7x7 stride 2 pad 3 relu
  - maxpool: 3x3 stride 2 pad 1
    name: p
  - conv: 64 3x3 pad same relu
  - conv: 64 3x3 pad same
  - add: [p, previous]
  - conv: ${channels} 3x3 stride 2 pad 1 relu
    name: d
  - conv: ${channels} 3x3 relu
  - add: [d, previous]
  - globalavgpool
  - dense: 10 softmax
`;

export const SMALL = `input: 28x28x1
layers:
  - conv: 64 3x3 pad 1 relu
    name: first
  - maxpool: 2x2
  - conv: 8 3x3 pad 1 relu
    name: second
  - globalavgpool
  - dense: 10 softmax
`;

/** Runs with a quarter of its channels. */
export const NARROW = `input: 32x32x3
width: 1/4
layers:
  - conv: 32 3x3 pad 1 relu
    name: wide
  - globalavgpool
  - dense: 10
`;
