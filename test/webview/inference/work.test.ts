import assert from 'node:assert/strict';
import { createWork, type Work } from '../../../webview/inference/work';
import { createAppStore, type AppStore } from '../../../webview/state/app';
import { ASSETS, inTurn, Runtime, useRuntime } from './fakeRuntime';

const image = { name: 'x', dims: [1, 3, 8, 8] };

function bench(): { readonly store: AppStore; readonly work: Work } {
  const store = createAppStore();
  const work = createWork({
    context: {
      store,
      host: { modelBytes: () => Promise.resolve(new Uint8Array(4)), log: () => Promise.resolve() },
      assets: ASSETS,
      announce: () => undefined,
    },
    sessions: { current: null, inTurn: inTurn() },
    source: {
      get: () =>
        Promise.resolve({ size: 4, taps: new Uint8Array(0), url: null, external: [], outputs: ['y'], values: [] }),
      nameOf: () => 'y',
    },
    fed: () => ({ image, others: [] }),
    chosen: () => ({ layout: 'NCHW' }),
  } as never);
  return { store, work };
}

describe('work of many runs', () => {
  useRuntime();

  it('ends with the session it was opening, and tells nothing', async () => {
    const { store, work } = bench();
    Runtime.begun = () => work.stop();
    await work.measure();
    assert.deepEqual(
      Runtime.made.map(({ terminated, runs }) => [terminated, runs.length]),
      [[true, 0]],
    );
    assert.deepEqual([store.get().run.times, store.get().run.working, store.get().message], [null, null, null]);
  });

  it('ends where the session it asks is gone', async () => {
    const { store, work } = bench();
    const request = { value: 0, at: 0, patches: [[0, 0, 1, 1]] } as const;
    assert.equal(await work.occlude(request, () => undefined), null);
    assert.equal(store.get().run.working, null);
  });
});
