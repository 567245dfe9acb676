import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { writeAtomically } from '../../src/host/editor/atomic';

const uri = (path: string): Uri => ({ path, with: (change: { path: string }) => uri(change.path) }) as unknown as Uri;
const OLD = Uint8Array.of(1, 2, 3);
const NEW = Uint8Array.of(4, 5, 6, 7);

type Step = 'writeFile' | 'rename' | 'delete';

/** A disk in memory that fails at the steps it is told to; what a failing write leaves behind is half of it, as on a full disk. */
function disk(...failing: readonly Step[]) {
  const files = new Map<string, Uint8Array>([['/m/net.onnx', OLD]]);
  const fail = (step: Step): void => {
    if (failing.includes(step)) throw new Error(`${step}: no space left on device`);
  };
  return {
    files,
    writeFile: (target: Uri, content: Uint8Array): Promise<void> => {
      files.set(target.path, failing.includes('writeFile') ? content.subarray(0, content.length >> 1) : content);
      return Promise.resolve().then(() => fail('writeFile'));
    },
    rename: (from: Uri, to: Uri): Promise<void> =>
      Promise.resolve().then(() => {
        fail('rename');
        files.set(to.path, files.get(from.path)!);
        files.delete(from.path);
      }),
    delete: (target: Uri): Promise<void> =>
      Promise.resolve().then(() => {
        fail('delete');
        if (!files.delete(target.path)) throw new Error('no such file');
      }),
  };
}

describe('writing a file', () => {
  it('replaces the old one and leaves nothing else', async () => {
    const fs = disk();
    await writeAtomically(fs, uri('/m/net.onnx'), NEW);
    assert.deepEqual([...fs.files], [['/m/net.onnx', NEW]]);
  });

  for (const step of ['writeFile', 'rename'] as const) {
    it(`leaves the old one whole and no part of the new where ${step} fails`, async () => {
      const fs = disk(step);
      await assert.rejects(writeAtomically(fs, uri('/m/net.onnx'), NEW), new RegExp(`${step}: no space`));
      assert.deepEqual([...fs.files], [['/m/net.onnx', OLD]]);
    });

    it(`tells what failed first where ${step} and the cleaning up fail`, async () => {
      const fs = disk(step, 'delete');
      await assert.rejects(writeAtomically(fs, uri('/m/net.onnx'), NEW), new RegExp(`${step}: no space`));
      assert.deepEqual(fs.files.get('/m/net.onnx'), OLD);
    });
  }
});
