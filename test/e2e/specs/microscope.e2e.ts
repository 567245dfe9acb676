import assert from 'node:assert/strict';
import path from 'node:path';
import type { Preparation } from '../../../src/core/image';
import { expectQuiet } from '../harness/expect';
import { clickNode, nodeIndex, runPicture } from '../harness/lens';
import { pictureInput, reference } from '../harness/reference';
import { hostKind, launchHost, type Session } from '../harness/session';
import { closeEditors, convlensFrame, openFile, screenshot } from '../harness/vscode';
import { samplesDir } from '../harness/workspace';

const MODEL = path.join(samplesDir, 'fashion-mnist/fashion-mnist.onnx');
const PICTURE = 'sneaker-1.png';
const SNEAKER = path.join(samplesDir, 'fashion-mnist/images', PICTURE);

/** As the model's own metadata say: grey, 0…1. */
const UNIT_GREY: Preparation = {
  width: 28,
  height: 28,
  channels: 1,
  resize: 'crop',
  order: 'grey',
  layout: 'NCHW',
  dtype: 'float32',
  scale: 1 / 255,
  mean: [0],
  std: [1],
  reason: '',
};

/** Digits as a person reads them: a real minus and no spaces between thousands. */
const numberIn = (text: string): number => Number(text.replace('\u2212', '-').replace(/[\s\u202f]/g, ''));

describe(`the microscope (${hostKind} host)`, () => {
  let session: Session;
  before(async () => {
    session = await launchHost();
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  it('shows for one unit after another what onnxruntime-node computes for it', async () => {
    const { page } = session;
    await openFile(page, 'fashion-mnist/fashion-mnist.onnx');
    const frame = await convlensFrame(page);
    await clickNode(page, frame, await nodeIndex(frame, 'Conv', 1));
    await runPicture(page, frame, PICTURE);
    await frame.locator('[data-tab=microscope]').click();

    const name = '/relu2/Relu_output_0';
    const truth = await reference(MODEL, await pictureInput(SNEAKER, UNIT_GREY), [name]);
    const { dims, values } = truth[name]!;
    const [, , height, width] = dims as [number, number, number, number];
    const title = frame.locator('[data-testid=microscope-unit]');
    const result = frame.locator('[data-testid=microscope-result]');
    await result.waitFor();

    const check = async (): Promise<string> => {
      const words = await title.innerText();
      const [, row, column, channel] = (/\[(\d+), (\d+)\], channel (\d+)/.exec(words) ?? []).map(Number);
      const expected = values[(channel! * height + row!) * width + column!]!;
      const shown = numberIn(await result.innerText());
      assert.ok(Math.abs(shown - expected) < 1e-4, `${words}: ${String(shown)} against ${String(expected)}`);
      const agreement = await frame.locator('[data-testid=microscope-runtime]').getAttribute('data-agreement');
      assert.notEqual(agreement, 'different');
      return words;
    };
    const first = await check();
    const back = /\[\d+, 0\]/.test(first) ? 'Next unit' : 'Previous unit';
    await frame.getByRole('button', { name: back, exact: true }).click();
    await title.filter({ hasNotText: first }).waitFor();
    assert.notEqual(await check(), first);
    await screenshot(page, 'microscope-fashion-mnist');
  });
});
