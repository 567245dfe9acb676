import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Words } from '../../../src/core/bytes/words';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('words in bytes', () => {
  it('are what a decoder makes of them, however many others there were', () => {
    const words = new Words();
    const plain = fc.string({ unit: fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)) });
    fc.assert(
      fc.property(fc.array(plain), fc.nat(5), (texts, gap) => {
        for (const text of [...texts, ...texts]) {
          const bytes = bytesOf(' '.repeat(gap) + text + ' ');
          assert.equal(words.at(bytes, gap, gap + text.length), text);
        }
      }),
    );
    for (let i = 0; i < 60_000; i++)
      assert.equal(words.at(bytesOf(`/layer/Conv_${i}`), 0, `/layer/Conv_${i}`.length), `/layer/Conv_${i}`);
  });

  it('are left to the decoder where a byte is no ASCII', () => {
    const bytes = bytesOf('größe');
    assert.equal(new Words().at(bytes, 0, bytes.length), null);
    assert.equal(new Words().at(bytes, 0, 2), 'gr');
  });
});
