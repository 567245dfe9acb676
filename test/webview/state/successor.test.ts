import assert from 'node:assert/strict';
import { Session } from '../../../src/core/language/snapshot';
import { buildScene } from '../../../src/core/view/scene';
import type { Scene } from '../../../src/core/view/types';
import { createAppStore } from '../../../webview/state/app';
import { succession } from '../../../webview/state/successor';

const sceneOf = (...layers: readonly string[]): Scene => {
  const source = `input: 32x32x3\nlayers:\n${layers.map((layer) => `  - ${layer}\n`).join('')}`;
  return buildScene(new Session('x').read(source).drawing, 'x');
};
/** The operator that a layer's own words describe best. */
const at = (scene: Scene, op: string, nth = 0): number => scene.nodes.filter((node) => node.op === op)[nth]!.id;

describe('what becomes of a layer when its text changes', () => {
  const before = ['conv: 8 3x3 relu', 'maxpool: 2x2', 'conv: 16 5x5', 'batchnorm', 'globalavgpool'] as const;
  const scene = sceneOf(...before);

  it('stays itself with other numbers', () => {
    const after = sceneOf('conv: 8 3x3 relu', 'maxpool: 2x2', 'conv: 64 5x5', 'batchnorm', 'globalavgpool');
    const { node } = succession(scene, after);
    assert.deepEqual(
      scene.nodes.map(({ id }) => node(id)),
      after.nodes.map(({ id }) => id),
    );
  });

  it('moves on behind a layer that was put in, though the names of unnamed ones are counted anew', () => {
    const after = sceneOf(before[0], 'conv: 12 1x1', ...before.slice(1));
    const { node, item, origin } = succession(scene, after);
    assert.equal(node(at(scene, 'Conv', 0)), at(after, 'Conv', 0));
    assert.equal(node(at(scene, 'Conv', 1)), at(after, 'Conv', 2));
    assert.equal(origin(at(after, 'Conv', 1)), -1);
    assert.equal(origin(at(after, 'Conv', 2)), at(scene, 'Conv', 1));
    // The pill of the input is still that of the input.
    const port = scene.nodes.length + scene.groups.length;
    assert.equal(item(port), after.nodes.length + after.groups.length);
  });

  it('is gone with its line, and only it', () => {
    const after = sceneOf(before[0], ...before.slice(2));
    const { node } = succession(scene, after);
    assert.equal(node(at(scene, 'MaxPool')), null);
    assert.equal(node(at(scene, 'Conv', 1)), at(after, 'Conv', 1));
  });

  it('is known by its name where lines change places', () => {
    const named = (...names: readonly string[]): Scene =>
      sceneOf(
        'relu',
        ...names.map((name) => `{conv: ${name === 'a' ? '4 3x3' : '8 1x1'}, name: ${name}}`),
        'elu',
        'relu',
      );
    const [one, two] = [named('a', 'b'), named('b', 'a', 'c')];
    const { node } = succession(one, two);
    const called = (own: Scene, name: string): number => own.nodes.find((entry) => entry.name === name)!.id;
    assert.equal(node(called(one, 'a')), called(two, 'a'));
    assert.equal(node(called(one, 'b')), called(two, 'b'));
  });

  it('keeps the selection of the page', () => {
    const store = createAppStore();
    store.dispatch({ do: 'scene', scene });
    store.dispatch({ do: 'select', node: at(scene, 'Conv', 1) });
    const after = sceneOf('conv: 4 1x1', ...before);
    store.dispatch({ do: 'scene', scene: after });
    assert.equal(store.get().selection, at(after, 'Conv', 2));
    store.dispatch({ do: 'scene', scene: sceneOf('relu') });
    assert.equal(store.get().selection, null);
  });
});
