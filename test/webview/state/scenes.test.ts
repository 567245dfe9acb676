import assert from 'node:assert/strict';
import { analyze } from '../../../src/core/analysis';
import { atOnce } from '../../../src/core/steps';
import { buildScene, draw } from '../../../src/core/view/scene';
import type { Scene } from '../../../src/core/view/types';
import { columnsText } from '../../../src/protocol/columns';
import { createAppStore } from '../../../webview/state/app';
import { showScene } from '../../../webview/state/scenes';
import { modelOf } from '../../support/onnxModel';
import { reluChain } from '../../support/reluChain';

function chain(count: number): Scene {
  const facts = analyze(modelOf({ opset: 13, inputs: { x: [1, 3, 8, 8] }, ...reluChain(count) }));
  return buildScene(draw(facts), `chain of ${count}`);
}

describe('scenes from the host', () => {
  it('are shown in the order they came, however long the first takes to read', async () => {
    const store = createAppStore();
    const shown: number[] = [];
    store.subscribe(({ scene }) => shown.push(scene?.nodes.length ?? 0));
    const [long, short] = [chain(800), chain(3)];
    const both = [long, short].map((scene) => showScene(store, atOnce(columnsText(scene))));
    assert.equal(store.get().scene, null);
    await Promise.all(both);
    assert.deepEqual(shown, [800, 3]);
    assert.deepEqual(store.get().scene, JSON.parse(JSON.stringify(short)));
  });

  it('go on after one that cannot be read', async () => {
    const store = createAppStore();
    const text = atOnce(columnsText(chain(2)));
    const cut = showScene(store, text.slice(0, text.lastIndexOf('\n')));
    const whole = showScene(store, text);
    await assert.rejects(cut, /missing/);
    assert.equal((await whole).nodes.length, 2);
  });
});
