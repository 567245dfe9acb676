import assert from 'node:assert/strict';
import texts from '../../../l10n/bundle.l10n.pt-br.json';
import { expectQuiet } from '../harness/expect';
import { FASHION } from '../harness/fashion';
import { plain } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { convlensFrame, openFile, screenshot, until } from '../harness/vscode';
import { statusTotals } from '../harness/workbench';

// The Node host takes its language from a language pack, which is not to be had without the network.
const describeWeb = hostKind === 'web' ? describe : describe.skip;

describeWeb('in a VS Code that speaks Portuguese', () => {
  let session: Session;
  before(async () => {
    session = await launchHost({ language: 'pt-br' });
  });
  after(() => session.stop());
  afterEach(() => {
    expectQuiet(session);
  });

  // Titles of commands come from the manifest, which this host's server translates into nothing.
  it('the page and the status bar do, too', async () => {
    const { page } = session;
    await openFile(page, FASHION);
    const frame = await convlensFrame(page);
    await frame.locator('.app[data-drawn]').waitFor();
    assert.equal(await frame.locator('[data-testid=run]').innerText(), texts.Run);
    const totals = await until('the totals', async () => (await statusTotals(page)) || undefined);
    assert.match(plain(totals), /^13 operadores · 90[.,]7 k parâmetros/);
    await frame.locator('[role=treeitem][tabindex="0"]').focus();
    await page.keyboard.press('5');
    await frame.locator('[data-testid=layer-table]').waitFor();
    assert.equal(await frame.locator('[data-tab=layers]').innerText(), texts.Layers);
    await screenshot(page, 'language');
  });
});
