import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Malformed, Truncated, type Reading } from '../../../src/core/bytes/cursor';
import { drive } from '../../../src/core/bytes/paged';
import { memorySource } from '../../../src/core/bytes/source';
import { exact, signed, WireCursor } from '../../../src/core/bytes/wire';
import { BinaryWriter, WireType } from '../../../src/core/bytes/writer';

/** A cursor with all bytes at hand. */
function over(bytes: Uint8Array): WireCursor {
  const cursor = new WireCursor(bytes.length);
  cursor.supply(0, bytes);
  return cursor;
}

/** Runs a reading whose bytes are all at hand. */
function run<T>(reading: Reading<T>): T {
  const step = reading.next();
  if (!step.done) throw new Error('bytes were missed');
  return step.value;
}

describe('WireCursor', () => {
  it('reads every 64-bit number as the reference writes it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (n) => {
        const cursor = over(new BinaryWriter().tag(1, WireType.Varint).int64(n).finish());
        assert.equal(cursor.header(cursor.size), 1);
        assert.equal(BigInt(exact(cursor.low, cursor.high)), n);
        assert.equal(signed(cursor.low, cursor.high), Number(n));
        assert.equal(cursor.pos, cursor.size);
      }),
    );
  });

  it('reads unsigned numbers beyond 2⁶³', () => {
    const cursor = over(
      new BinaryWriter()
        .tag(1, WireType.Varint)
        .uint64(2n ** 64n - 1n)
        .finish(),
    );
    cursor.header(cursor.size);
    assert.equal(exact(cursor.low, cursor.high, false), 2n ** 64n - 1n);
    assert.equal(exact(cursor.low, cursor.high), -1);
  });

  it('reads any text the reference writes, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 50 }), async (text, page) => {
        const bytes = new BinaryWriter().tag(7, WireType.LengthDelimited).string(text).finish();
        const cursor = new WireCursor(bytes.length);
        const reading = function* (): Reading<string> {
          yield* cursor.ahead();
          cursor.header(cursor.size);
          return yield* cursor.text();
        };
        const pages = { smallest: page, largest: page };
        assert.equal(await drive(reading(), cursor, memorySource(bytes), undefined, pages), text);
      }),
    );
  });

  it('steps over a payload without asking for its bytes', async () => {
    const size = 2 ** 40;
    const head = new BinaryWriter()
      .uint32((9 << 3) | 2)
      .uint64(2n ** 40n - 20n)
      .finish();
    const asked: number[] = [];
    const source = {
      size,
      read: (start: number, end: number) => {
        asked.push(start);
        const bytes = new Uint8Array(end - start);
        if (start === 0) bytes.set(head);
        return Promise.resolve(bytes);
      },
    };
    const cursor = new WireCursor(size);
    const reading = function* (): Reading<number> {
      yield* cursor.ahead();
      cursor.header(size);
      cursor.skip();
      return cursor.pos;
    };
    assert.equal(await drive(reading(), cursor, source), 2 ** 40 - 20 + head.length);
    assert.deepEqual(asked, [0]);
  });

  for (const [what, bytes, error] of [
    ['a number of eleven bytes', [0x08, ...Array<number>(10).fill(0xff), 1], Malformed],
    ['a number that the file cuts', [0x08, 0x80], Truncated],
    ['field number 0', [0x00, 0x00], Malformed],
    ['a group', [0x0b, 0x0c], Malformed],
    ['an unknown wire type', [0x0f], Malformed],
    ['a float that the file cuts', [0x0d, 1, 2], Truncated],
    ['a length of 2⁶³', [0x0a, ...Array<number>(9).fill(0x80), 1], Malformed],
  ] as const) {
    it(`refuses ${what}`, () => {
      const cursor = over(Uint8Array.from(bytes));
      assert.throws(() => cursor.header(cursor.size), error);
    });
  }

  it('refuses a field that is longer than what holds it', () => {
    const cursor = over(Uint8Array.from([0x0a, 5, 1, 2, 3, 4, 5, 0, 0]));
    assert.throws(() => cursor.header(4), Malformed);
  });

  it('cuts texts of more than a megabyte', () => {
    const text = 'n'.repeat(3_000_000);
    const cursor = over(new BinaryWriter().tag(1, WireType.LengthDelimited).string(text).finish());
    cursor.header(cursor.size);
    const read = run(cursor.text());
    assert.ok(read.length < 1_100_000);
    assert.match(read, /… \(3000000 bytes\)$/);
    assert.equal(cursor.pos, cursor.size);
  });
});

describe('drive', () => {
  it('reads on in growing steps and jumps in small ones', async () => {
    const size = 10_000_000;
    const lengths: number[] = [];
    const source = {
      size,
      read: (start: number, end: number) => {
        lengths.push(end - start);
        return Promise.resolve(new Uint8Array(end - start));
      },
    };
    const cursor = new WireCursor(size);
    const reading = function* (): Reading<void> {
      while (cursor.pos < 30_000) {
        yield* cursor.need(1);
        cursor.pos++;
      }
      cursor.pos = 9_000_000;
      yield* cursor.need(1);
    };
    await drive(reading(), cursor, source);
    assert.deepEqual(lengths, [4096, 8192, 16384, 32768, 4096]);
  });

  it('does not accept another number of bytes than it asked for', async () => {
    const cursor = new WireCursor(100);
    const source = { size: 100, read: () => Promise.resolve(new Uint8Array(3)) };
    await assert.rejects(drive(cursor.need(10), cursor, source), /3 bytes came instead of 100/);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    controller.abort();
    const cursor = new WireCursor(100);
    await assert.rejects(drive(cursor.need(10), cursor, memorySource(new Uint8Array(100)), controller.signal));
  });
});
