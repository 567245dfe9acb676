/** Work beside a run that takes many runs: measuring every layer, covering the picture bit by bit. */
import type { Preparation, RunSource } from '../../src/protocol/host';
import type { RunState } from '../state/app';
import type { PageContext } from '../state/context';
import type { Occlusion, Runner } from '../state/runner';
import { Cancelled } from './engine';
import { explain } from '../../src/core/failure';
import { marked } from '../../src/core/l10n/decimals';
import { t } from '../../src/core/l10n/l10n';
import type { FeedRequest } from './messages';
import { readProfile, timesByLayer } from './profile';
import { openSession, type ModelSession } from './session';
import type { Sessions } from './sessions';

/** Measured for about this long, in at least and at most so many runs. */
const MEASURE_MS = 1500;
const [LEAST_RUNS, MOST_RUNS] = [3, 30];
const WARM_RUNS = 1;
/** A question to the worker should be answered about this often, so that there is something to see and to cancel. */
const CHUNK_MS = 250;
/** Pictures in one run, where the model takes any number. */
const BATCH = 8;

interface Parts {
  readonly context: PageContext;
  readonly sessions: Sessions;
  readonly source: { readonly get: () => Promise<RunSource>; readonly nameOf: (value: number) => string | undefined };
  readonly fed: () => FeedRequest | null;
  readonly chosen: () => Preparation | null;
}

export interface Work {
  readonly measure: () => Promise<void>;
  readonly occlude: Runner['occlude'];
  readonly stop: () => void;
}

export function createWork({ context, sessions, source, fed, chosen }: Parts): Work {
  const { store, host, assets } = context;
  let current = 0;
  let measuring: ModelSession | null = null;
  const tell = (run: Partial<RunState>): void => store.dispatch({ do: 'run', run });
  const progress = (what: 'times' | 'field', done: number): void => tell({ working: { what, done } });

  function stop(): void {
    current++;
    measuring?.stop();
    measuring = null;
    if (store.get().run.working) tell({ working: null });
  }

  async function runs(session: ModelSession, from: RunSource, told: (share: number) => void): Promise<void> {
    const { ms } = await session.run(from.outputs);
    const count = Math.min(MOST_RUNS, Math.max(LEAST_RUNS, Math.ceil(MEASURE_MS / Math.max(1, ms / 2))));
    for (let run = 0; run < count; run++) {
      told(run / count);
      await session.run(from.outputs);
    }
  }

  async function measure(): Promise<void> {
    const request = fed();
    if (!request) return;
    stop();
    const own = current;
    progress('times', 0);
    try {
      await sessions.inTurn(async () => {
        if (own !== current) return;
        const from = await source.get();
        const session = await openSession('wasm', host, assets, { profile: true });
        if (own !== current) {
          // Ended meanwhile: nobody else would ever stop it.
          session.stop();
          return;
        }
        measuring = session;
        await session.feed(request);
        await session.load(from, () => undefined);
        await runs(session, from, (share) => progress('times', share));
        const profile = readProfile(await session.profiled(), WARM_RUNS);
        if (own !== current) return;
        if (!profile) throw new Error(t('The runtime gave no times.'));
        const { ms, other } = timesByLayer(store.get().scene?.nodes ?? [], profile);
        const how = howWords(profile.runs, sessions.current?.provider === 'webgpu');
        tell({ times: { ms, other, total: profile.ms, runs: profile.runs, how } });
        context.announce(t('measured, {0} milliseconds a run', marked(profile.ms.toFixed(1))));
      });
    } catch (error) {
      if (own === current && !(error instanceof Cancelled)) failed(error);
    } finally {
      if (own === current) stop();
    }
  }

  function failed(error: unknown): void {
    const { what, hint } = explain(error);
    store.dispatch({ do: 'message', message: { severity: 'warning', text: `${what} ${hint}` } });
    void host.log({ level: 'warn', text: error instanceof Error ? error.message : String(error) });
  }

  async function occlude(
    { value, at, patches }: Occlusion,
    told: (values: readonly number[]) => void,
  ): Promise<readonly number[] | null> {
    const image = fed()?.image;
    const output = source.nameOf(value);
    const layout = chosen()?.layout;
    if (!image || output === undefined || !layout) return null;
    stop();
    const own = current;
    const values: number[] = [];
    let batch = image.dims.length > 3 && image.dims[0] === null ? BATCH : 1;
    let chunk = batch;
    progress('field', 0);
    try {
      while (values.length < patches.length) {
        const some = patches.slice(values.length, values.length + chunk);
        const started = performance.now();
        const question = { input: image.name, layout, output, at, patches: some, batch };
        const answer = await sessions.inTurn(async () => {
          if (own !== current) return null;
          // Something else has failed in it: there is nothing left to ask.
          if (!sessions.current) throw new Cancelled('Cancelled');
          return sessions.current.probe(question).catch(retry);
        });
        if (own !== current) return null;
        if (!answer) continue;
        values.push(...answer);
        const ms = performance.now() - started;
        chunk = Math.max(batch, Math.round((some.length * CHUNK_MS) / Math.max(1, ms)));
        progress('field', values.length / patches.length);
        told(values);
      }
      return values;
    } catch (error) {
      if (own === current && !(error instanceof Cancelled)) failed(error);
      return null;
    } finally {
      if (own === current) stop();
    }

    /** Not every model that says so takes any batch: then one by one. */
    function retry(error: unknown): null {
      if (batch === 1 || error instanceof Cancelled) throw error;
      batch = chunk = 1;
      return null;
    }
  }

  return { measure, occlude, stop };
}

function howWords(runs: number, elsewhere: boolean): string {
  const how = elsewhere
    ? t('Profiled by the runtime on WASM, for WebGPU gives no times of single layers: mean of {0} warm runs.', runs)
    : t('Profiled by the runtime on WASM: mean of {0} warm runs.', runs);
  // Browsers round their clocks where a page shares no memory.
  return crossOriginIsolated ? how : `${how} ${t('The clock goes in steps of 0.1 ms.')}`;
}
