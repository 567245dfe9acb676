import assert from 'node:assert/strict';
import { Session } from '../../../src/core/language/snapshot';
import { buildScene } from '../../../src/core/view/scene';
import type { Scene } from '../../../src/core/view/types';
import type { Geometry } from '../../../webview/stage/layout/types';
import { conflictsOf } from '../../../webview/stage/paint/conflict';

const sceneOf = (join: string): Scene => {
  const source = `input: 30x30x3
layers:
  - conv: 8 3x3 pad 1
    name: wide
  - conv: 8 3x3
    name: cut
  - ${join}
    name: met
  - relu
  - globalavgpool
    name: last
`;
  return buildScene(new Session('x').read(source).drawing, 'x');
};
/** One wire for each edge between operators. */
const geometryOf = ({ edges }: Scene): Geometry => {
  const ends = edges.map(({ from, to }) => [from.kind === 'node' ? from.node : -1, to.kind === 'node' ? to.node : -1]);
  const wires = { count: ends.length, from: ends.map(([from]) => from), to: ends.map(([, to]) => to) };
  return { wires } as unknown as Geometry;
};
const named = ({ nodes }: Scene, name: string): number => nodes.find((node) => node.name === name)!.id;

describe('branches that do not fit', () => {
  it('are marked where they meet, in both their sizes', () => {
    const scene = sceneOf('add: [wide, cut]');
    const { wires, words, behind } = conflictsOf(scene, geometryOf(scene));
    const ends = [...wires]
      .map((wire) => scene.edges[wire]!.from)
      .map((from) => (from.kind === 'node' ? from.node : -1));
    assert.deepEqual(ends.sort(), [named(scene, 'wide'), named(scene, 'cut')].sort());
    assert.deepEqual([...words.values()], ['30×30 ≠ 28×28']);
    const first = scene.nodes.length + scene.groups.length;
    assert.deepEqual(
      [...behind].sort((a, b) => a - b),
      [...scene.nodes.filter(({ id }) => id > named(scene, 'met')).map(({ id }) => id), first + scene.ports.length - 1],
    );
  });

  it('are no trouble where they may differ', () => {
    const scene = sceneOf('concat: [wide, wide]');
    const { wires, behind } = conflictsOf(scene, geometryOf(scene));
    assert.equal(wires.size + behind.size, 0);
  });
});
