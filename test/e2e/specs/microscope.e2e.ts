import assert from 'node:assert/strict';
import { expectQuiet } from '../harness/expect';
import { FASHION, FASHION_MODEL, PICTURE, sneakerInput } from '../harness/fashion';
import { clickNode, nodeIndex, runPicture } from '../harness/lens';
import { reference } from '../harness/reference';
import { hostKind, launchHost, type Session } from '../harness/session';
import { closeEditors, convlensFrame, openFile, screenshot } from '../harness/vscode';

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
    await openFile(page, FASHION);
    const frame = await convlensFrame(page);
    await clickNode(page, frame, await nodeIndex(frame, 'Conv', 1));
    await runPicture(page, frame, PICTURE);
    await frame.locator('[data-tab=microscope]').click();

    const name = '/relu2/Relu_output_0';
    const truth = await reference(FASHION_MODEL, await sneakerInput(), [name]);
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
