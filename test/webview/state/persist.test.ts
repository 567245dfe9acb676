import assert from 'node:assert/strict';
import { analyze } from '../../../src/core/analysis';
import { buildScene, draw } from '../../../src/core/view/scene';
import type { Scene } from '../../../src/core/view/types';
import { createAppStore, initialState } from '../../../webview/state/app';
import { fieldInput, readSaved, restored, save } from '../../../webview/state/persist';
import { modelOf } from '../../support/onnxModel';

function sceneOf(inputs: Readonly<Record<string, readonly number[]>>, imageInput?: string): Scene {
  const names = Object.keys(inputs);
  const model = modelOf({
    opset: 13,
    inputs,
    nodes: [{ op: 'Concat', inputs: names, outputs: ['y'] }],
    outputs: ['y'],
  });
  return buildScene(draw(analyze(model, imageInput === undefined ? {} : { imageInput })), 'x.onnx');
}

describe('what a reload keeps', () => {
  const inputs = { left: [1, 3, 8, 8], right: [1, 3, 8, 8] };

  function savedWith(scene: Scene) {
    const store = createAppStore();
    store.dispatch({ do: 'scene', scene });
    return readSaved(JSON.parse(JSON.stringify(save(store.get(), null, 'file:///x.onnx'))))!;
  }

  it('is the input that receptive fields refer to', () => {
    const saved = savedWith(sceneOf(inputs, 'right'));
    assert.equal(fieldInput(saved, sceneOf(inputs)), 'right');
    assert.equal(fieldInput(saved, sceneOf(inputs, 'right')), null, 'nothing to ask for where it is so already');
  });

  it('but not one that the model has no more', () => {
    const saved = savedWith(sceneOf(inputs, 'right'));
    assert.equal(fieldInput(saved, sceneOf({ left: [1, 3, 8, 8], depth: [1, 3, 8, 8] })), null);
    assert.equal(fieldInput(saved, sceneOf({ right: [1, 3, 8, 8] })), null);
  });

  it('is nothing where nothing was said', () => {
    assert.equal(fieldInput({ ...savedWith(sceneOf(inputs)), fieldInput: undefined! }, sceneOf(inputs)), null);
    assert.equal(readSaved({ version: 2 }), null);
  });

  it('is whether layers wear their maps; where it was not said before, they do', () => {
    const store = createAppStore();
    store.dispatch({ do: 'toggle', what: 'thumbnails' });
    const saved = readSaved(JSON.parse(JSON.stringify(save(store.get(), null, ''))))!;
    assert.equal(restored(initialState, saved).thumbnails, false);
    const { thumbnails: _, ...older } = saved;
    assert.equal(restored(initialState, older).thumbnails, true);
  });

  it('is whether the course was open, and nothing of it where it was not', () => {
    const store = createAppStore();
    assert.equal(restored(initialState, readSaved(save(store.get(), null, ''))).course.open, false);
    store.dispatch({ do: 'course', course: { open: true } });
    store.dispatch({ do: 'course', course: { offered: true } });
    assert.deepEqual(store.get().course, { open: true, offered: true });
    // Whether it is offered follows from the net.
    assert.deepEqual(restored(initialState, readSaved(save(store.get(), null, ''))).course, {
      open: true,
      offered: false,
    });
  });

  it('forgets the unit, whose field was that of another scene', () => {
    const store = createAppStore();
    store.dispatch({ do: 'scene', scene: sceneOf(inputs) });
    store.dispatch({ do: 'unit', unit: [1, 1] });
    store.dispatch({ do: 'field', field: { ranges: null, pixels: 0, padding: 0, box: null, runs: [] } });
    store.dispatch({ do: 'scene', scene: sceneOf(inputs, 'right') });
    assert.deepEqual([store.get().unit, store.get().field], [null, null]);
  });
});
