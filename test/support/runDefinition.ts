import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Definition } from '../../src/core/formats/cnn/definition';
import { writeOnnx } from '../../src/core/formats/onnx/write';

export interface Ran {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** What onnxruntime computes of a definition, by the names of its outputs; `picture` fills the input in order. */
export async function runDefinition(
  definition: Definition,
  picture: (index: number) => number,
): Promise<ReadonlyMap<string, Ran>> {
  const { bytes } = await writeOnnx(definition.model, null);
  if (!bytes) throw new Error('too large to run');
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 4 });
  const { size } = definition.settings;
  if (!size) throw new Error('no input');
  const dims = [size.batch, size.channels, size.rows, size.columns];
  const data = Float32Array.from({ length: dims.reduce((product, extent) => product * extent, 1) }, (_, i) =>
    picture(i),
  );
  const results = await session.run({ input: new Tensor('float32', data, dims) });
  const { outputNames } = session;
  await session.release();
  return new Map(
    outputNames.map((name) => [name, { dims: results[name]!.dims, data: results[name]!.data as Float32Array }]),
  );
}
