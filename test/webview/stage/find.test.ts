import assert from 'node:assert/strict';
import type { Scene, SceneNode } from '../../../src/core/view/types';
import { find, standing } from '../../../webview/state/find';

const node = (id: number, facts: Partial<SceneNode>): SceneNode => ({
  id,
  op: 'Conv',
  title: 'Conv',
  family: 'convolution',
  known: true,
  name: `layer${id}.conv`,
  shortName: 'conv',
  label: ['3×3', '64'],
  sizeIn: '3×8×8',
  sizeOut: '64×8×8',
  channels: 64,
  spatial: [8, 8],
  sees: 3,
  seesBefore: 1,
  parameters: 100,
  macs: 1000,
  activationBytes: 64,
  dtype: 'float32',
  join: null,
  pill: null,
  pillOf: null,
  plumbing: false,
  group: null,
  problem: null,
  unproductive: '',
  skipStarts: false,
  outputs: [{ value: id, name: `t${id}`, size: '' }],
  ...facts,
});

const scene = {
  nodes: [
    node(0, {}),
    node(1, { op: 'MaxPool', title: 'Max pool', parameters: 0, label: ['2×2', '/2'] }),
    node(2, { label: ['1×1', '64', '/2'], parameters: 2_000_000, sees: 300, name: 'Head' }),
    node(3, { op: 'Gemm', title: 'Fully connected', sees: 'all' }),
  ],
} as unknown as Scene;

describe('find', () => {
  it('takes parts of names and operators in any case', () => {
    assert.deepEqual(find(scene, 'LAYER1'), [1]);
    assert.deepEqual(find(scene, 'max'), [1]);
    assert.deepEqual(find(scene, '   '), []);
  });
  it('knows attributes and numbers with units', () => {
    assert.deepEqual(find(scene, 'op:Conv kernel:3'), [0]);
    assert.deepEqual(find(scene, 'kernel:1x1'), [2]);
    assert.deepEqual(find(scene, 'stride:2'), [1, 2]);
    assert.deepEqual(find(scene, 'params>1M'), [2]);
    assert.deepEqual(find(scene, 'rf>=224'), [2, 3]);
    assert.deepEqual(find(scene, 'tensor:t3'), [3]);
  });
  it('counts what stands in the graph, and says how much is folded away', () => {
    const shapes = { ...scene, nodes: [...scene.nodes, node(4, { op: 'Shape', plumbing: true, name: 'layer4' })] };
    const hits = find(shapes, 'layer');
    assert.deepEqual(hits, [0, 1, 3, 4]);
    assert.deepEqual(standing(shapes, hits, false), { hits: [0, 1, 3], folded: 1 });
    assert.deepEqual(standing(shapes, hits, true), { hits, folded: 0 });
  });
  it('leaves out what follows a minus', () => {
    assert.deepEqual(find(scene, '-op:Conv'), [1, 3]);
    assert.deepEqual(find(scene, '-rf>=224 -kernel:2x2'), [0]);
    assert.deepEqual(find(scene, '-'), []);
    assert.deepEqual(find(scene, 'op:Conv -'), [0, 2]);
  });
  it('takes a question it does not know as part of a name', () => {
    assert.deepEqual(find(scene, 'constructor:x'), []);
    assert.deepEqual(find(scene, '__proto__>1'), []);
  });
});
