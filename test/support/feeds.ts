import assert from 'node:assert/strict';
import { Tensor } from 'onnxruntime-node';

/** What the truth of a corpus model says of its run. */
export interface RunTruth {
  readonly executed: {
    readonly ok: boolean;
    readonly inputs?: readonly { readonly name: string; readonly type: string; readonly dims: readonly number[] }[];
  };
}

type Typed = Float32Array | Uint16Array | BigInt64Array | Int32Array | Uint8Array;

function tensorOf(type: string, dims: readonly number[], random: () => number): Tensor {
  const size = dims.reduce((product, extent) => product * extent, 1);
  const make: Readonly<Record<string, () => Typed>> = {
    float32: () => Float32Array.from({ length: size }, () => random() * 2 - 1),
    // Halves of 0.5 to 1: exponent 14, any fraction.
    float16: () => Uint16Array.from({ length: size }, () => 0x3800 + Math.floor(random() * 1024)),
    int64: () => BigInt64Array.from({ length: size }, () => BigInt(Math.floor(random() * 3))),
    int32: () => Int32Array.from({ length: size }, () => Math.floor(random() * 3)),
    uint8: () => Uint8Array.from({ length: size }, () => Math.floor(random() * 255)),
  };
  const data = make[type]?.();
  assert.ok(data, `no numbers for ${type}`);
  return new Tensor(type as 'float32', data as Float32Array, [...dims]);
}

/** Numbers for all inputs of a model, of the sizes it was run with. */
export const feedsOf = ({ executed }: RunTruth, random: () => number): Record<string, Tensor> =>
  Object.fromEntries((executed.inputs ?? []).map(({ name, type, dims }) => [name, tensorOf(type, dims, random)]));
