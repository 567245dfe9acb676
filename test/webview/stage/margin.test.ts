/** The columns beside the graph say shares that can be. */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { FrameLayout } from '../../../webview/stage/layout/frame';
import { layoutScene } from '../../../webview/stage/layout/nested';
import { marginRows, type MarginRow } from '../../../webview/stage/paint/margin';
import { layoutSceneOf } from '../../../webview/stage/scene/layoutScene';
import { stageModel } from '../../../webview/stage/scene/model';
import { planFor } from '../../../webview/state/plans';
import { repeatsOf } from '../../../webview/state/repeats';
import type { Scene } from '../../../src/core/view/types';
import { describeCorpus } from '../../support/corpus';
import { readModel, sceneOf } from '../../support/modelScene';

async function rowsOf(scene: Scene): Promise<readonly MarginRow[]> {
  const layout = layoutSceneOf(planFor(scene), repeatsOf(scene));
  const request = { open: [...scene.groups.keys()], plumbing: false, fold: false, direction: 'vertical' as const };
  const { geometry } = await layoutScene(layout, request, new Map<string, FrameLayout>(), () => Promise.resolve());
  return marginRows(stageModel(scene, geometry));
}

describeCorpus('columns beside the graph', (corpus) => {
  const open = async (name: string): Promise<Scene> =>
    sceneOf(await readModel(path.join(corpus, 'models', `${name}.onnx`)));

  it('count constants that twins share once: no row has more than there are', async () => {
    const scene = await open('shared_weights_siamese');
    const parameters = (await rowsOf(scene)).map((row) => row.parameters).filter(Boolean);
    // Of 844: 3·8·9 + 8 in the first layers, the same 8·8·9 + 8 in three of each tower, 8·4 + 4 at the end.
    assert.deepEqual(parameters, [224, 584, 584, 584, 36]);
  });

  it('add up what branches beside one another have of their own', async () => {
    const scene = await open('squeezenet1_1');
    const sum = (await rowsOf(scene)).reduce((all, row) => all + row.parameters, 0);
    const beside = scene.nodes.reduce((all, node) => all + node.parameters, 0);
    assert.ok(sum > 0 && sum <= beside);
    assert.equal(beside, scene.header.parameters);
  });
});
