/** A net to begin with, as in the README. */
export const SMALLEST = `input: 28x28x1
layers:
  - conv: 16 3x3 pad same relu
  - maxpool: 2x2
  - conv: 32 3x3 pad same relu
  - globalavgpool
  - dense: 10 softmax
`;
