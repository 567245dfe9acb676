import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the process writes, in bytes of one value. */
const SIZE = 32 << 20;
const ROUNDS = 5;

describe('a process that is killed while it saves', function () {
  this.timeout(90_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'convlens-killed-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('leaves the old file or the new one, whole, wherever it is hit', async () => {
    const target = path.join(folder, 'net.onnx');
    const parts = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.part'));
    const sizeOf = (name: string): number => statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
    let inTheMiddle = 0;
    for (let round = 0; round < ROUNDS; round++) {
      writeFileSync(target, new Uint8Array(SIZE).fill(1));
      const child = fork(path.join(__dirname, '../support/savingChild.ts'), [target], {
        execArgv: ['--require', 'tsx/cjs'],
      });
      const ended = new Promise((resolve) => child.once('close', resolve));
      // Some of the new file is on the disk; in later rounds a moment more, so that other steps are hit as well.
      while (!parts().some((name) => sizeOf(name) > 0)) {
        assert.equal(child.exitCode, null, 'the process ended by itself');
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await new Promise((resolve) => setTimeout(resolve, round * 7));
      child.kill('SIGKILL');
      await ended;
      if (parts().some((name) => sizeOf(name) < SIZE)) inTheMiddle++;
      const kept = readFileSync(target);
      assert.equal(kept.length, SIZE);
      assert.ok(kept.equals(new Uint8Array(SIZE).fill(kept[0]!)), 'two versions in one file');
      for (const left of parts()) rmSync(path.join(folder, left));
    }
    assert.ok(inTheMiddle > 0, 'none was hit while it wrote');
  });
});
