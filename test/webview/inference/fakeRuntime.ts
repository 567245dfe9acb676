/** A worker in place of the runtime's, for tests of who opens sessions and who ends them. */
const ADDRESS = 'data:text/javascript,';
export const ASSETS = { wasmWorker: ADDRESS, webgpuWorker: ADDRESS, wasm: ADDRESS, wasmWebgpu: ADDRESS };

interface Call {
  readonly call: string;
  readonly id: number;
  readonly argument: { readonly fetch?: readonly string[]; readonly model?: ArrayBuffer };
}

/** A worker whose runtime gives out a one for all it is asked for, and hides one output. */
export class Runtime {
  static made: Runtime[] = [];
  static broken = false;
  static begun: () => void = () => undefined;
  readonly runs: (readonly string[])[] = [];
  /** Bytes of the models it was started with, taps included. */
  readonly loaded: number[] = [];
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
  private answer(call: string, { fetch = [], model }: Call['argument']): unknown {
    if (call === 'start') {
      this.loaded.push(model?.byteLength ?? 0);
      return { threads: 1, unseen: ['hidden'], ms: 1 };
    }
    if (call === 'feed') return { picture: null, tensors: [] };
    if (call !== 'run') return null;
    this.runs.push(fetch);
    const tensors = fetch.map((name) => ({ name, dims: [1], dtype: 'float32', data: new Float32Array([1]) }));
    return { tensors, ms: 1, missing: [], heap: null };
  }
}

/** One job after the other, as sessions are asked. */
export function inTurn(): <T>(job: () => Promise<T>) => Promise<T> {
  let queue: Promise<unknown> = Promise.resolve();
  return (job) => {
    const next = queue.then(job, job);
    queue = next.catch(() => undefined);
    return next;
  };
}

/** For each test of a suite. */
export function useRuntime(): void {
  const { Worker: worker, crossOriginIsolated: isolated } = globalThis as Record<string, unknown>;
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
    Object.assign(globalThis, { Worker: worker, crossOriginIsolated: isolated });
    if (!hadNavigator) Reflect.deleteProperty(globalThis, 'navigator');
  });
}
