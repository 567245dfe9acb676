import { t } from '../../src/core/l10n/l10n';
import { duration } from '../ui/numbers';
import type { Provider, Started } from './messages';

export interface AdapterVerdict {
  /** A real graphics card: worth a trial. */
  readonly real: boolean;
  /** Any adapter: can be chosen by hand. */
  readonly any: boolean;
  /** What was found, in words. */
  readonly why: string;
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** Looks for a graphics card WebGPU can use; software adapters are hundreds of times slower than WASM. */
export async function lookForAdapter(): Promise<AdapterVerdict> {
  const none = (why: string): AdapterVerdict => ({ real: false, any: false, why });
  if (!('gpu' in navigator)) return none(t('WebGPU: not in this browser.'));
  // What the runtime waits with; Chromium has it since version 137.
  if (!('Suspending' in WebAssembly)) return none(t('WebGPU: needs a newer VS Code or browser (Chromium 137).'));
  try {
    const adapter = await navigator.gpu.requestAdapter();
    if (!adapter) return none(t('WebGPU: no adapter.'));
    const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
    const name = [...new Set([vendor, architecture, description || device])].filter((part) => part !== '').join(' ');
    if (isFallbackAdapter || SOFTWARE.test(name))
      return {
        real: false,
        any: true,
        why: t('WebGPU: only a software adapter ({0}), slower than WASM.', name || t('unnamed')),
      };
    return { real: true, any: true, why: `WebGPU: ${name || t('an adapter without a name')}.` };
  } catch (error) {
    return none(`WebGPU: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** `WASM · SIMD · 1 thread`. */
export function providerLine(provider: Provider, started: Started): string {
  if (provider === 'webgpu') return 'WebGPU';
  return `WASM · SIMD · ${started.threads === 1 ? t('1 thread') : t('{0} threads', started.threads)}`;
}

/** More threads than this gain little on nets of this size, and the editor wants some cores too. */
const MOST_THREADS = 4;

export function threadCount(isolated = crossOriginIsolated, cores = navigator.hardwareConcurrency): number {
  return isolated ? Math.max(1, Math.min(MOST_THREADS, Math.ceil(cores / 2))) : 1;
}

export function threadsLine({ threads }: Started, isolated = crossOriginIsolated): string {
  if (threads > 1) return t('{0} threads share memory.', threads);
  return isolated
    ? t('One thread: this machine has no cores to spare.')
    : t('One thread: this page is not cross-origin isolated, so the browser shares no memory between threads.');
}

/** A provider has to win clearly before it is taken: first runs are slow and clocks coarse. */
const MARGIN = 1.25;

export function trialLine(webgpu: number, wasm: number): { readonly take: boolean; readonly why: string } {
  const take = webgpu * MARGIN < wasm;
  const times = [duration(webgpu), duration(wasm)] as const;
  return {
    take,
    why: take
      ? t('Chosen in a trial: {0} against {1} of WASM.', ...times)
      : t('Not chosen in a trial: {0} against {1} of WASM.', ...times),
  };
}

/** Largest difference of two outputs relative to the largest value; null when they can't be compared, or where only one is finite. */
export function disagreement(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  if (a.length !== b.length) return null;
  let [most, size] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at]!, b[at]!];
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      if (!Object.is(x, y)) return null;
      continue;
    }
    most = Math.max(most, Math.abs(x - y));
    size = Math.max(size, Math.abs(x));
  }
  return size === 0 ? most : most / size;
}
