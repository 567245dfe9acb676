import assert from 'node:assert/strict';
import { Cancelled, startEngine } from '../../webview/inference/engine';
import { startLayout } from '../../webview/stage/layout/client';
import type { LayoutRequest, LayoutScene } from '../../webview/stage/layout/types';

type Heard = (event: { readonly data?: unknown; readonly message?: string }) => void;

/** What a page sees of a worker, and a hand on it that a page does not have. */
class FakeWorker {
  static made: FakeWorker[] = [];
  readonly got: unknown[] = [];
  terminated = false;
  private readonly listeners: { readonly type: string; readonly heard: Heard }[] = [];

  constructor() {
    FakeWorker.made.push(this);
  }
  addEventListener(type: string, heard: Heard): void {
    this.listeners.push({ type, heard });
  }
  removeEventListener(type: string, heard: Heard): void {
    const at = this.listeners.findIndex((one) => one.type === type && one.heard === heard);
    if (at >= 0) this.listeners.splice(at, 1);
  }
  postMessage(message: unknown): void {
    this.got.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  emit(type: string, event: Parameters<Heard>[0]): void {
    if (type === 'message' && this.terminated) return;
    for (const one of [...this.listeners]) if (one.type === type) one.heard(event);
  }
}

const last = (): FakeWorker => FakeWorker.made.at(-1)!;
const scene = { nodes: 0 } as LayoutScene;
const request = { open: [], plumbing: false, fold: false, direction: 'vertical' } as const;
const asked = (worker: FakeWorker, at: number): LayoutRequest => worker.got[at] as LayoutRequest;
const answer = (worker: FakeWorker, serial: number, took = 1): void =>
  worker.emit('message', { data: { serial, took, geometry: { width: serial } } });

describe('a worker', () => {
  const { Worker: before } = globalThis as { Worker?: unknown };
  const address = 'data:text/javascript,';
  beforeEach(() => {
    FakeWorker.made = [];
    Object.assign(globalThis, { Worker: FakeWorker });
  });
  after(() => Object.assign(globalThis, { Worker: before }));

  describe('for layouts', () => {
    it('gets the scene once, and the last request wins', async () => {
      const client = await startLayout(address);
      const first = client.layout(request, scene);
      const second = client.layout(request, scene);
      assert.equal(await first, null, 'overtaken');
      answer(last(), 1);
      answer(last(), 2);
      assert.equal((await second)?.width, 2);
      assert.deepEqual([asked(last(), 0).scene, asked(last(), 1).scene], [scene, null]);
    });

    for (const death of ['error', 'messageerror']) {
      it(`that dies (${death}) at any message is told, and the next request gets a new one that knows nothing`, async () => {
        for (let good = 0; good < 4; good++) {
          FakeWorker.made = [];
          const client = await startLayout(address);
          for (let i = 1; i <= good; i++) {
            const fine = client.layout(request, scene);
            answer(last(), i);
            assert.ok(await fine);
          }
          const dying = client.layout(request, scene);
          last().emit(death, { message: 'out of memory' });
          await assert.rejects(dying, death === 'error' ? /out of memory/ : /cannot be read/);
          assert.ok(FakeWorker.made[0]!.terminated);
          const next = client.layout(request, scene);
          assert.equal(FakeWorker.made.length, 2);
          assert.equal(asked(last(), 0).scene, scene, 'the scene is sent again');
          answer(last(), good + 2);
          assert.ok(await next);
        }
      });
    }

    it('that dies twice is told twice, and never started without being asked', async () => {
      const client = await startLayout(address);
      for (let i = 0; i < 2; i++) {
        const dying = client.layout(request, scene);
        last().emit('error', {});
        await assert.rejects(dying, /has stopped/);
        assert.equal(FakeWorker.made.length, i + 1);
      }
    });

    it('ends with the page, and nobody waits for it', async () => {
      const client = await startLayout(address);
      const waiting = client.layout(request, scene);
      client.dispose();
      assert.equal(await waiting, null);
      assert.ok(last().terminated);
    });
  });

  describe('for runs', () => {
    it('that dies ends every wait with its reason', async () => {
      const engine = await startEngine(address);
      const call = Promise.race([engine.api.run({ fetch: [] }), engine.ended]);
      last().emit('error', { message: 'memory limit reached' });
      await assert.rejects(call, /memory limit reached/);
      await assert.rejects(Promise.race([engine.api.run({ fetch: [] }), engine.ended]), /memory limit reached/);
    });

    it('that is stopped says that it was cancelled', async () => {
      const engine = await startEngine(address);
      const call = Promise.race([engine.api.run({ fetch: [] }), engine.ended]);
      engine.stop();
      await assert.rejects(call, Cancelled);
      assert.ok(last().terminated);
    });

    it('answers errors as errors and goes on', async () => {
      const engine = await startEngine(address);
      const failing = engine.api.run({ fetch: [] });
      const { id } = last().got.at(-1) as { id: number };
      last().emit('message', { data: { reply: id, ok: false, error: 'no such tensor' } });
      await assert.rejects(failing, /no such tensor/);
      const fine = engine.api.run({ fetch: [] });
      last().emit('message', { data: { reply: id + 1, ok: true, value: { ms: 1 } } });
      assert.deepEqual(await fine, { ms: 1 });
    });
  });
});
