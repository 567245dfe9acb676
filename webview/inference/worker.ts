/** The thread that owns the runtime: one session with every tap, run again for whatever is asked. */
import { heapBytes, printed } from './workerHooks';
import * as ort from 'ort';
import { unpackNumbers } from '../../src/core/image';
import { t, useTexts } from '../../src/core/l10n/l10n';
import { serve, type Port } from '../../src/protocol/rpc';
import type { Fed, FeedRequest, RunReply, Started, StartRequest, WireTensor, WorkerApi } from './messages';
import { blamed, readTaps, writeTaps } from '../../src/core/taps';
import { runBatch } from './workerBatch';
import { feedsOf } from './workerFeeds';
import { probed } from './workerProbe';

let session: ort.InferenceSession | null = null;
let feeds: Record<string, ort.Tensor> = {};

const optionsFor = (request: StartRequest): ort.InferenceSession.SessionOptions => ({
  executionProviders: [request.provider],
  // Folds constants and drops identities, fuses nothing: with every tensor an output a fusion would have to be undone anyway,
  // and what is shown must be what the file says.
  graphOptimizationLevel: 'basic',
  logSeverityLevel: 3,
  enableProfiling: request.profile,
  externalData: request.external.map(({ path, data }) => ({ path, data: new Uint8Array(data) })),
});

/** Makes the session; a tap the runtime refuses is dropped, by name when its message names one, else all of them. */
async function createSession(request: StartRequest): Promise<readonly string[]> {
  const options = optionsFor(request);
  const whole = new Uint8Array(request.model);
  const file = whole.subarray(0, request.size);
  const all = readTaps(whole.subarray(request.size));
  let kept = all;
  let bytes = whole;
  for (;;) {
    try {
      session = await ort.InferenceSession.create(bytes, options);
      return all.filter((tap) => !kept.includes(tap)).map((tap) => tap.name);
    } catch (error) {
      if (kept.length === 0) throw error;
      const guilty = blamed(kept, error instanceof Error ? error.message : String(error));
      kept = guilty.length > 0 ? kept.filter((tap) => !guilty.includes(tap)) : [];
      const taps = writeTaps(kept);
      bytes = new Uint8Array(file.length + taps.length);
      bytes.set(file);
      bytes.set(taps, file.length);
    }
  }
}

function speak(texts: Readonly<Record<string, string>>): Promise<void> {
  useTexts(texts);
  return Promise.resolve();
}

async function start(request: StartRequest): Promise<Started> {
  const started = performance.now();
  ort.env.wasm.wasmBinary = request.wasm;
  ort.env.wasm.numThreads = request.threads;
  ort.env.logLevel = 'error';
  const unseen = await createSession(request);
  return { threads: request.threads, unseen, ms: performance.now() - started };
}

async function feed(request: FeedRequest): Promise<Fed> {
  const ready = await feedsOf(request);
  feeds = ready.feeds;
  return { picture: ready.picture, tensors: fedTensors() };
}

/** Copies: what is posted is handed over, and the feeds are needed again. */
const fedTensors = (): WireTensor[] =>
  Object.entries(feeds).flatMap(([name, tensor]) => {
    const data = numbers(tensor)?.slice();
    return data ? [{ name, dims: tensor.dims, dtype: tensor.type, data }] : [];
  });

/** Halves stay halves where the engine has an array for them: they read like any other numbers, and are half as much to hand over. */
const numbers = ({ data, type }: ort.Tensor): WireTensor['data'] | null =>
  type === 'float16' && !(data instanceof Uint16Array) ? (data as unknown as Float32Array) : unpackNumbers(data, type);

async function run({ fetch }: { readonly fetch: readonly string[] }): Promise<RunReply> {
  const own = running();
  const started = performance.now();
  const results = await own.run(feeds, [...fetch]);
  const ms = performance.now() - started;
  const tensors: WireTensor[] = [];
  const missing: string[] = [];
  for (const name of fetch) {
    const tensor = results[name];
    const data = tensor ? numbers(tensor) : null;
    if (tensor && data) tensors.push({ name, dims: tensor.dims, dtype: tensor.type, data });
    else missing.push(name);
  }
  return { tensors, ms, missing, heap: heapBytes() };
}

const running = (): ort.InferenceSession => {
  if (!session) throw new Error(t('No model is loaded.'));
  return session;
};

const runMany: WorkerApi['runMany'] = (request) => runBatch(running(), request);
const probe: WorkerApi['probe'] = async (request) => ({ values: await probed(running(), feeds, request) });

function profiled(): Promise<{ readonly lines: readonly string[] }> {
  const ended = running();
  session = null;
  return Promise.resolve({ lines: printed(() => ended.endProfiling()) });
}

/** Everything in an answer that is a typed array is ours alone: it is handed over instead of copied. */
function buffersIn(message: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(message)) {
    // A tensor may look at the runtime's own memory; only what owns its whole buffer can go.
    if (message.buffer instanceof ArrayBuffer && message.byteLength === message.buffer.byteLength)
      found.add(message.buffer);
  } else if (typeof message === 'object' && message !== null) {
    for (const part of Object.values(message)) buffersIn(part, found);
  }
  return found;
}

const port: Port = {
  post: (message) => self.postMessage(message, { transfer: [...buffersIn(message)] }),
  listen(listener) {
    const heard = (event: MessageEvent): void => listener(event.data);
    self.addEventListener('message', heard);
    return () => self.removeEventListener('message', heard);
  },
};

// The runtime starts its own threads from this very file; those are none of ours.
if (!self.name.startsWith('em-pthread')) serve<WorkerApi>(port, { speak, start, feed, run, runMany, probe, profiled });
