/** The page's end of the layout worker. A worker may not be started from a webview's address, so its text goes through a blob. */
import { t } from '../../../src/core/l10n/l10n';
import type { Geometry, LayoutReply, LayoutRequest, LayoutScene } from './types';

export interface LayoutClient {
  /** Resolves with null when a later request has overtaken this one. */
  layout(request: Omit<LayoutRequest, 'serial' | 'scene'>, scene: LayoutScene): Promise<Geometry | null>;
  /** Milliseconds the last layout took in the worker. */
  readonly took: number;
  dispose(): void;
}

interface Waiting {
  readonly resolve: (geometry: Geometry | null) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A worker that dies (out of memory, killed) takes the request under way with it, which is told; the next one gets a new worker.
 */
export async function startLayout(address: string): Promise<LayoutClient> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(t('The layout worker cannot be read ({0})', response.status));
  const blob = new Blob([await response.arrayBuffer()], { type: 'text/javascript' });
  const url = URL.createObjectURL(blob);
  let worker: Worker | null = null;
  let serial = 0;
  let known: LayoutScene | null = null;
  let took = 0;
  let waiting: Waiting | null = null;

  function heard({ data: reply }: MessageEvent<LayoutReply>): void {
    if (reply.serial !== serial || !waiting) return;
    const { resolve, reject } = waiting;
    waiting = null;
    if ('error' in reply) {
      reject(new Error(reply.error));
      return;
    }
    took = reply.took;
    resolve(reply.geometry);
  }

  function start(): Worker {
    const made = new Worker(url);
    const died = (message: string): void => {
      made.terminate();
      if (worker !== made) return;
      worker = known = null;
      waiting?.reject(new Error(message || t('The layout worker has stopped')));
      waiting = null;
    };
    made.addEventListener('message', heard);
    made.addEventListener('error', (event) => died(event.message));
    made.addEventListener('messageerror', () => died(t('An answer of the layout worker cannot be read')));
    return made;
  }

  worker = start();
  return {
    layout(request, scene) {
      waiting?.resolve(null);
      serial++;
      const here = (worker ??= start());
      const message: LayoutRequest = { ...request, serial, scene: scene === known ? null : scene };
      known = scene;
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        here.postMessage(message);
      });
    },
    get took() {
      return took;
    },
    dispose() {
      worker?.terminate();
      waiting?.resolve(null);
      waiting = null;
      URL.revokeObjectURL(url);
    },
  };
}
