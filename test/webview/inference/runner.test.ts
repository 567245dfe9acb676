import assert from 'node:assert/strict';
import type { RunSource } from '../../../src/protocol/host';
import type { Scene } from '../../../src/core/view/types';
import { createRunner } from '../../../webview/inference/runner';
import { createAppStore } from '../../../webview/state/app';
import { ASSETS, Runtime, useRuntime } from './fakeRuntime';

const sceneOf = (title: string): Scene =>
  ({ title, nodes: [], groups: [], edges: [], ports: [], header: {} }) as unknown as Scene;

/** A model of 4 bytes without inputs, that can be told from others by its taps. */
const sourceOf = (taps: number): RunSource => ({
  url: null,
  size: 4,
  taps: new Uint8Array(taps),
  values: [{ value: 0, name: 'y' }],
  outputs: ['y'],
  external: [],
  inputs: [],
  preparation: null,
  labels: null,
  saved: null,
  obstacle: null,
  notes: [],
  weights: null,
});

/** What a page has that this process lacks. */
function usePage(): void {
  const own = {
    MutationObserver: class {
      observe = (): undefined => undefined;
      disconnect = (): undefined => undefined;
    },
    document: { body: {}, documentElement: {} },
    matchMedia: () => ({ addEventListener: () => undefined }),
  };
  const before = Object.fromEntries(
    Object.keys(own).map((name) => [name, (globalThis as Record<string, unknown>)[name]]),
  );
  beforeEach(() => void Object.assign(globalThis, own));
  after(() => void Object.assign(globalThis, before));
}

describe('running', () => {
  useRuntime();
  usePage();

  it('never runs the model of before, be it changed while a session is opened', async () => {
    const store = createAppStore();
    let taps = 1;
    store.dispatch({ do: 'scene', scene: sceneOf('before') });
    const runner = createRunner({
      store,
      host: {
        runSource: () => Promise.resolve(sourceOf(taps)),
        modelBytes: () => Promise.resolve(new Uint8Array(4)),
        log: () => Promise.resolve(),
      },
      assets: ASSETS,
      stage: null,
      announce: () => undefined,
    } as never);
    Runtime.begun = () => {
      Runtime.begun = () => undefined;
      taps = 2;
      store.dispatch({ do: 'scene', scene: sceneOf('after') });
    };
    await runner.run();
    assert.equal(store.get().run.serial, 0, 'the run was of another model');
    await runner.run();
    assert.equal(store.get().run.serial, 1);
    assert.deepEqual(
      Runtime.made.flatMap(({ loaded }) => loaded),
      [4 + 2],
    );
  });
});
