import assert from 'node:assert/strict';
import { createComparison, type Comparison } from '../../../webview/inference/comparison';
import { createAppStore, type AppStore } from '../../../webview/state/app';

const ADDRESS = 'data:text/javascript,';
const NAMES = ['first', 'second', 'hidden'];

interface Call {
  readonly call: string;
  readonly id: number;
  readonly argument: { readonly fetch?: readonly string[] };
}

/** A worker whose runtime gives out a one for all it is asked for, and hides one output. */
class Runtime {
  static made: Runtime[] = [];
  static broken = false;
  static begun: () => void = () => undefined;
  readonly runs: (readonly string[])[] = [];
  terminated = false;
  private heard: (event: { readonly data: unknown }) => void = () => undefined;
  private died: (event: { readonly message: string }) => void = () => undefined;

  constructor() {
    Runtime.made.push(this);
    Runtime.begun();
  }
  addEventListener(type: string, heard: never): void {
    if (type === 'message') this.heard = heard;
    else this.died = heard;
  }
  postMessage({ call, id, argument }: Call): void {
    setTimeout(() => {
      if (this.terminated) return;
      if (call === 'run' && Runtime.broken) this.died({ message: 'gone' });
      else this.heard({ data: { reply: id, ok: true, value: this.answer(call, argument) } });
    });
  }
  terminate(): void {
    this.terminated = true;
  }
  private answer(call: string, { fetch = [] }: Call['argument']): unknown {
    if (call === 'start') return { threads: 1, unseen: ['hidden'], ms: 1 };
    if (call === 'feed') return { picture: null, tensors: [] };
    if (call !== 'run') return null;
    this.runs.push(fetch);
    const tensors = fetch.map((name) => ({ name, dims: [1], dtype: 'float32', data: new Float32Array([1]) }));
    return { tensors, ms: 1, missing: [], heap: null };
  }
}

/** A run of WebGPU that is kept, while runs are of WASM now: it needs a session of its own. */
function bench(): { readonly store: AppStore; readonly comparison: Comparison } {
  const store = createAppStore();
  const current = { provider: 'webgpu', started: null };
  let queue: Promise<unknown> = Promise.resolve();
  const comparison = createComparison({
    context: {
      store,
      host: { modelBytes: () => Promise.resolve(new Uint8Array(4)) },
      assets: { wasmWorker: ADDRESS, webgpuWorker: ADDRESS, wasm: ADDRESS, wasmWebgpu: ADDRESS },
      announce: () => undefined,
    },
    sessions: {
      current,
      inTurn<T>(job: () => Promise<T>) {
        const next = queue.then(job, job);
        queue = next.catch(() => undefined);
        return next;
      },
    },
    settings: { chosen: null },
    source: {
      get: () => Promise.resolve({ size: 4, taps: new Uint8Array(0), url: null, external: [] }),
      nameOf: (value: number) => NAMES[value],
    },
    fed: () => ({ image: null, others: [] }),
    unseen: () => false,
  } as never);
  comparison.keep(true);
  current.provider = 'wasm';
  return { store, comparison };
}

const opened = (): Runtime => Runtime.made.at(-1)!;

describe('the run that is kept', () => {
  const before = Object.fromEntries(
    ['Worker', 'crossOriginIsolated'].map((name) => [name, (globalThis as Record<string, unknown>)[name]]),
  );
  const hadNavigator = 'navigator' in globalThis;
  beforeEach(() => {
    Runtime.made = [];
    Runtime.broken = false;
    Runtime.begun = () => undefined;
    Object.assign(globalThis, { Worker: Runtime, crossOriginIsolated: false });
    // Newer versions of Node have one that cannot be set.
    if (!hadNavigator) Object.assign(globalThis, { navigator: { hardwareConcurrency: 1 } });
  });
  after(() => {
    Object.assign(globalThis, before);
    if (!hadNavigator) Reflect.deleteProperty(globalThis, 'navigator');
  });

  it('is asked once for each tensor, in a session that ends when it is let go', async () => {
    const { store, comparison } = bench();
    assert.notEqual(store.get().run.kept, null);
    assert.equal((await comparison.tensor(0))?.name, 'first');
    assert.equal((await comparison.tensor(0))?.name, 'first');
    assert.deepEqual(opened().runs, [['first']]);
    comparison.forget();
    assert.ok(opened().terminated);
    assert.equal(await comparison.tensor(0), null);
    assert.equal(Runtime.made.length, 1);
  });

  it('leaves no session behind that was still being opened when it was let go', async () => {
    const { store, comparison } = bench();
    Runtime.begun = () => comparison.forget();
    assert.equal(await comparison.tensor(0), null);
    assert.deepEqual(
      Runtime.made.map(({ terminated }) => terminated),
      [true],
    );
    assert.equal(store.get().message, null, 'nothing went wrong');
  });

  it('is not asked for what its runtime cannot give out', async () => {
    const { store, comparison } = bench();
    assert.equal(await comparison.tensor(2), null);
    assert.deepEqual(opened().runs, []);
    assert.equal(store.get().message, null);
  });

  it('says when it fails, and is tried anew in another session', async () => {
    const { store, comparison } = bench();
    Runtime.broken = true;
    assert.equal(await comparison.tensor(0), null);
    assert.match(store.get().message?.text ?? '', /gone/);
    assert.ok(opened().terminated);
    Runtime.broken = false;
    assert.equal((await comparison.tensor(1))?.name, 'second');
    assert.equal(Runtime.made.length, 2);
  });
});
