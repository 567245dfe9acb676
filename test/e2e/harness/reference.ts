import { readFile } from 'node:fs/promises';
import { decode } from 'fast-png';
import * as ort from 'onnxruntime-node';

/** Fields of protobuf, written by hand on purpose: the product's own writer must not vouch for itself. */
const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
const field = (number: number, payload: readonly number[]): number[] => [
  (number << 3) | 2,
  ...varint(payload.length),
  ...payload,
];
const string = (number: number, text: string): number[] => field(number, [...new TextEncoder().encode(text)]);

/** ValueInfoProto: name, type.tensor_type.elem_type = float. */
const floatOutput = (name: string): number[] => [...string(1, name), ...field(2, field(1, [(1 << 3) | 0, 1]))];

/** The model with further outputs: protobuf merges a message that comes twice, so they are just appended. */
function withOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
  const graph = names.flatMap((name) => field(12, floatOutput(name)));
  return Uint8Array.from([...model, ...field(7, graph)]);
}

/** What onnxruntime's native build computes for these tensors. */
export async function reference(
  model: string,
  input: ort.Tensor,
  names: readonly string[],
): Promise<Record<string, { dims: readonly number[]; values: Float32Array }>> {
  const session = await ort.InferenceSession.create(withOutputs(await readFile(model), names), {
    // as written: a fused operator would no longer have the tensor in the middle
    graphOptimizationLevel: 'disabled',
  });
  const results = await session.run({ [session.inputNames[0]!]: input }, [...names]);
  return Object.fromEntries(
    names.map((name) => [name, { dims: results[name]!.dims, values: results[name]!.data as Float32Array }]),
  );
}

/** A grey picture that already has the size of the input, as values from 0 to 1. */
export async function greyInput(picture: string): Promise<ort.Tensor> {
  const { width, height, channels, data, depth } = decode(await readFile(picture));
  const top = 2 ** depth - 1;
  const values = Float32Array.from({ length: width * height }, (_, at) => data[at * channels]! / top);
  return new ort.Tensor('float32', values, [1, 1, height, width]);
}
