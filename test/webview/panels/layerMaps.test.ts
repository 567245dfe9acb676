import assert from 'node:assert/strict';
import { Session } from '../../../src/core/language/snapshot';
import { buildScene } from '../../../src/core/view/scene';
import { createMapsStore, followLayer } from '../../../webview/panels/layerMaps';
import { createAppStore, type AppStore } from '../../../webview/state/app';
import type { PageContext } from '../../../webview/state/context';
import type { Runner } from '../../../webview/state/runner';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A run of one convolution of 2×2 units, the strongest at [1, 0]. */
async function ran(): Promise<{ store: AppStore; conv: number; stop: () => void }> {
  const text = 'input: 2x2x1\nlayers:\n  - conv: 1 3x3 pad same\n';
  const scene = buildScene(new Session('x').read(text).drawing, 'x');
  const store = createAppStore();
  store.dispatch({ do: 'scene', scene });
  const tensor = { value: 0, name: '', dims: [1, 1, 2, 2], dtype: 'float32', data: new Float32Array([1, 2, 9, 3]) };
  const runner = { peek: () => tensor, tensor: () => Promise.resolve(tensor) } as unknown as Runner;
  const stop = followLayer({ store } as unknown as PageContext, runner, createMapsStore());
  store.dispatch({ do: 'run', run: { serial: 1 } });
  await turn();
  return { store, conv: scene.nodes.find(({ op }) => op === 'Conv')!.id, stop };
}

describe('the unit in view', () => {
  it('is the strongest of the first convolution where nothing is selected', async () => {
    const { store, stop } = await ran();
    assert.deepEqual(store.get().unit, [1, 0]);
    stop();
  });

  it('is there when the layer in view is selected, and when that is taken back', async () => {
    const { store, conv, stop } = await ran();
    for (const node of [conv, null, conv]) {
      store.dispatch({ do: 'select', node });
      await turn();
      assert.deepEqual(store.get().unit, [1, 0]);
    }
    stop();
  });
});
