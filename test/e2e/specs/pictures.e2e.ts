import assert from 'node:assert/strict';
import { expectQuiet } from '../harness/expect';
import { pageState, runPicture } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { closeEditors, convlensFrame, openFile, screenshot, until } from '../harness/vscode';

describe(`several pictures (${hostKind} host)`, () => {
  let session: Session;
  before(async () => {
    session = await launchHost({});
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  it('stand side by side with what came out of each, and are switched by keyboard', async () => {
    await openFile(session.page, 'fashion-mnist/fashion-mnist.onnx');
    const frame = await convlensFrame(session.page);
    await runPicture(session.page, frame, 'sneaker-1.png');
    await frame.locator('[data-group=model]').click();
    const how = frame.locator('[data-testid=strip-how]');
    await until('all pictures are run', async () => (await how.innerText()).startsWith('One by one') || undefined);
    const items = frame.locator('[data-strip]');
    assert.ok((await items.count()) > 5);
    assert.match(await items.first().innerText(), /Sneaker/);
    await screenshot(session.page, `${hostKind}-pictures`);
    const name = await items.nth(1).getAttribute('data-strip');
    await items.first().focus();
    await session.page.keyboard.press('ArrowRight');
    await session.page.keyboard.press('Enter');
    await until('the next picture is in view', async () => (await pageState(frame)).run.image === name || undefined);
  });
});
