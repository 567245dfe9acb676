import assert from 'node:assert/strict';
import { expectQuiet } from '../harness/expect';
import { FASHION } from '../harness/fashion';
import { expectKept, lookAt, servedFrame } from '../harness/look';
import { killExtensionHosts } from '../harness/nodeServer';
import { hostKind, launchHost, type Session } from '../harness/session';
import { openText } from '../harness/text';
import { closeEditors, convlensFrame, openFile, reloadWindow, runCommand } from '../harness/vscode';
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

  const views: Readonly<Record<string, () => Promise<void>>> = {
    model: () => openFile(session.page, FASHION),
    async 'graph of a text'() {
      await openText(session.page, 'nets/a.cnn.yaml');
      await runCommand(session.page, 'ConvLens: Open Graph to the Side');
    },
    async comparison() {
      await openFile(session.page, FASHION);
      await convlensFrame(session.page);
      await closeEditors(session.page);
      for (const [file, entry] of [
        ['nets/a.cnn.yaml', 'Select Model for Compare'],
        ['nets/b.cnn.yaml', 'Compare with Selected Model'],
      ] as const) {
        await session.page.mouse.move(900, 500);
        const menu = await menuOf(session.page, file);
        await menu.getByText(entry, { exact: true }).click();
      }
    },
  };

  for (const [name, open] of Object.entries(views)) {
    // Of a model, files.e2e.ts tries it.
    if (name !== 'model')
      it(`show a ${name} as it was when the window is loaded again`, async () => {
        const { page } = session;
        await open();
        const kept = await lookAt(page, await convlensFrame(page));
        await reloadWindow(page);
        await expectKept(await servedFrame(page), kept);
      });

    // In the web host it is a worker of the window and ends with it.
    (hostKind === 'node' ? it : it.skip)(`offer to bring back a ${name} when the extension host crashed`, async () => {
      const { page } = session;
      await open();
      const kept = await lookAt(page, await convlensFrame(page));
      assert.equal(await killExtensionHosts(), 1);
      const offer = page.locator('.notification-list-item', { hasText: 'Extensions were started again' });
      const reload = offer.getByRole('button', { name: 'Reload Window' });
      await reload.waitFor({ timeout: 90_000 });
      await Promise.all([page.waitForEvent('domcontentloaded', { timeout: 60_000 }), reload.click()]);
      await expectKept(await servedFrame(page), kept);
      // VS Code tells its user of the crash; the test is done with it.
      session.problems.take();
    });
  }
});
