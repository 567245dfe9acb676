import assert from 'node:assert/strict';
import path from 'node:path';
import { expectQuiet } from '../harness/expect';
import { FASHION } from '../harness/fashion';
import { hoverNode, nodeIndex, runPicture, sceneFacts, textOf } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { openText } from '../harness/text';
import { closeEditors, convlensFrame, openFile, runCommand, until } from '../harness/vscode';
import { corpusDir, hasCorpus } from '../harness/workspace';

const NET = `input: 32x32x3
layers:
  - conv: 8 3x3 pad same relu
  - dense: 10 softmax
`;

// The web host knows no folders that are not trusted.
(hostKind === 'node' ? describe : describe.skip)('Restricted Mode (node host)', () => {
  let session: Session;
  before(async () => {
    const outside = { 'bad/outside.onnx': { from: path.join(corpusDir, 'bad/ext_dotdot_passwd.onnx') } };
    session = await launchHost({
      settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
      extras: { 'nets/a.cnn.yaml': { text: NET }, ...(hasCorpus ? outside : {}) },
    });
    await session.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  it('opens, explains and runs a model of a folder that nobody trusts', async () => {
    const { page } = session;
    await openFile(page, FASHION);
    const frame = await convlensFrame(page);
    await hoverNode(page, frame, await nodeIndex(frame, 'Conv', 0));
    const card = frame.locator('[data-testid=hover-card]');
    await card.waitFor();
    assert.match(await card.innerText(), /\bOut\b/);
    await runPicture(page, frame, 'sneaker-1.png');
    assert.match(await frame.locator('[data-testid=top5] li').first().innerText(), /Sneaker/);
  });

  it('draws what is written as text', async () => {
    const { page } = session;
    await openText(page, 'nets/a.cnn.yaml');
    await runCommand(page, 'ConvLens: Open Graph to the Side');
    await until('a graph', async () => ((await sceneFacts(await convlensFrame(page))).drawn === 5 ? true : undefined));
  });

  it('reads nothing outside of the model’s folder', async function () {
    if (!hasCorpus) this.skip();
    await openFile(session.page, 'bad/outside.onnx');
    const said = await textOf(await convlensFrame(session.page), 'message');
    assert.match(said, /etc\/passwd” are not read: the path leads out of the model’s folder/);
  });
});
