import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { expectClose, expectQuiet } from '../harness/expect';
import { FASHION, FASHION_MODEL, fashionInput, PICTURE, sneakerInput } from '../harness/fashion';
import { clickNode, mapValues, nearTo, nodeIndex, pageState, pixelsIn, runPicture, wornMaps } from '../harness/lens';
import { decodePicture } from '../../../src/core/image';
import { colourRgb, scaleFor } from '../../../webview/ui/colourMaps';
import { pictureInput, reference } from '../harness/reference';
import { hostKind, launchHost, type Session } from '../harness/session';
import { runInfo, runTensor } from '../harness/tensors';
import { closeEditors, convlensFrame, openFile, pick, runCommand, saveAs, screenshot, until } from '../harness/vscode';
import { corpusDir, hasCorpus } from '../harness/workspace';

/** Half precision keeps 11 bits, and sums of it are cast at other places in another build. */
const toleranceOf = (dtype: string): number => (dtype === 'float16' ? 2e-2 : 1e-4);

const corpusModel = (name: string): string => path.join(corpusDir, 'models', name);
/** `unpadded`: the convolution that sees no padding, nor do those before it. */
const TRAINED = [
  { name: 'mnist8_cntk.onnx', picture: 'digit_2.png', top: /^class 2\b/, unpadded: null },
  { name: 'ultraface_rfb320.onnx', picture: 'astronaut.jpg', top: null, unpadded: null },
  { name: 'squeezenet_fp16_winml.onnx', picture: 'chelsea.jpg', top: /Egyptian cat/, unpadded: 2 },
];

const OTHER = 'other/changed.onnx';

/** The same net, but for zeros in the middle of its file: weights of the first fully connected layer, which are most of it. */
async function withoutSomeWeights(file: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(await readFile(file));
  const middle = bytes.length >> 1;
  return bytes.fill(0, middle, middle + 40_000);
}

const top1 = (frame: Frame): Promise<string> => frame.locator('[data-testid=top5] li').first().innerText();

