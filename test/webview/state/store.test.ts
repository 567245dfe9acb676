import assert from 'node:assert/strict';
import { createStore } from '../../../webview/state/store';

describe('the store', () => {
  const counter = (): ReturnType<typeof createStore<number, number>> =>
    createStore<number, number>(0, (state, by) => state + by);

  it('tells all listeners of changes in their order, though a listener makes another', () => {
    const store = counter();
    const told: string[] = [];
    store.subscribe((state) => {
      if (state === 1) store.dispatch(10);
    });
    store.subscribe((state, previous) => told.push(`${previous} → ${state}, at ${store.get()}`));
    store.dispatch(1);
    assert.deepEqual(told, ['0 → 1, at 11', '1 → 11, at 11']);
  });

  it('tells nobody where nothing changed, and nobody who has gone', () => {
    const store = counter();
    const told: number[] = [];
    const stop = store.subscribe((state) => told.push(state));
    store.dispatch(0);
    store.dispatch(2);
    stop();
    store.dispatch(1);
    assert.deepEqual(told, [2]);
    assert.equal(store.get(), 3);
  });

  it('goes on telling after a listener has failed', () => {
    const store = counter();
    const told: number[] = [];
    const stop = store.subscribe(() => {
      throw new Error('broken');
    });
    assert.throws(() => store.dispatch(1), /broken/);
    stop();
    store.subscribe((state) => told.push(state));
    store.dispatch(1);
    assert.deepEqual(told, [2]);
  });
});
