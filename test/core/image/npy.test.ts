import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NpyError, readNpy } from '../../../src/core/image';
import { noise, packNumbers } from '../../../src/core/image/numbers';

/** A file as numpy.lib.format describes it, written here from that text. */
function npy(descr: string, dims: readonly number[], payload: Uint8Array, fortran = false, version = 1): Uint8Array {
  const shape = dims.length === 1 ? `${dims[0]},` : dims.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shape}), }`;
  const head = version === 1 ? 10 : 12;
  const padded = text.padEnd(64 * Math.ceil((head + text.length + 1) / 64) - head - 1) + '\n';
  const start = Uint8Array.from([0x93, ...Buffer.from('NUMPY'), version, 0, 0, 0, ...(version === 1 ? [] : [0, 0])]);
  const view = new DataView(start.buffer);
  if (version === 1) view.setUint16(8, padded.length, true);
  else view.setUint32(8, padded.length, true);
  return Uint8Array.from([...start, ...Buffer.from(padded), ...payload]);
}
const bytesOf = (data: ArrayBufferView): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

describe('arrays of NumPy', () => {
  it('are read in every type a net takes', () => {
    const cases: readonly (readonly [string, string, ArrayBufferView, readonly number[]])[] = [
      ['<f4', 'float32', Float32Array.of(1.5, -2, 0), [1.5, -2, 0]],
      ['<f8', 'float64', Float64Array.of(1e300, -2, 0), [1e300, -2, 0]],
      ['<f2', 'float16', Uint16Array.of(0x3c00, 0xc000, 0), [1, -2, 0]],
      ['|u1', 'uint8', Uint8Array.of(255, 1, 0), [255, 1, 0]],
      ['|i1', 'int8', Int8Array.of(-128, 1, 0), [-128, 1, 0]],
      ['<i2', 'int16', Int16Array.of(-300, 1, 0), [-300, 1, 0]],
      ['<i4', 'int32', Int32Array.of(-70000, 1, 0), [-70000, 1, 0]],
      ['<i8', 'int64', BigInt64Array.of(-(2n ** 40n), 1n, 0n), [-(2 ** 40), 1, 0]],
      ['<u8', 'uint64', BigUint64Array.of(2n ** 40n, 1n, 0n), [2 ** 40, 1, 0]],
      ['|b1', 'bool', Uint8Array.of(1, 0, 1), [1, 0, 1]],
      ['>i4', 'int32', Uint8Array.of(0, 0, 1, 0, 0, 0, 0, 1, 255, 255, 255, 255), [256, 1, -1]],
    ];
    for (const [descr, dtype, data, values] of cases)
      for (const version of [1, 2, 3]) {
        const read = readNpy(npy(descr, [3], bytesOf(data), false, version));
        assert.deepEqual([read.dtype, read.dims, [...read.values]], [dtype, [3], values], descr);
      }
  });

  it('have no axes, or some of length 0', () => {
    const one = readNpy(npy('<f4', [], bytesOf(Float32Array.of(7))));
    assert.deepEqual([one.dims, [...one.values]], [[], [7]]);
    assert.equal(readNpy(npy('<f4', [0, 3], new Uint8Array())).values.length, 0);
  });

  it('come row by row, whatever their order in the file', () => {
    const dims = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(dims, (shape) => {
        const count = shape.reduce((all, extent) => all * extent, 1);
        // The value at every place says where it is; the file has the first axis fastest.
        const columns = new Float32Array(count);
        const rows = new Float32Array(count);
        for (let index = 0; index < count; index++) {
          let [rest, place, step] = [index, 0, 1];
          const at = shape.map(() => 0);
          for (let axis = shape.length - 1; axis >= 0; axis--) {
            at[axis] = rest % shape[axis]!;
            rest = Math.floor(rest / shape[axis]!);
          }
          shape.forEach((extent, axis) => {
            place += at[axis]! * step;
            step *= extent;
          });
          rows[index] = columns[place] = Number(at.join(''));
        }
        assert.deepEqual([...readNpy(npy('<f4', shape, bytesOf(columns), true)).values], [...rows]);
        assert.deepEqual([...readNpy(npy('<f4', shape, bytesOf(rows))).values], [...rows]);
      }),
    );
  });

  it('that are none, end too early or hold no numbers are refused in words', () => {
    const fine = npy('<f4', [4], bytesOf(new Float32Array(4)));
    const refused: readonly (readonly [Uint8Array, RegExp])[] = [
      [Uint8Array.from(Buffer.from('PK\u0003\u0004 an .npz')), /no .npy/],
      [fine.subarray(0, fine.length - 1), /last value/],
      [fine.subarray(0, 40), /header/],
      [npy('<c8', [1], new Uint8Array(8)), /<c8/],
      [npy('<U4', [1], new Uint8Array(16)), /<U4/],
      [npy('<f4', [2 ** 15, 2 ** 15], new Uint8Array(8)), /32768×32768 has too many values/],
      [npy('<i8', [1], bytesOf(BigInt64Array.of(2n ** 60n))), /exactly/],
    ];
    for (const [bytes, words] of refused)
      assert.throws(
        () => readNpy(bytes),
        (error) => error instanceof NpyError && words.test(error.message),
      );
  });

  it('that claim what cannot be are refused before anything is made for them', () => {
    const none = new Uint8Array(8);
    const shape = (dims: string): Uint8Array =>
      Uint8Array.from(
        Buffer.from(
          Buffer.from(npy('<f4', [1, 1, 1, 1], none))
            .toString('latin1')
            .replace('1, 1, 1, 1', dims.padEnd(10)),
          'latin1',
        ),
      );
    const most = Number.MAX_SAFE_INTEGER;
    const refused: readonly (readonly [Uint8Array, RegExp])[] = [
      [shape('-4, 3'), /header/],
      [shape('1e9'), /header/],
      [shape('99999999999'), /too many values/],
      [npy('<f4', Array<number>(32).fill(most), none), /too many values/],
      [npy('<f4', Array<number>(33).fill(1), none), /33 axes/],
      [npy('|O', [1], Uint8Array.from(Buffer.from('\x80\x04cos\nsystem\n', 'latin1'))), /\|O/],
      [npy('<f4', [2, 3], none, true), /last value/],
    ];
    const before = process.resourceUsage().maxRSS;
    for (const [bytes, words] of refused)
      assert.throws(
        () => readNpy(bytes),
        (error) => error instanceof NpyError && words.test(error.message) && !/Infinity|NaN/.test(error.message),
      );
    assert.ok(process.resourceUsage().maxRSS - before < 50_000);
    // Nothing in it, however long its other axes.
    const empty = readNpy(npy('<f4', [0, ...Array<number>(31).fill(most)], new Uint8Array()));
    assert.equal(empty.values.length, 0);
  });

  it('never do worse than a message, however damaged', () => {
    const whole = npy('<f4', [2, 3], bytesOf(new Float32Array(6)));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }), (edits) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, value] of edits) bytes[at] = value;
        try {
          readNpy(bytes);
        } catch (error) {
          assert.ok(error instanceof NpyError, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('numbers for an input', () => {
  it('are packed as its type holds them', () => {
    assert.deepEqual([...packNumbers([1.5, -2], 'float32')!], [1.5, -2]);
    assert.deepEqual([...packNumbers([1], 'float16')!], [0x3c00]);
    assert.deepEqual([...packNumbers([300, -3, 2.6], 'uint8')!], [255, 0, 3]);
    assert.deepEqual([...packNumbers([-1, 2 ** 40], 'int64')!], [-1n, 2n ** 40n]);
    assert.deepEqual([...packNumbers([0, 0.5, -1], 'bool')!], [0, 1, 1]);
    assert.equal(packNumbers([1], 'string'), null);
  });

  it('are noise of mean 0 and deviation 1, the same every time', () => {
    const values = noise(20_000, 'float32', 7);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    assert.ok(Math.abs(mean) < 0.03 && Math.abs(square - 1) < 0.05, `${mean}, ${square}`);
    assert.deepEqual(noise(5, 'float32', 7), values.slice(0, 5));
    assert.ok(noise(100, 'int64', 1).every((value) => value === 0 || value === 1));
  });
});
