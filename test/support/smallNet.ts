import { analyze, type Facts } from '../../src/core/analysis';
import { modelOf, type ModelSpec, type NodeSpec } from './onnxModel';

export type Layer = readonly [op: string, inputs: readonly string[], attrs?: NodeSpec['attrs']];

/** A net in one line per layer; weights are one channel, called by their kernel: `3x3`. Outputs are called `a`, `b`, `c`, … */
export function net(image: readonly number[], layers: readonly Layer[], constants: ModelSpec['constants'] = {}): Facts {
  const weights: Record<string, { shape: readonly number[] }> = {};
  for (const name of layers.flatMap(([, inputs]) => inputs)) {
    if (/^\d+(x\d+)*$/.test(name)) weights[name] = { shape: [1, 1, ...name.split('x').map(Number)] };
  }
  const nodes = layers.map(([op, inputs, attrs = {}], i) => ({ op, inputs, outputs: [letter(i)], attrs }));
  const outputs = [letter(layers.length - 1)];
  return analyze(modelOf({ opset: 13, inputs: { x: image }, constants: { ...weights, ...constants }, nodes, outputs }));
}

export const letter = (i: number): string => String.fromCharCode('a'.charCodeAt(0) + i);
