/** The page's end of the layout worker. A worker may not be started from a webview's address, so its text goes through a blob. */
import type { Geometry, LayoutReply, LayoutRequest, LayoutScene } from './types';

export interface LayoutClient {
  /** Resolves with null when a later request has overtaken this one. */
  layout(request: Omit<LayoutRequest, 'serial' | 'scene'>, scene: LayoutScene): Promise<Geometry | null>;
  /** Milliseconds the last layout took in the worker. */
  readonly took: number;
  dispose(): void;
}

export async function startLayout(address: string): Promise<LayoutClient> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The layout worker cannot be read (${response.status})`);
  const blob = new Blob([await response.text()], { type: 'text/javascript' });
  const url = URL.createObjectURL(blob);
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  let serial = 0;
  let known: LayoutScene | null = null;
  let took = 0;
  let waiting: { resolve: (geometry: Geometry | null) => void; reject: (error: Error) => void } | null = null;
  worker.addEventListener('message', (event: MessageEvent<LayoutReply>) => {
    const reply = event.data;
    if (reply.serial !== serial || !waiting) return;
    if ('error' in reply) waiting.reject(new Error(reply.error));
    else {
      took = reply.took;
      waiting.resolve(reply.geometry);
    }
    waiting = null;
  });
  worker.addEventListener('error', (event) => {
    waiting?.reject(new Error(event.message || 'The layout worker has stopped'));
    waiting = null;
  });
  return {
    layout(request, scene) {
      waiting?.resolve(null);
      serial++;
      const message: LayoutRequest = { ...request, serial, scene: scene === known ? null : scene };
      known = scene;
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        worker.postMessage(message);
      });
    },
    get took() {
      return took;
    },
    dispose: () => worker.terminate(),
  };
}
