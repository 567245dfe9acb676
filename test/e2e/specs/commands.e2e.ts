import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../../../package.json';
import { expectQuiet } from '../harness/expect';
import { textOf } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { closeEditors, convlensFrame, offeredCommands, openFile, screenshot } from '../harness/vscode';
import { corpusDir, hasCorpus } from '../harness/workspace';

const ANYWHERE = ['Open Model…', 'Open Sample…', 'Show Log'];
const WITH_A_MODEL = [
  'Run Image…',
  'Run Sample Image',
  'Find Layer…',
  'Show Layer Table',
  'Fit Graph',
  'Toggle Direction',
  'Set Input Size…',
  'Copy Summary as Markdown',
];

describe(`commands and trouble (${hostKind} host)`, () => {
  let session: Session;
  before(async () => {
    const from = path.join(corpusDir, 'bad/trunc_0p5.onnx');
    session = await launchHost({ extras: hasCorpus ? { 'bad/truncated.onnx': { from } } : {} });
  });
  after(() => session.stop());
  afterEach(() => {
    expectQuiet(session);
  });

  it('comes from the package in the Node host, from its folder in the web host', () => {
    if (hostKind === 'web') {
      assert.equal(session.extensionsDir, undefined);
      return;
    }
    const folder = path.join(
      session.extensionsDir!,
      `${packageJson.publisher}.${packageJson.name}-${packageJson.version}`,
    );
    assert.ok(
      existsSync(path.join(folder, 'package.json')),
      `installed: ${readdirSync(session.extensionsDir!).join(', ')}`,
    );
  });

  it('offers the commands that need a model only beside one', async () => {
    await closeEditors(session.page);
    assert.deepEqual((await offeredCommands(session.page, 'ConvLens')).sort(), [...ANYWHERE].sort());
    await openFile(session.page, 'fashion-mnist/fashion-mnist.onnx');
    await convlensFrame(session.page);
    assert.deepEqual((await offeredCommands(session.page, 'ConvLens')).sort(), [...ANYWHERE, ...WITH_A_MODEL].sort());
    await closeEditors(session.page);
  });

  it('says what is wrong with a file that was cut off, and where', async function () {
    if (!hasCorpus) this.skip();
    await openFile(session.page, 'bad/truncated.onnx');
    const frame = await convlensFrame(session.page);
    assert.match(await textOf(frame, 'message'), /byte|truncated|ends|cut/i);
    await screenshot(session.page, 'truncated');
    await closeEditors(session.page);
  });
});
