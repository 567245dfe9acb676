import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encodeOnnx } from '../../support/onnxModel';
import { expectQuiet } from '../harness/expect';
import { clickNode, pageState } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { closeEditors, convlensFrame, runCommand, until } from '../harness/vscode';
import { framesOf } from '../harness/workbench';

const FILE = 'net/small.onnx';

/** Two convolutions and an activation; `strides` of the second. */
const net = (strides: readonly number[]): Uint8Array =>
  encodeOnnx({
    opset: 13,
    inputs: { x: [1, 3, 16, 16] },
    constants: { w: { shape: [4, 3, 3, 3] }, v: { shape: [4, 4, 3, 3] } },
    nodes: [
      { op: 'Conv', name: 'first', inputs: ['x', 'w'], outputs: ['a'], attrs: { pads: [1, 1, 1, 1] } },
      { op: 'Conv', name: 'second', inputs: ['a', 'v'], outputs: ['b'], attrs: { pads: [1, 1, 1, 1], strides } },
      { op: 'Relu', name: 'last', inputs: ['b'], outputs: ['y'] },
    ],
    outputs: ['y'],
  });

/** A repository in which the file was committed, and changed since. */
function repository(folder: string): Promise<void> {
  const file = path.join(folder, FILE);
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.org', ...args], {
      cwd: folder,
      stdio: 'pipe',
    });
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, net([1, 1]));
  git('init', '--quiet');
  git('add', FILE);
  git('commit', '--quiet', '--message', 'Begin');
  writeFileSync(file, net([2, 2]));
  return Promise.resolve();
}

// The host in the browser has no Git of VS Code's own.
(hostKind === 'node' ? describe : describe.skip)('models under version control (node host)', () => {
  let session: Session;
  before(async () => {
    session = await launchHost({
      settings: { 'git.enabled': true, 'git.autofetch': false, 'git.untrackedChanges': 'hidden' },
      prepare: repository,
    });
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  it('show what changed since the last commit when the change is opened from Source Control', async () => {
    const { page } = session;
    await runCommand(page, 'Source Control: Focus on Changes View');
    const change = page.locator('.scm-view .monaco-list-row', { hasText: 'small.onnx' });
    await change.waitFor({ timeout: 60_000 });
    await change.click();

    // Git's version at the left, the working copy at the right: both told what differs.
    const [left, right] = await framesOf(page, 2);
    const marked = async (frame: typeof left): Promise<string> =>
      ((await pageState(frame!)).scene?.nodes as readonly { name: string; mark?: string }[])
        .map(({ name, mark }) => `${name} ${mark ?? 'same'}`)
        .join(', ');
    const expected = 'first same, second changed, last follows';
    for (const frame of [left, right])
      await until('marks on both', async () => ((await marked(frame)) === expected ? true : undefined));
    await clickNode(page, left!, 1);
    await until('the counterpart to be selected', async () =>
      (await pageState(right!)).selection === 1 ? true : undefined,
    );

    await runCommand(page, 'ConvLens: Compare in One Graph');
    const frame = await until('the comparison', async () => {
      const found = await convlensFrame(page);
      return (await found.locator('.compare-row').count()) > 0 ? found : undefined;
    });
    const rows = frame.locator('.compare-row');
    assert.equal(await rows.count(), 1);
    assert.match((await rows.innerText()).replace(/\s+/g, ' '), /Conv .*second/);
    assert.match(await frame.locator('[data-testid=differences]').innerText(), /strides\s+1, 1 → 2, 2/);
    // Both have one name: where each is from tells them apart.
    assert.match(await frame.locator('[data-testid=totals] thead').innerText(), /Git/);
  });
});
