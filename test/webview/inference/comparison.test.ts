import assert from 'node:assert/strict';
import { createComparison, type Comparison } from '../../../webview/inference/comparison';
import { createAppStore, type AppStore } from '../../../webview/state/app';
import { ASSETS, inTurn, Runtime, useRuntime } from './fakeRuntime';

const NAMES = ['first', 'second', 'hidden'];

/** A run of WebGPU that is kept, while runs are of WASM now: it needs a session of its own. */
function bench(): { readonly store: AppStore; readonly comparison: Comparison } {
  const store = createAppStore();
  const current = { provider: 'webgpu', started: null };
  const comparison = createComparison({
    context: {
      store,
      host: { modelBytes: () => Promise.resolve(new Uint8Array(4)) },
      assets: ASSETS,
      announce: () => undefined,
    },
    sessions: { current, inTurn: inTurn() },
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
  useRuntime();

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
