import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeFloat16, encodeFloat16 } from '../../../src/core/image/float16';
import {
  CELLS,
  cellPlace,
  cellsOf,
  colourTable,
  scaleFor,
  type ColourScale,
  type Exponent,
} from '../../../webview/ui/colourMaps';
import { colourPixels } from '../../../webview/ui/colourPixels';
import { spanOf } from '../../../webview/ui/span';

/** As an engine that has an array for 16-bit numbers names it; here what is read from it are the bits. */
class Float16Array extends Uint16Array {
  override get [Symbol.toStringTag](): 'Uint16Array' {
    return 'Float16Array' as 'Uint16Array';
  }
}
const halvesOf = (values: readonly number[]): ArrayLike<number> => new Float16Array(encodeFloat16(values).buffer);

const BLACK = 0xff000000;
const WHITE = 0xffffffff;

/** One value after the other, as the definition has it. */
function naive(values: readonly number[], width: number, scale: ColourScale): number[] {
  const table = colourTable(scale.map);
  const { factor, offset } = cellsOf(scale);
  return values.map((value, at) => {
    if (!Number.isFinite(value)) return (Math.floor(at / width) + (at % width)) % 2 ? WHITE : BLACK;
    const cell = Math.trunc(Math.min(CELLS - 1, Math.max(0, value * factor + offset)));
    return table[Math.round(cellPlace(cell, scale) * 255)]!;
  });
}

const numbers = (special: boolean): fc.Arbitrary<number[]> => {
  const finite = fc.oneof(fc.float({ min: -100, max: 100, noNaN: true }), fc.constantFrom(0, -0, 3, 1e-7, -1e-7));
  const any = special ? fc.oneof(finite, fc.constantFrom(NaN, Infinity, -Infinity, 65504, -65504)) : finite;
  return fc.array(any, { minLength: 1, maxLength: 41 });
};

describe('values to pixels', () => {
  const page = globalThis as { document?: unknown };
  before(() => {
    page.document = { body: { className: 'vscode-dark', classList: { contains: () => false } } };
  });
  after(() => {
    delete page.document;
  });

  const exponents: readonly Exponent[] = ['root', 'linear', 'log'];
  for (const [kind, special, make, read] of [
    [
      '32 bits, in and beyond the scale, and hatches what is no number',
      true,
      (v: readonly number[]) => Float32Array.from(v),
      (v: readonly number[]) => v.map(Math.fround),
    ],
    [
      '64 bits, in and beyond the scale, and hatches what is no number',
      true,
      (v: readonly number[]) => Float64Array.from(v),
      (v: readonly number[]) => v,
    ],
    ['16 bits', false, halvesOf, (v: readonly number[]) => [...decodeFloat16(encodeFloat16(v))]],
  ] as const)
    it(`gives each its own colour, of ${kind}`, () => {
      fc.assert(
        fc.property(
          numbers(special),
          fc.double({ min: 0.1, max: 3, noNaN: true }),
          fc.constantFrom(...exponents),
          fc.boolean(),
          (values, reach, exponent, known) => {
            const own = read(values);
            const most = special ? reach : Math.max(1, reach);
            const data = make(values);
            const span = spanOf(data, 0, own.length) ?? undefined;
            const ends = span ?? { min: -1, max: 1 };
            const scale = scaleFor(ends.min * most, ends.max * most, exponent);
            const width = 3;
            const padded = make([7, ...values, 7]);
            const pixels = new Uint32Array(own.length);
            const grid = { data: padded, from: 1, height: 1, width };
            colourPixels(pixels, known && span ? { ...grid, span } : grid, scale);
            assert.deepEqual([...pixels], naive(own, width, scale));
          },
        ),
        { numRuns: 300 },
      );
    });

  it('know how far values reach on both sides of zero, whatever kind of numbers they are', () => {
    fc.assert(
      fc.property(numbers(false), (values) => {
        const halves = [...decodeFloat16(encodeFloat16(values))];
        for (const [data, own] of [
          [Float32Array.from(values), values.map(Math.fround)],
          [Float64Array.from(values), values],
          [halvesOf(values), halves],
        ] as const) {
          const wanted = { min: Math.min(0, ...own), max: Math.max(0, ...own) };
          const found = spanOf(data, 0, own.length)!;
          assert.ok(found.min === wanted.min && found.max === wanted.max, JSON.stringify([found, wanted]));
        }
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(numbers(false), fc.nat(8), fc.nat(8), (values, before, after) => {
        const data = halvesOf([...Array<number>(before).fill(-200), ...values, ...Array<number>(after).fill(200)]);
        const own = decodeFloat16(encodeFloat16(values));
        const { min, max } = spanOf(data, before, own.length)!;
        assert.deepEqual(
          [min, max],
          [Math.min(0, ...own) + 0, Math.max(0, ...own) + 0],
          'of a part, wherever it begins',
        );
      }),
    );
    for (const odd of [NaN, Infinity, -Infinity])
      for (const data of [Float32Array.of(1, odd, 2, 3, 4), Float64Array.of(1, odd), halvesOf([1, 2, 3, 4, odd])])
        assert.equal(spanOf(data, 0, data.length), null);
    assert.deepEqual(spanOf(Float32Array.of(NaN, 2, -1, 9), 1, 2), { min: -1, max: 2 }, 'of a part');
  });

  it('keeps colours of 16 bits apart by scale', () => {
    const values = [0.5, 1, 2, -3];
    const data = halvesOf(values);
    for (const scale of [scaleFor(-3, 2), scaleFor(-6, 2), scaleFor(-3, 2, 'linear'), scaleFor(-3, 2)]) {
      const pixels = new Uint32Array(4);
      colourPixels(pixels, { data, from: 0, height: 2, width: 2 }, scale);
      assert.deepEqual([...pixels], naive(values, 2, scale));
    }
  });
});
