/** The layout's own thread: the last request wins. */
import type { FrameLayout } from './frame';
import { layoutScene } from './nested';
import type { LayoutReply, LayoutRequest, LayoutScene } from './types';

class Superseded extends Error {}

let scene: LayoutScene | null = null;
let latest = 0;
/** Kept between requests: opening one module lays out that one and what is around it. */
const memo = new Map<string, FrameLayout>();
const MEMO_LIMIT = 5000;

/** Hands the arrays over instead of copying them. */
const reply = (message: LayoutReply): void => {
  const transfer: ArrayBuffer[] = [];
  if ('geometry' in message) {
    const { items, boxes, open, beside, folded, wires, boxIndex, wireIndex } = message.geometry;
    const { points, start, kind, flags, edge, from, to } = wires;
    for (const array of [items, boxes, open, beside, folded, points, start, kind, flags, edge, from, to])
      transfer.push(array.buffer as ArrayBuffer);
    for (const index of [boxIndex, wireIndex]) if (index) transfer.push(index);
  }
  self.postMessage(message, { transfer });
};

/** Lets waiting messages in, at most every few milliseconds. */
async function breathe(serial: number, state: { since: number }): Promise<void> {
  if (performance.now() - state.since < 30) return;
  await new Promise((resolve) => setTimeout(resolve, 0));
  state.since = performance.now();
  if (serial !== latest) throw new Superseded();
}

async function answer(request: LayoutRequest): Promise<void> {
  const started = performance.now();
  latest = request.serial;
  if (request.scene) scene = request.scene;
  if (!scene) return;
  if (memo.size > MEMO_LIMIT) memo.clear();
  const state = { since: started };
  try {
    const { geometry, counter } = await layoutScene(scene, request, memo, () => breathe(request.serial, state));
    if (request.serial !== latest) return;
    reply({ serial: request.serial, geometry, took: performance.now() - started, by: counter });
  } catch (error) {
    if (error instanceof Superseded) return;
    try {
      // Whatever the reason, a legal graph gets a drawing.
      const { geometry, counter } = await layoutScene(scene, { ...request, general: 'linear' }, memo, () =>
        Promise.resolve(),
      );
      reply({ serial: request.serial, geometry, took: performance.now() - started, by: counter });
    } catch (second) {
      reply({ serial: request.serial, error: second instanceof Error ? second.message : String(second) });
    }
  }
}

self.addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  // Elk's own messages never pass here; ours all carry a serial.
  if (typeof event.data.serial === 'number') void answer(event.data);
});
