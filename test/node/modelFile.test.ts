import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenFile } from '../../src/core/bytes/source';
import { openHandle } from '../../src/node/modelFile';

describe('files through handles', () => {
  let folder: string;
  let model: string;
  let file: OpenFile;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'convlens-handle-'));
    mkdirSync(join(folder, 'inside', 'data'), { recursive: true });
    model = join(folder, 'inside', 'model.onnx');
    writeFileSync(
      model,
      Uint8Array.from({ length: 10_000 }, (_, i) => i),
    );
    writeFileSync(join(folder, 'inside', 'weights.bin'), 'weights');
    writeFileSync(join(folder, 'inside', 'data', 'more.bin'), 'more');
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'inside', 'link.bin'));
    symlinkSync(folder, join(folder, 'inside', 'up'));
    symlinkSync(join(folder, 'inside', 'weights.bin'), join(folder, 'inside', 'alias.bin'));
    file = await openHandle(model);
  });
  afterEach(() => {
    file.dispose();
    rmSync(folder, { recursive: true });
  });

  it('reads the ranges asked for, as plain bytes', async () => {
    assert.equal(file.name, 'model.onnx');
    assert.equal(file.bytes.size, 10_000);
    const bytes = await file.bytes.read(256, 260);
    assert.deepEqual(bytes, Uint8Array.of(0, 1, 2, 3));
    assert.equal(Buffer.isBuffer(bytes), false);
    await assert.rejects(file.bytes.read(9_999, 10_001), RangeError);
  });

  it('tells a file that has become shorter', async () => {
    truncateSync(model, 100);
    await assert.rejects(file.bytes.read(50, 150), /become shorter/);
  });

  for (const [path, content] of [
    ['weights.bin', 'weights'],
    ['data/more.bin', 'more'],
    ['./weights.bin', 'weights'],
    ['alias.bin', 'weights'],
  ] as const) {
    it(`finds ${path} beside the model`, async () => {
      const sibling = await file.sibling(path);
      assert.ok(sibling.kind === 'found');
      assert.equal(Buffer.from(await sibling.bytes.read(0, sibling.bytes.size)).toString(), content);
    });
  }

  it('says what is missing', async () => {
    assert.deepEqual(await file.sibling('nowhere.bin'), { kind: 'missing' });
    assert.deepEqual(await file.sibling('weights.bin/deeper'), { kind: 'missing' });
  });

  for (const path of [
    '../secret.txt',
    'link.bin',
    'up/secret.txt',
    '/etc/passwd',
    'data',
    '',
    '.',
    'data/../../secret.txt',
  ]) {
    it(`refuses ${JSON.stringify(path)}`, async () => {
      assert.equal((await file.sibling(path)).kind, 'refused');
    });
  }

  it('does not wait for a pipe', async function () {
    if (process.platform === 'win32') this.skip();
    const pipe = join(folder, 'inside', 'pipe.onnx');
    execFileSync('mkfifo', [pipe]);
    await assert.rejects(openHandle(pipe), /no file/);
    await assert.rejects(openHandle(join(folder, 'inside')), /no file|EISDIR/);
  });

  it('cannot be read after it was closed', async () => {
    file.dispose();
    await assert.rejects(file.bytes.read(0, 1));
    file.dispose();
  });
});
