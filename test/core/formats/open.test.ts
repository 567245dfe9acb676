import assert from 'node:assert/strict';
import { openModel } from '../../../src/core/formats';
import { loneFile } from '../../support/modelFile';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytes = (...list: number[]): Uint8Array => Uint8Array.from([...list, ...Array<number>(60).fill(7)]);

/** What people open by mistake, and what they should be told. */
const STRANGERS: readonly (readonly [what: string, content: Uint8Array, code: string])[] = [
  ['nothing', new Uint8Array(0), 'file/empty'],
  ['zeros', new Uint8Array(5000), 'file/zeros'],
  ['a Git LFS pointer', utf8('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'), 'file/lfs-pointer'],
  ['an HTML page', utf8('  <!DOCTYPE html>\n<html><body>404</body></html>'), 'file/html'],
  ['an XHTML page', utf8('<?xml version="1.0"?>\n<html xmlns="…"></html>'), 'file/html'],
  ['a PNG', bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), 'file/png'],
  ['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe0), 'file/jpeg'],
  ['a GIF', utf8('GIF89a\u0001\u0000\u0001\u0000'), 'file/gif'],
  ['a PDF', utf8('%PDF-1.7\n%âãÏÓ\n'), 'file/pdf'],
  ['a zip', bytes(0x50, 0x4b, 3, 4), 'file/zip'],
  ['a gzip', bytes(0x1f, 0x8b, 8), 'file/gzip'],
  ['an HDF5 file', bytes(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10), 'file/hdf5'],
  ['a TFLite model', Uint8Array.from([28, 0, 0, 0, ...utf8('TFL3'), 1, 2, 3]), 'file/tflite'],
  ['a pickle', bytes(0x80, 2, 0x8a, 10), 'file/pickle'],
  ['a text', utf8('layers:\n  - conv: 3×3\n'), 'file/text'],
  ['JSON', utf8('{"format": "layers-model"}'), 'file/text'],
];

describe('openModel', () => {
  for (const [what, content, code] of STRANGERS) {
    it(`calls ${what} by its name`, async () => {
      const { model, diagnostics } = await openModel(loneFile(content));
      assert.equal(model, null);
      assert.deepEqual(
        diagnostics.map((problem) => problem.code),
        [code],
      );
    });
  }

  it('does not read on in a file that is no model', async () => {
    const { bytesRead } = await openModel(loneFile(new Uint8Array(1_000_000)));
    assert.equal(bytesRead, 4096);
  });

  it('says of a strange file with a strange name that it reads no such format', async () => {
    const { diagnostics } = await openModel(loneFile(bytes(0xde, 0xad, 0xbe, 0xef), 'file.xyz'));
    assert.deepEqual(
      diagnostics.map((problem) => problem.code),
      ['file/unknown-format'],
    );
  });

  it('tells when the file cannot be read at all', async () => {
    const source = { size: 100, read: () => Promise.reject(new Error('permission denied')) };
    const { diagnostics } = await openModel(loneFile(source));
    assert.equal(diagnostics[0]?.code, 'file/unreadable');
    assert.match(diagnostics[0].message, /permission denied/);
  });

  it('opens a model whatever its file is called', async () => {
    const tiny = Uint8Array.from([0x08, 8, 0x3a, 2, 0x12, 0, 0x42, 2, 0x10, 13]);
    const { model } = await openModel(loneFile(tiny, 'model.bin'));
    assert.equal(model?.opsets.get('ai.onnx'), 13);
  });
});
