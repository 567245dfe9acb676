/** The page's runtime under Node: the same build, the same options, on one thread. */
import * as ort from 'onnxruntime-web/wasm';
import type { OpenFile } from '../core/bytes/source';
import { tapBytes } from '../core/formats/onnx/taps';
import { unpackNumbers } from '../core/image';
import { blamed } from '../core/taps';
import type { FedInput } from './runFeeds';
import { runtimeBytes } from './runFiles';

export interface RunTensor {
  readonly name: string;
  readonly dtype: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | Float64Array;
}

export interface RunResult {
  readonly tensors: readonly RunTensor[];
  /** Asked for, but the runtime does not give them out, or they hold no numbers. */
  readonly unseen: readonly string[];
  readonly loadMs: number;
  readonly ms: number;
}

interface RunRequest {
  readonly file: OpenFile;
  /** Paths of external data, beside the file. */
  readonly external: readonly string[];
  readonly inputs: readonly FedInput[];
  readonly outputs: readonly string[];
  /** Tensors in between, to be made outputs. */
  readonly taps: readonly string[];
}

let started: Promise<void> | null = null;
const start = (): Promise<void> =>
  (started ??= runtimeBytes().then((bytes) => {
    ort.env.wasm.wasmBinary = bytes;
    // More would be started as web workers, which Node has none of.
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = 'error';
  }));

async function externalData({ file, external }: RunRequest): Promise<{ path: string; data: Uint8Array }[]> {
  const found = await Promise.all(
    external.map(async (path) => {
      const sibling = await file.sibling(path);
      return sibling.kind === 'found' ? [{ path, data: await sibling.bytes.read(0, sibling.bytes.size) }] : [];
    }),
  );
  return found.flat();
}

/** A session with every tap the runtime takes. */
async function openSession(
  request: RunRequest,
): Promise<{ readonly session: ort.InferenceSession; readonly kept: readonly string[] }> {
  const options: ort.InferenceSession.SessionOptions = {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'basic',
    logSeverityLevel: 3,
    externalData: await externalData(request),
  };
  const model = await request.file.bytes.read(0, request.file.bytes.size);
  let kept = request.taps.map((name) => ({ name }));
  for (;;) {
    const taps = tapBytes(kept.map(({ name }) => name));
    const whole = new Uint8Array(model.length + taps.length);
    whole.set(model);
    whole.set(taps, model.length);
    try {
      return { session: await ort.InferenceSession.create(whole, options), kept: kept.map(({ name }) => name) };
    } catch (error) {
      if (kept.length === 0) throw error;
      const guilty = blamed(kept, error instanceof Error ? error.message : String(error));
      kept = guilty.length > 0 ? kept.filter((tap) => !guilty.includes(tap)) : [];
    }
  }
}

/** Runs once. Throws what the runtime says. */
export async function runModel(request: RunRequest): Promise<RunResult> {
  await start();
  const begun = performance.now();
  const { session, kept } = await openSession(request);
  const loadMs = performance.now() - begun;
  try {
    const feeds = Object.fromEntries(
      request.inputs.map(({ name, tensor: { dtype, data, dims } }) => [
        name,
        new ort.Tensor(dtype as 'float32', data as Float32Array, dims),
      ]),
    );
    const wanted = [...new Set([...request.outputs, ...kept])];
    const before = performance.now();
    const results = await session.run(feeds, wanted);
    const ms = performance.now() - before;
    const tensors: RunTensor[] = [];
    for (const name of wanted) {
      const result = results[name];
      const data = result ? unpackNumbers(result.data, result.type) : null;
      if (result && data) tensors.push({ name, dtype: result.type, dims: result.dims, data });
    }
    const asked = [...new Set([...request.outputs, ...request.taps])];
    const unseen = asked.filter((name) => !tensors.some((tensor) => tensor.name === name));
    return { tensors, unseen, loadMs, ms };
  } finally {
    await session.release();
  }
}
