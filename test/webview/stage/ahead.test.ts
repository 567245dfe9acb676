import assert from 'node:assert/strict';
import { analyze } from '../../../src/core/analysis';
import { planOf } from '../../../src/core/plan';
import { atOnce } from '../../../src/core/steps';
import { buildScene, draw } from '../../../src/core/view/scene';
import { columnsText } from '../../../src/protocol/columns';
import { lookAhead } from '../../../webview/ahead';
import { createArranger, type Arranger } from '../../../webview/stage/arranger';
import type { Geometry } from '../../../webview/stage/layout/types';
import { createAppStore } from '../../../webview/state/app';
import type { Saved } from '../../../webview/state/persist';
import { planFor } from '../../../webview/state/plans';
import { readPlan, showScene } from '../../../webview/state/scenes';
import { modelOf } from '../../support/onnxModel';
import { reluChain } from '../../support/reluChain';

const chain = (count: number) =>
  buildScene(draw(analyze(modelOf({ opset: 13, inputs: { x: [1, 3, 8, 8] }, ...reluChain(count) }))), '');
const scene = { ...chain(12), groups: [] };
const grouped = {
  ...scene,
  nodes: scene.nodes.map((node) => ({ ...node, group: Math.floor(node.id / 4) })),
  groups: [0, 1, 2].map((at) => ({
    ...{ name: `m${at}`, path: `m${at}`, parent: null, kind: '', parameters: 0, macs: null },
    ...{ seesBefore: null, seesAfter: null, sizeIn: '', sizeOut: '', twin: null, open: at === 1 },
    nodes: [0, 1, 2, 3].map((i) => 4 * at + i),
  })),
};

/** A worker that answers when told to. */
function desk() {
  const asked: { readonly open: readonly number[]; readonly answer: (geometry: Geometry | null) => void }[] = [];
  const placed: [unknown, unknown][] = [];
  const failures: string[] = [];
  const layout = ({ open }: { readonly open: readonly number[] }) =>
    new Promise<Geometry | null>((answer) => asked.push({ open, answer }));
  const client = { layout };
  const arranger: Arranger = createArranger(
    client,
    (of, geometry) => placed.push([of, geometry]),
    (reason) => failures.push(reason),
  );
  return { arranger, asked, placed, failures };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
const geometry = { direction: 'vertical' } as Geometry;

describe('a plan ahead of its scene', () => {
  it('says of a layout what the scene says', async () => {
    const plan = await readPlan(atOnce(columnsText(planOf(grouped))));
    assert.deepEqual(plan, planFor(grouped));
    assert.equal(plan.groupOf.length, 12);
  });

  it('is laid out once, and the scene takes what comes of it', async () => {
    const { arranger, asked, placed } = desk();
    const store = createAppStore();
    store.subscribe((state) => arranger.ask(state));
    const ahead = lookAhead(store, null);
    ahead.told(atOnce(columnsText(planOf(grouped))));
    await settle();
    assert.equal(asked.length, 0);
    ahead.mounted(arranger);
    await settle();
    assert.deepEqual(asked[0]?.open, [1]);
    asked[0].answer(geometry);
    await settle();
    assert.equal(placed.length, 0);
    await showScene(store, atOnce(columnsText(grouped)), await ahead.found());
    await settle();
    assert.equal(asked.length, 1);
    assert.deepEqual(placed, [[store.get().scene, geometry]]);
    store.dispatch({ do: 'hover', node: 1 });
    await settle();
    assert.equal(placed.length, 1);
  });

  it('opens what stood open when the page was here before', async () => {
    const { arranger, asked } = desk();
    const store = createAppStore();
    store.subscribe((state) => arranger.ask(state));
    const ahead = lookAhead(store, { open: ['m0', 'm2', 'gone'] } as unknown as Saved);
    ahead.mounted(arranger);
    ahead.told(atOnce(columnsText(planOf(grouped))));
    await showScene(store, atOnce(columnsText(grouped)), await ahead.found());
    await settle();
    assert.deepEqual([...store.get().openGroups], [0, 2]);
    assert.deepEqual(
      asked.map(({ open }) => open),
      [[0, 2]],
    );
  });

  it('is asked for anew where something else is wanted by then', async () => {
    const { arranger, asked, placed } = desk();
    arranger.expect(planFor(grouped), { ...createAppStore().get(), openGroups: new Set([2]) });
    const store = createAppStore();
    store.subscribe((state) => arranger.ask(state));
    store.dispatch({ do: 'scene', scene: grouped });
    asked[0]!.answer(null);
    asked[1]!.answer(geometry);
    await settle();
    assert.deepEqual(asked[1]?.open, [1]);
    assert.deepEqual(placed, [[grouped, geometry]]);
  });

  it('may be missing, or unreadable: the scene is laid out when it is there', async () => {
    for (const text of [null, '["rows"']) {
      const { arranger, asked } = desk();
      const store = createAppStore();
      store.subscribe((state) => arranger.ask(state));
      const ahead = lookAhead(store, null);
      ahead.mounted(arranger);
      if (text !== null) ahead.told(text);
      await showScene(store, atOnce(columnsText(grouped)), await ahead.found());
      assert.deepEqual(asked[0]?.open, [1]);
    }
  });
});
