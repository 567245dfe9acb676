import { readFile } from 'node:fs/promises';
import * as ort from 'onnxruntime-node';
import { decodeFloat16, decodePicture, prepare, type Preparation } from '../../../src/core/image';

/** Fields of protobuf, written by hand on purpose: the product's own writer must not vouch for itself. */
const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
const field = (number: number, payload: readonly number[]): number[] => [
  (number << 3) | 2,
  ...varint(payload.length),
  ...payload,
];
const string = (number: number, text: string): number[] => field(number, [...new TextEncoder().encode(text)]);

/** The model with further outputs (ValueInfoProto: a name): protobuf merges a message that comes twice, so they are appended. */
function withOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
  const graph = names.flatMap((name) => field(12, string(1, name)));
  return names.length === 0 ? model : Buffer.concat([model, Uint8Array.from(field(7, graph))]);
}

export interface Reference {
  readonly dims: readonly number[];
  readonly dtype: string;
  readonly values: readonly number[];
}

const numbers = ({ data, type }: ort.Tensor): number[] =>
  type === 'float16' && data instanceof Uint16Array
    ? [...decodeFloat16(data)]
    : Array.from(data as Float32Array, Number);

/** What onnxruntime's native build computes for these tensors of a model with one input. */
export async function reference(
  model: string,
  input: ort.Tensor,
  names: readonly string[],
): Promise<Record<string, Reference>> {
  const bytes = await readFile(model);
  const plain = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const inside = names.filter((name) => !plain.outputNames.includes(name));
  const session = await ort.InferenceSession.create(withOutputs(bytes, inside), {
    // as written: a fused operator would no longer have the tensor in the middle
    graphOptimizationLevel: 'disabled',
    logSeverityLevel: 3,
  });
  const results = await session.run({ [plain.inputNames[0]!]: input }, [...names]);
  const entry = (name: string): Reference => {
    const tensor = results[name]!;
    return { dims: tensor.dims, dtype: tensor.type, values: numbers(tensor) };
  };
  return Object.fromEntries(names.map((name) => [name, entry(name)]));
}

/** A picture as the net gets it; resizing and the like are held to other witnesses in test/core/image. */
export async function pictureInput(picture: string, preparation: Preparation): Promise<ort.Tensor> {
  const { tensor } = prepare(decodePicture(await readFile(picture)), preparation);
  return new ort.Tensor(tensor.dtype as 'float32', tensor.data as Float32Array, tensor.dims);
}
