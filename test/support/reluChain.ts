import type { ModelSpec } from './onnxModel';

/** So many operators one after the other behind the input `x`; how large that is, is for the caller to say. */
export const reluChain = (count: number): Pick<ModelSpec, 'nodes' | 'outputs'> => ({
  nodes: Array.from({ length: count }, (_, n) => ({
    op: 'Relu',
    name: `n${n}`,
    inputs: [n ? `n${n - 1}` : 'x'],
    outputs: [`n${n}`],
  })),
  outputs: [`n${count - 1}`],
});
