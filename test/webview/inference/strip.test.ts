import assert from 'node:assert/strict';
import type { ImageEntry, RunSource } from '../../../src/protocol/host';
import { createStrip, type Strip } from '../../../webview/inference/strip';
import { createAppStore, type AppStore } from '../../../webview/state/app';

const picture = (name: string): ImageEntry => ({ name, group: 'picked', url: null, bytes: new Uint8Array([1]) });
const scores = { name: 'y', dtype: 'float32', dims: [1, 2], data: new Float32Array([0, 3]) };

/** A strip of three pictures over a session that answers when it is told to. */
function setUp(obstacle: RunSource['obstacle'] = null): {
  readonly store: AppStore;
  readonly strip: Strip;
  readonly asked: () => number;
  readonly answer: () => Promise<void>;
} {
  const store = createAppStore();
  const waiting: (() => void)[] = [];
  let asked = 0;
  const session = {
    started: { unseen: [] },
    load: () => Promise.resolve(),
    runMany: ({ requests }: { readonly requests: readonly unknown[] }) =>
      new Promise((resolve) => {
        asked++;
        waiting.push(() => resolve({ replies: requests.map(() => ({ tensors: [scores], ms: 2 })), ms: 2 }));
      }),
  };
  const sessions = {
    current: session,
    ensure: () => Promise.resolve(session),
    inTurn: <T>(job: () => Promise<T>) => job(),
  };
  const source = { inputs: [], outputs: ['y'], labels: null, obstacle, values: [], notes: [] };
  const strip = createStrip({
    context: { store },
    sessions,
    settings: { preparation: null, fillings: {}, choice: 'wasm' },
    source: () => Promise.resolve(source),
  } as unknown as Parameters<typeof createStrip>[0]);
  strip.add(['a.png', 'b.png', 'c.png'].map(picture));
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
  return {
    store,
    strip,
    asked: () => asked,
    async answer() {
      await settle();
      waiting.shift()?.();
      await settle();
    },
  };
}

const known = (store: AppStore): number => store.get().run.strip.filter(({ ms }) => ms !== null).length;

describe('All pictures at once', () => {
  it('run one after another, and the work ends', async () => {
    const { store, strip, answer, asked } = setUp();
    const all = strip.runAll();
    for (let i = 0; i < 3; i++) await answer();
    await all;
    assert.equal(known(store), 3);
    assert.equal(asked(), 3);
    assert.equal(store.get().run.working, null);
    assert.match(store.get().run.stripHow ?? '', /2\.0 ms each/);
  });

  it('stop at once: what still comes does not say that work goes on', async () => {
    const { store, strip, answer, asked } = setUp();
    const all = strip.runAll();
    await answer();
    strip.stop();
    store.dispatch({ do: 'run', run: { working: null } });
    await answer();
    await all;
    assert.equal(store.get().run.working, null);
    assert.equal(asked(), 2);
  });

  it('count no result of settings that were changed meanwhile', async () => {
    const { store, strip, answer } = setUp();
    const all = strip.runAll();
    await answer();
    assert.equal(known(store), 1);
    strip.outdate();
    assert.equal(store.get().run.working, null);
    await answer();
    await all;
    assert.equal(known(store), 0);
  });

  it('say why a model cannot run', async () => {
    const { store, strip, asked } = setUp({ what: 'It has errors.', hint: 'Mend them.' });
    await strip.runAll();
    assert.equal(store.get().message?.text, 'It has errors. Mend them.');
    assert.equal(asked(), 0);
    assert.equal(store.get().run.working, null);
  });
});
