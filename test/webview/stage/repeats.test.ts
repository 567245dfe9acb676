import assert from 'node:assert/strict';
import type { Scene, SceneGroup } from '../../../src/core/view/types';
import type { FrameLayout } from '../../../webview/stage/layout/frame';
import { layoutScene } from '../../../webview/stage/layout/nested';
import { layoutSceneOf } from '../../../webview/stage/scene/layoutScene';
import { stageModel, type StageModel } from '../../../webview/stage/scene/model';
import { repeatsOf } from '../../../webview/state/repeats';
import { planFor } from '../../../webview/state/plans';

const BLOCKS = 5;
const EACH = 2;

/** Five equal modules of two operators one after the other, or side by side. */
function row(sideBySide = false): Scene {
  const node = (id: number) => ({
    id,
    name: `n${id}`,
    family: 'convolution',
    group: Math.floor(id / EACH),
    pillOf: null,
  });
  const edge = (from: number, to: number) => ({
    from: { kind: 'node', node: from },
    to: { kind: 'node', node: to },
    kind: 'data',
  });
  const group = (index: number): Partial<SceneGroup> => ({
    name: `stage.${index + 1}`,
    parent: null,
    nodes: [EACH * index, EACH * index + 1],
    parameters: 10,
    macs: 100,
    seesBefore: index,
    seesAfter: index + 1,
    twin: 0,
  });
  const count = BLOCKS * EACH;
  const edges = Array.from({ length: count - 1 }, (_, i) => edge(i, i + 1)).filter(
    (e) => !sideBySide || e.to.node % EACH !== 0,
  );
  return {
    nodes: Array.from({ length: count }, (_, i) => node(i)),
    groups: Array.from({ length: BLOCKS }, (_, i) => group(i)),
    ports: [],
    edges,
  } as unknown as Scene;
}

async function model(scene: Scene, open: readonly number[], fold = true): Promise<StageModel> {
  const request = { open, plumbing: false, fold, direction: 'vertical' as const };
  const layout = layoutSceneOf(planFor(scene), repeatsOf(scene));
  const { geometry } = await layoutScene(layout, request, new Map<string, FrameLayout>(), () => Promise.resolve());
  return stageModel(scene, geometry);
}

describe('repeats', () => {
  it('draws a row of equal modules once, as one that says what all of it is', async () => {
    const drawn = await model(row(), []);
    assert.deepEqual([...drawn.geometry.items], [10]);
    const item = drawn.item(0);
    assert.ok(item.kind === 'group');
    assert.equal(item.row, BLOCKS);
    assert.equal(item.group.name, 'stage.1 … 5');
    assert.equal(item.group.parameters, 50);
    assert.equal(item.group.seesAfter, 5);
    assert.equal(drawn.shownFor(9), 10);
  });
  it('opens the first for all of them, wired like one', async () => {
    const drawn = await model(row(), [0]);
    assert.deepEqual([...drawn.geometry.items], [10, 0, 1]);
    assert.equal(drawn.geometry.wires.count, 1);
    assert.equal(drawn.shownFor(9), 1);
  });
  it('draws the row out when one of the others is opened, or when asked to', async () => {
    assert.equal((await model(row(), [3])).geometry.items.length, BLOCKS + EACH);
    assert.equal((await model(row(), [], false)).geometry.items.length, BLOCKS);
  });
  it('takes branches side by side for no row', () => {
    assert.equal(repeatsOf(row(true)).members.size, 0);
  });
});
