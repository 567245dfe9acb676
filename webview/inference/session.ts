import { t } from '../../src/core/l10n/l10n';
import type { Assets, RunSource } from '../../src/protocol/host';
import { bytes } from '../ui/numbers';
import { Cancelled, startEngine, type Engine } from './engine';
import type { BatchReply, BatchRequest, Fed, FeedRequest, ProbeRequest, Provider, RunReply, Started } from './messages';
import { readExternal, readModel, type ModelHost } from './modelBytes';
import { threadCount } from './provider';

export type Report = (phase: 'loading' | 'running' | 'preparing', text: string) => void;

/** One worker with, sooner or later, one session of the model in it. */
export interface ModelSession {
  readonly provider: Provider;
  /** Null until the model is loaded. */
  readonly started: Started | null;
  feed(request: FeedRequest): Promise<Fed>;
  load(source: RunSource, report: Report): Promise<void>;
  run(fetch: readonly string[]): Promise<RunReply>;
  runMany(request: BatchRequest): Promise<BatchReply>;
  probe(request: ProbeRequest): Promise<Float64Array>;
  /** Ends a session opened for measuring: what the runtime printed. */
  profiled(): Promise<readonly string[]>;
  stop(): void;
}

async function fetchWasm(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(t('The runtime can’t be read ({0}).', response.status));
  return response.arrayBuffer();
}

export async function openSession(
  provider: Provider,
  host: ModelHost,
  assets: Assets,
  { profile = false } = {},
): Promise<ModelSession> {
  const engine: Engine = await startEngine(provider === 'wasm' ? assets.wasmWorker : assets.webgpuWorker);
  const abort = new AbortController();
  let started: Started | null = null;
  const guarded = <T>(call: Promise<T>): Promise<T> => Promise.race([call, engine.ended]);

  async function load(source: RunSource, report: Report): Promise<void> {
    if (started) return;
    const { signal } = abort;
    const progress = (done: number, total: number): void =>
      report('loading', t('Reading the model, {0} of {1}', bytes(done), bytes(total)));
    report('loading', t('Reading the model'));
    try {
      const [wasm, model] = await Promise.all([
        fetchWasm(provider === 'wasm' ? assets.wasm : assets.wasmWebgpu, signal),
        readModel(host, source, progress, signal),
      ]);
      const external = await readExternal(host, source, progress, signal);
      report('loading', t('Starting the runtime'));
      const transfer = [wasm, model, ...external.map(({ data }) => data)];
      started = await guarded(
        engine.api.start({
          provider,
          profile,
          threads: threadCount(),
          wasm,
          model,
          size: source.size,
          external,
          transfer,
        }),
      );
    } catch (error) {
      // A fetch that was cut off says so in its own words; here it only ever means one thing.
      throw signal.aborted ? new Cancelled('Cancelled') : error;
    }
  }

  return {
    provider,
    get started() {
      return started;
    },
    feed: (request) => guarded(engine.api.feed(request)),
    load,
    run: (fetch) => guarded(engine.api.run({ fetch })),
    runMany: (request) => guarded(engine.api.runMany(request)),
    probe: async (request) => (await guarded(engine.api.probe(request))).values,
    profiled: async () => (await guarded(engine.api.profiled())).lines,
    stop() {
      abort.abort();
      engine.stop();
    },
  };
}
