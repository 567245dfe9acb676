import assert from 'node:assert/strict';
import { expectQuiet } from '../harness/expect';
import { FASHION } from '../harness/fashion';
import { expectKept, frameTitled, lookAt, servedFrame, type Look } from '../harness/look';
import { killExtensionHosts } from '../harness/nodeServer';
import { hostKind, launchHost, type Session } from '../harness/session';
import { openText } from '../harness/text';
import { closeEditors, openFile, reloadWindow, runCommand } from '../harness/vscode';
import { menuOf } from '../harness/workbench';

const NET = `input: 32x32x3
layers:
  - conv: 8 3x3 pad same relu
  - conv: 16 3x3 pad same relu
  - dense: 10 softmax
`;

describe(`windows and hosts that start again (${hostKind} host)`, () => {
  let session: Session;
  before(async () => {
    const extras = { 'nets/a.cnn.yaml': { text: NET }, 'nets/b.cnn.yaml': { text: NET.replace('16', '24') } };
    session = await launchHost({ extras });
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  /** A view that stands open: where it is reached and what is looked at in it. */
  interface View {
    readonly title: string;
    /** Of its tab, where another one covers it. */
    readonly tab: RegExp | null;
    readonly kept: Look;
  }

  const look = async (tab: RegExp | null, title: string): Promise<View> => {
    const frame = await frameTitled(session.page, title);
    return { title, tab, kept: await lookAt(session.page, frame) };
  };

  /** A model and a comparison behind a text, and the graph of the text beside it; in the order in which they are seen. */
  async function openAll(): Promise<readonly View[]> {
    const { page } = session;
    await openFile(page, FASHION);
    const model = await look(/^fashion-mnist\.onnx$/, 'fashion-mnist.onnx');
    for (const [file, entry] of [
      ['nets/a.cnn.yaml', 'Select Model for Compare'],
      ['nets/b.cnn.yaml', 'Compare with Selected Model'],
    ] as const) {
      await page.mouse.move(900, 500);
      const menu = await menuOf(page, file);
      await menu.getByText(entry, { exact: true }).click();
    }
    const comparison = await look(/↔/, 'a.cnn.yaml ↔ b.cnn.yaml');
    await openText(page, 'nets/a.cnn.yaml');
    await runCommand(page, 'ConvLens: Open Graph to the Side');
    return [await look(null, 'a.cnn.yaml'), model, comparison];
  }

  async function expectBack(views: readonly View[]): Promise<void> {
    for (const { title, tab, kept } of views) {
      if (tab) await session.page.locator('.tab', { hasText: tab }).click();
      await expectKept(await servedFrame(session.page, title), kept);
    }
  }

  it('show a model, a graph of a text and a comparison as they were when the window is loaded again', async () => {
    const views = await openAll();
    await reloadWindow(session.page);
    await expectBack(views);
  });

  // In the web host it is a worker of the window and ends with it.
  (hostKind === 'node' ? it : it.skip)('offer to bring them back when the extension host crashed', async () => {
    const { page } = session;
    const views = await openAll();
    assert.equal(await killExtensionHosts(), 1);
    const offer = page.locator('.notification-list-item', { hasText: 'Extensions were started again' });
    const reload = offer.getByRole('button', { name: 'Reload Window' });
    await reload.waitFor({ timeout: 90_000 });
    await Promise.all([page.waitForEvent('domcontentloaded', { timeout: 60_000 }), reload.click()]);
    await expectBack(views);
    // VS Code tells its user of the crash; the test is done with it.
    session.problems.take();
  });
});
