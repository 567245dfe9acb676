import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { openModel } from '../../../src/core/formats';
import { writeOnnx } from '../../../src/core/formats/onnx/write';
import { loneFile } from '../../support/modelFile';
import { encodeOnnx } from '../../support/onnxModel';
import { expectQuiet } from '../harness/expect';
import { clickNode, nodeIndex, sceneFacts, textOf } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import {
  closeEditors,
  convlensFrame,
  offeredCommands,
  openFile,
  pick,
  runCommand,
  screenshot,
  until,
} from '../harness/vscode';

/** Two pictures, compared: the left goes through a 3×3, the right through a 7×7. */
const stereo = loneFile(
  encodeOnnx({
    opset: 13,
    inputs: { left: [1, 3, 24, 24], right: [1, 3, 28, 28] },
    constants: { w: { shape: [4, 3, 3, 3] }, v: { shape: [4, 3, 7, 7] } },
    nodes: [
      { op: 'Conv', name: 'small', inputs: ['left', 'w'], outputs: ['a'] },
      { op: 'Conv', name: 'large', inputs: ['right', 'v'], outputs: ['b'] },
      { op: 'Sub', name: 'difference', inputs: ['a', 'b'], outputs: ['y'] },
    ],
    outputs: ['y'],
  }),
);
const FILE = 'stereo.onnx';
const COMMAND = 'Choose Receptive Field Input…';

describe(`which input receptive fields refer to (${hostKind} host)`, () => {
  let session: Session;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-stereo-'));
    const { model } = await openModel(stereo);
    const { bytes, diagnostics } = await writeOnnx(model!, stereo);
    assert.deepEqual(diagnostics, []);
    await writeFile(path.join(folder, FILE), bytes!);
    session = await launchHost({ extras: { [FILE]: { from: path.join(folder, FILE) } } });
  });
  after(async () => {
    await session.stop();
    await rm(folder, { recursive: true });
  });
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  const inputIs = (frame: Frame, size: string): Promise<true> =>
    until(`fields of the input of ${size}`, async () => (await sceneFacts(frame)).input === size || undefined);
  /** Selects an operator and waits until the inspector says that of it: for a moment it still speaks of the one before. */
  const field = async (op: string, says: RegExp, frame: Frame): Promise<true> => {
    await clickNode(session.page, frame, await nodeIndex(frame, op));
    return until(`${String(says)} in the inspector`, async () =>
      says.test(await textOf(frame, 'inspector')) ? true : undefined,
    );
  };

  it('can be chosen in the header by keyboard, and everything is worked out again', async () => {
    await openFile(session.page, FILE);
    const frame = await convlensFrame(session.page);
    await field('Sub', /3×3 px/, frame);
    const list = frame.locator('[data-testid=field-input]');
    await list.focus();
    await session.page.keyboard.press('ArrowDown');
    await inputIs(frame, '1×3×28×28');
    await until('the new field', async () =>
      (await textOf(frame, 'inspector')).includes('7×7 px') ? true : undefined,
    );
    await field('Conv', /nothing of “right”/, frame);
    assert.equal(await list.inputValue(), '1');
    await screenshot(session.page, 'field-input');
  });

  it('can be chosen in the palette, where there is a choice', async () => {
    await openFile(session.page, FILE);
    const frame = await convlensFrame(session.page);
    await until(
      'the command',
      async () => (await offeredCommands(session.page, 'ConvLens')).includes(COMMAND) || undefined,
    );
    await runCommand(session.page, `ConvLens: ${COMMAND.slice(0, -1)}`);
    await pick(session.page, 'right');
    await inputIs(frame, '1×3×28×28');
    await closeEditors(session.page);
    await openFile(session.page, 'fashion-mnist/fashion-mnist.onnx');
    const other = await convlensFrame(session.page);
    assert.equal(await other.locator('[data-testid=field-input]').isVisible(), false);
    assert.ok(!(await offeredCommands(session.page, 'ConvLens')).includes(COMMAND));
  });
});