describe(`running a picture (${hostKind} host)`, () => {
  let session: Session;
  let folder: string;
  let othersFile: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-other-'));
    othersFile = path.join(folder, 'model.onnx');
    await writeFile(othersFile, await withoutSomeWeights(FASHION_MODEL));
    session = await launchHost({
      extras: {
        [OTHER]: { from: othersFile },
        ...(hasCorpus
          ? Object.fromEntries(TRAINED.map(({ name }) => [`corpus/${name}`, { from: corpusModel(name) }]))
          : {}),
      },
    });
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await session.stop();
  });
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  it('knows a sneaker, and its maps are those of onnxruntime-node, before and after the activation', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', 1));
    await runPicture(session.page, frame, PICTURE);
    assert.match(await top1(frame), /Sneaker/);
    assert.match((await pageState(frame)).run.provider ?? '', /wasm|webgpu/i);

    const names = { after: '/relu2/Relu_output_0', before: '/conv2/Conv_output_0' };
    const truth = await reference(FASHION_MODEL, await sneakerInput(), Object.values(names));
    const grid = frame.locator('[data-testid=maps] canvas[data-channel]');
    await grid.first().waitFor();
    assert.equal(await grid.count(), 24);
    for (const stage of ['after', 'before'] as const) {
      await frame.getByRole('button', { name: `${stage} g`, exact: true }).click();
      const { dims, values } = truth[names[stage]]!;
      assert.deepEqual(dims, [1, 24, 10, 10]);
      for (const channel of [0, 7, 23])
        expectClose(await mapValues(frame, channel), values.slice(channel * 100, (channel + 1) * 100), 1e-4);
    }
    await frame.getByRole('button', { name: 'after g', exact: true }).click();
    await screenshot(session.page, 'maps-fashion-mnist');
  });

  it('compares the runs on two pictures, and the differences are those of onnxruntime-node', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    const node = await nodeIndex(frame, 'Conv', 1);
    await clickNode(session.page, frame, node);
    await runPicture(session.page, frame, PICTURE);
    await frame.getByTestId('keep').click();
    await frame.locator('[data-image="bag-1.png"]').first().click();
    await until('a run on the bag', async () => {
      const { run } = await pageState(frame);
      return run.phase === 'done' && run.image === 'bag-1.png' ? true : undefined;
    });
    await frame.getByRole('button', { name: 'before g', exact: true }).click();
    await frame.getByRole('button', { name: 'Compare all layers' }).click();
    const layers = await until(
      'differences',
      async () => (await pageState(frame)).run.differences ?? undefined,
      60_000,
    );

    const name = '/conv2/Conv_output_0';
    const kept = (await reference(FASHION_MODEL, await sneakerInput(), [name]))[name]!.values;
    const own = (await reference(FASHION_MODEL, await fashionInput('bag-1.png'), [name]))[name]!.values;
    const apart = Array.from(own, (value, at) => Math.abs(value - kept[at]!));
    const [largest, most] = [Math.max(...apart), Math.max(...Array.from(kept, Math.abs))];
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
      Array.from(a).reduce((sum, value, at) => sum + value * b[at]!, 0);
    const truth = [
      largest,
      apart.reduce((sum, value) => sum + value, 0) / apart.length,
      largest / most,
      dot(own, kept) / Math.sqrt(dot(own, own) * dot(kept, kept)),
    ];
    const numbers = layers.find((layer) => layer.node === node)!.numbers!;
    expectClose([numbers.largest, numbers.mean, numbers.relative!, numbers.cosine!], truth, 1e-4);
    const shown = frame.getByTestId('difference-numbers').locator('[data-number]');
    // Those of the layer in view come on their own.
    await until('numbers before the activation', async () =>
      (await shown.nth(3).innerText()) === truth[3]!.toFixed(6) ? true : undefined,
    );
    assert.match(await frame.getByTestId('differences').innerText(), /The first to differ/);
    const executed = frame.getByRole('button', { name: 'as executed', exact: true });
    await executed.click();
    assert.equal(await executed.getAttribute('aria-pressed'), 'true');
    assert.ok(
      await executed.evaluate((element) => element === document.activeElement),
      'what was pressed keeps the keyboard',
    );
    await frame.getByTestId('pair').locator('canvas').nth(2).waitFor();
    await screenshot(session.page, 'two-runs-fashion-mnist');
  });

  it('compares with a model of the workspace nobody has open, on the same picture: they part where their weights do', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    await runPicture(session.page, frame, PICTURE);
    await frame.getByTestId('compare-model').click();
    await pick(session.page, path.basename(OTHER));
    await frame.getByRole('button', { name: 'Compare all layers' }).click();
    const layers = await until(
      'differences',
      async () => (await pageState(frame)).run.differences ?? undefined,
      60_000,
    );

    const names = ['/conv2/Conv_output_0', '/fc1/Gemm_output_0'];
    const input = await sneakerInput();
    const [own, other] = [await reference(FASHION_MODEL, input, names), await reference(othersFile, input, names)];
    const largest = (name: string): number =>
      Math.max(...Array.from(own[name]!.values, (value, at) => Math.abs(value - other[name]!.values[at]!)));
    assert.ok(largest(names[1]!) > 1e-3, 'the weights that were changed count');
    const nodes = [await nodeIndex(frame, 'Conv', 1), await nodeIndex(frame, 'Gemm', 0)];
    const found = nodes.map((node) => layers.find((layer) => layer.node === node)!.numbers!.largest);
    expectClose(found, names.map(largest), 1e-4);
    assert.match(await frame.getByTestId('differences').innerText(), /The first to differ .*: fc1\./);
  });

  it('starts from the palette: at once on a sample, or with the pictures to choose from', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    await runCommand(session.page, 'ConvLens: Run Image');
    await until('the keyboard on a picture', async () =>
      (await frame.evaluate(() => document.activeElement?.classList.contains('thumb'))) ? true : undefined,
    );
    assert.equal((await pageState(frame)).run.serial, 0, 'nothing runs before a picture is chosen');
    await runCommand(session.page, 'ConvLens: Run Sample Image');
    await until('a run', async () => ((await pageState(frame)).run.phase === 'done' ? true : undefined), 60_000);
    assert.ok(await top1(frame));
  });

  it('paints each map with more than one colour', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', 0));
    await runPicture(session.page, frame, PICTURE);
    const map = frame.locator('[data-testid=maps] canvas[data-channel="0"]');
    await map.waitFor();
    const colours = await map.evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    const values = await mapValues(frame, 0);
    assert.ok(new Set(values).size > 10, 'the first map of this picture is not flat');
    assert.ok(colours > 10, `${String(colours)} colours for ${String(new Set(values).size)} values`);
  });

  it('dresses a layer of the graph in its strongest maps: the very colours of their values, until told not to', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    const conv = await nodeIndex(frame, 'Conv', 1);
    await clickNode(session.page, frame, conv);
    await runPicture(session.page, frame, PICTURE);
    const truth = await reference(FASHION_MODEL, await sneakerInput(), ['/relu2/Relu_output_0']);
    const { values } = truth['/relu2/Relu_output_0']!;
    const maps = Array.from({ length: 24 }, (_, channel) => values.slice(channel * 100, (channel + 1) * 100));
    const mean = (map: readonly number[]): number => map.reduce((sum, value) => sum + value, 0) / map.length;
    const strongest = [...maps.keys()].sort((a, b) => mean(maps[b]!) - mean(maps[a]!));

    await until('the graph', async () => {
      if ((await pageState(frame)).mode === 'graph') return true;
      await session.page.keyboard.press('Escape');
      return undefined;
    });
    assert.ok((await nearTo(session.page, frame, conv)) < 2, 'what is selected stays where it is while one zooms');
    const worn = await until('maps in the box', async () => {
      const places = await wornMaps(frame, conv);
      return places.length ? places : undefined;
    });
    assert.ok(worn.length >= 3, `${worn.length} maps`);
    assert.deepEqual(
      worn.map(({ channel }) => channel),
      strongest.slice(0, worn.length),
      'the strongest first',
    );
    const scale = scaleFor(0, Math.max(...values));
    for (const { channel, pixels } of worn) {
      assert.equal(pixels.length, 100);
      pixels.forEach((pixel, at) => {
        const wanted = colourRgb(maps[channel]![at]!, scale);
        const off = Math.max(...wanted.map((part, i) => Math.abs(part - pixel[i]!)));
        assert.ok(off <= 6, `channel ${channel} at ${at}: ${pixel.join()} for ${wanted.join()}`);
      });
    }
    await screenshot(session.page, 'thumbnails-fashion-mnist');

    await runCommand(session.page, 'ConvLens: Save Graph as SVG');
    await frame.locator('dialog.figure-dialog [data-testid=save-figure]').click();
    await saveAs(session.page, 'fashion-mnist.svg');
    // What is written in the browser stays in the page.
    if (hostKind !== 'web') {
      const file = path.join(session.folder, path.dirname(FASHION), 'fashion-mnist.svg');
      const svg = await until('the figure', () => readFile(file, 'utf8').catch(() => undefined));
      const pictures = [...svg.matchAll(/href="data:image\/png;base64,([^"]+)"/g)].map(([, data]) =>
        decodePicture(Buffer.from(data!, 'base64')),
      );
      const wanted = maps[strongest[0]!]!.flatMap((value) => colourRgb(value, scale));
      const same = pictures.filter(
        ({ width, height, data }) =>
          width * height === 100 && wanted.every((part, i) => Math.abs(part - data[i + Math.floor(i / 3)]!) <= 6),
      );
      assert.equal(same.length, 1, `of ${pictures.length} maps one is the strongest of the layer`);
    }

    const [place] = worn;
    await runCommand(session.page, 'ConvLens: Toggle Maps on the Layers');
    await until('a bare box', async () => {
      const bare = await pixelsIn(frame, place!);
      return new Set(bare.map((pixel) => pixel.join())).size < 5 ? bare : undefined;
    });
    assert.equal((await pageState(frame)).thumbnails, false);
    await runCommand(session.page, 'ConvLens: Toggle Maps on the Layers');
  });

  it('draws a box round the one face of the astronaut', async function () {
    if (!hasCorpus) this.skip();
    await openFile(session.page, 'corpus/ultraface_rfb320.onnx');
    const frame = await convlensFrame(session.page);
    await runPicture(session.page, frame, 'astronaut.jpg');
    const found = frame.locator('[data-testid=detections] li');
    await found.first().waitFor();
    assert.equal(await found.count(), 1);
    const [, width, height, left, top] = /(\d+)×(\d+) at (\d+), (\d+)/.exec(await found.innerText())!.map(Number);
    // her face on the picture as the net gets it, 320×240
    const [x, y] = [left! + width! / 2, top! + height! / 2];
    assert.ok(x > 125 && x < 160 && y > 30 && y < 75, `a face around ${x}, ${y}`);
    await screenshot(session.page, 'detection-ultraface');
  });

  for (const { name, picture, top, unpadded } of TRAINED)
    it(`runs ${name} on ${picture}, and every tensor is onnxruntime-node's`, async function () {
      if (!hasCorpus) this.skip();
      await openFile(session.page, `corpus/${name}`);
      const frame = await convlensFrame(session.page);
      if (unpadded) await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', unpadded));
      await runPicture(session.page, frame, picture);
      if (unpadded) await frame.getByTestId('reacts').getByText('None of them sees padding').waitFor();
      if (top) assert.match(await top1(frame), top);
      const { values, preparation } = await runInfo(frame);
      assert.ok(values.length > 8, `${values.length} tensors`);
      const input = await pictureInput(path.join(corpusDir, 'images', picture), preparation);
      const truth = await reference(corpusModel(name), input, values);
      for (const value of values) {
        const [got, want] = [await runTensor(frame, value), truth[value]!];
        assert.deepEqual(got?.dims, want.dims, value);
        const size = want.values.reduce((most, one) => Math.max(most, Math.abs(one)), 1e-6);
        expectClose(got.values, want.values, toleranceOf(want.dtype) * size);
      }
      await screenshot(session.page, `run-${name.replace('.onnx', '')}`);
    });
});
