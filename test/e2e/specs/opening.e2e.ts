import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expectQuiet } from '../harness/expect';
import { nodeIndex, pageState, textOf } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { closeEditors, convlensFrame, openFile, screenshot, setTheme, type Theme } from '../harness/vscode';
import { corpusDir, hasCorpus, type Extras } from '../harness/workspace';

interface Truth {
  totals: { params_distinct_total: number; macs: number };
}

/** File of the corpus -> its truth, where that is named otherwise. */
const MODELS: Record<string, string> = {
  alexnet_light: 'alexnet',
  vgg16_light: 'vgg16',
  resnet50_light: 'resnet50',
  googlenet_eval_light: 'googlenet_eval',
  squeezenet1_1: 'squeezenet1_1',
  mobilenet_v2_light: 'mobilenet_v2',
  densenet121_light: 'densenet121',
  unet_paper_light: 'unet_paper',
  light_bvlc_alexnet: 'light_bvlc_alexnet',
  light_densenet121: 'light_densenet121',
  light_inception_v1: 'light_inception_v1',
  light_squeezenet: 'light_squeezenet',
  light_vgg19: 'light_vgg19',
};

const corpusModels = (): Extras =>
  Object.fromEntries(
    Object.keys(MODELS).map((name) => [
      `corpus/${name}.onnx`,
      { from: path.join(corpusDir, 'models', `${name}.onnx`) },
    ]),
  );

describe(`opening models (${hostKind} host)`, () => {
  let session: Session;
  before(async () => {
    session = await launchHost({ extras: hasCorpus ? corpusModels() : {} });
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  it('shows the trained sample with its name, totals and every operator', async () => {
    await openFile(session.page, 'fashion-mnist/fashion-mnist.onnx');
    const frame = await convlensFrame(session.page);
    const header = await textOf(frame, 'header');
    assert.match(header, /fashion-mnist\.onnx/);
    // What has no room in a narrow editor is told under the pointer.
    assert.match((await frame.locator('[data-testid=header] .facts').getAttribute('title')) ?? '', /ONNX · opset 13/);
    const { scene } = await pageState(frame);
    assert.equal(scene?.header.parameters, 90_670);
    // 12·28²·25 + 24·10²·12·25 + 600·120 + 120·84 + 84·10
    assert.equal(scene.header.macs, 235_200 + 720_000 + 72_000 + 10_080 + 840);
    assert.ok((await frame.locator('[role=tree] [role=treeitem]').count()) > 0, 'the accessible tree is empty');
    assert.equal(
      await frame.locator(`[role=treeitem][data-node="${String(await nodeIndex(frame, 'Conv'))}"]`).count(),
      1,
    );
  });

  for (const theme of ['dark', 'light', 'hc'] satisfies Theme[]) {
    it(`draws ResNet-18 in the ${theme} theme`, async () => {
      await setTheme(session.page, theme);
      await openFile(session.page, 'architectures/resnet18.onnx');
      const frame = await convlensFrame(session.page);
      // more than the ground's one colour: something was painted
      const colours = await frame
        .locator('canvas[data-testid=stage], [data-testid=stage] canvas')
        .first()
        .evaluate((element) => {
          const canvas = element as HTMLCanvasElement;
          const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size;
        });
      assert.ok(colours > 8, `only ${String(colours)} colours on the stage`);
      await screenshot(session.page, `resnet18-${theme}`);
    });
  }

  for (const [name, truthName] of Object.entries(MODELS)) {
    it(`counts ${name} as the corpus does`, async function () {
      if (!hasCorpus) this.skip();
      const { totals } = JSON.parse(
        await readFile(path.join(corpusDir, 'truth', `${truthName}.json`), 'utf8'),
      ) as Truth;
      await openFile(session.page, `corpus/${name}.onnx`);
      const frame = await convlensFrame(session.page);
      const { phase, scene } = await pageState(frame);
      assert.equal(phase, 'ready');
      assert.deepEqual(
        { parameters: scene?.header.parameters, macs: scene?.header.macs },
        { parameters: totals.params_distinct_total, macs: totals.macs },
      );
    });
  }
});
