/** Blocks against the papers: He 2015, Szegedy 2014, Iandola 2016, Huang 2017, Sandler 2018; and names against structure. */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Scene } from '../../../src/core/view/types';
import { describeCorpus } from '../../support/corpus';
import { nameless, readModel, sceneOf } from '../../support/modelScene';

const countKinds = (scene: Scene, kind: string): number => scene.groups.filter((g) => g.kind === kind).length;

/** Operators a person sees in a block: constants and shape plumbing left out. */
const drawn = (scene: Scene, nodes: readonly number[]): string =>
  nodes.filter((n) => scene.nodes[n]?.plumbing === false).join();

const PUBLISHED: readonly (readonly [string, string, number])[] = [
  ['resnet18_light', 'residual block', 8],
  ['resnet50_light', 'bottleneck', 16],
  ['resnet152_light', 'bottleneck', 50],
  ['googlenet_eval_light', 'inception', 9],
  ['googlenet_aux_train', 'inception', 9],
  ['squeezenet1_1', 'fire', 8],
  ['densenet121_light', 'dense layer', 58],
  // With an expansion of 6; the first block has none.
  ['mobilenet_v2_light', 'inverted residual', 16],
  ['googlenet_aux_train', 'auxiliary head', 2],
];

describeCorpus('known blocks', (corpus) => {
  const open = (name: string) => readModel(path.join(corpus, 'models', `${name}.onnx`));

  for (const [name, kind, count] of PUBLISHED) {
    it(`finds ${count} × ${kind} in ${name} by its names`, async () => {
      assert.equal(countKinds(sceneOf(await open(name)), kind), count);
    });

    it(`finds the same ${count} × ${kind} in ${name} when nothing has a name`, async () => {
      const model = await open(name);
      const [named, blind] = [sceneOf(model), sceneOf(nameless(model))];
      const sets = (scene: Scene): string[] =>
        scene.groups.filter((g) => g.kind === kind).map((g) => drawn(scene, g.nodes));
      assert.deepEqual(sets(blind).sort(), sets(named).sort());
    });
  }

  it('parts a U-Net without names into the levels of the paper', async () => {
    const scene = sceneOf(nameless(await open('unet_paper_light')));
    const outer = scene.groups.filter((g) => g.parent === null).map((g) => g.name);
    const levels = [1, 2, 3, 4];
    assert.deepEqual(outer, [
      ...levels.map((n) => `encoder ${n}`),
      'bottom',
      ...[...levels].reverse().map((n) => `decoder ${n}`),
    ]);
  });

  it('parts VGG-16 without names into its five stages of 2, 2, 3, 3, 3 convolutions', async () => {
    const scene = sceneOf(nameless(await open('vgg16_light')));
    const stages = scene.groups.filter((g) => g.kind === 'stage');
    const convs = stages.map((g) => g.nodes.filter((n) => scene.nodes[n]?.op === 'Conv').length);
    assert.deepEqual(convs, [2, 2, 3, 3, 3]);
  });

  it('takes a block for the depthwise convolution that follows a growing one, not its end', async () => {
    const scene = sceneOf(await open('ultraface_slim320_simplified'));
    const kindOf = (group: number | null): string => (group === null ? '' : scene.groups[group]!.kind);
    const depthwise = scene.nodes.filter((n) => n.label.includes('dw'));
    assert.ok(depthwise.some((n) => kindOf(n.group) === 'depthwise separable'));
    assert.ok(!depthwise.some((n) => kindOf(n.group) === 'stage'), 'one that stands alone in its stage');
  });

  it('leaves what two towers meet in outside of both, so that they are drawn alike', async () => {
    const scene = sceneOf(await open('shared_weights_siamese'));
    assert.equal(scene.nodes.find((n) => n.op === 'Sub')?.group, null);
    const ops = (name: string): string[] =>
      scene.groups.find((g) => g.name === name)!.nodes.map((n) => scene.nodes[n]!.op);
    assert.deepEqual(ops('classifier'), ops('classifier 2'));
  });

  it('reads modules from the names of weights', async () => {
    const scene = sceneOf(await open('light_inception_v1'));
    const names = scene.groups.filter((g) => g.kind === 'inception').map((g) => g.name);
    assert.deepEqual(
      names,
      ['3a', '3b', '4a', '4b', '4c', '4d', '4e', '5a', '5b'].map((n) => `inception_${n}`),
    );
  });
});
