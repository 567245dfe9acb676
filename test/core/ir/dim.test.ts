import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import {
  dimAdd,
  dimCeilDiv,
  dimEquals,
  dimFloorDiv,
  dimMod,
  dimMul,
  dimSub,
  dimText,
  substitute,
  symbol,
  type Dim,
} from '../../../src/core/ir/dim';

const names = ['H', 'W', 'B'];

interface Formula {
  readonly dim: Dim;
  readonly value: (bindings: ReadonlyMap<string, number>) => number;
}

/** Random formulas over positive extents, each with a plain function that computes the same. */
const formula: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.integer({ min: -6, max: 9 }).map((n): Formula => ({ dim: n, value: () => n })),
    fc.constantFrom(...names).map((n): Formula => ({ dim: symbol(n), value: (b) => b.get(n) ?? 0 })),
    fc.tuple(tie('formula'), tie('formula'), fc.constantFrom('add', 'sub', 'mul')).map(([a, b, op]): Formula => {
      if (op === 'add') return { dim: dimAdd(a.dim, b.dim), value: (x) => a.value(x) + b.value(x) };
      if (op === 'sub') return { dim: dimSub(a.dim, b.dim), value: (x) => a.value(x) - b.value(x) };
      return { dim: dimMul(a.dim, b.dim), value: (x) => a.value(x) * b.value(x) };
    }),
    fc
      .tuple(tie('formula'), fc.integer({ min: 1, max: 7 }), fc.constantFrom('floor', 'ceil', 'mod'))
      .map(([a, n, op]): Formula => {
        if (op === 'floor') return { dim: dimFloorDiv(a.dim, n), value: (x) => Math.floor(a.value(x) / n) };
        if (op === 'ceil') return { dim: dimCeilDiv(a.dim, n), value: (x) => Math.ceil(a.value(x) / n) };
        return { dim: dimMod(a.dim, n), value: (x) => ((a.value(x) % n) + n) % n };
      }),
  ),
})).formula;

describe('Symbolic extents', () => {
  it('compute what plain arithmetic computes once numbers are put in', () => {
    const size = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(formula, size, size, size, ({ dim, value }, h, w, b) => {
        const bindings = new Map([
          ['H', h],
          ['W', w],
          ['B', b],
        ]);
        const found = substitute(dim, bindings);
        assert.equal(Number(found) + 0, value(bindings) + 0, dimText(dim));
      }),
      { numRuns: 2000 },
    );
  });

  it('are the same formula in whatever order they were multiplied', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([symbol('H'), symbol('W'), symbol('B'), 64, 3, symbol('H')], { minLength: 6 }),
        (parts) => {
          const [first = 1, ...rest] = parts as readonly Dim[];
          assert.equal(dimText(rest.reduce<Dim>(dimMul, first)), '192·B·H·H·W');
        },
      ),
    );
  });

  it('divide out whole factors of a product', () => {
    const [H, W] = [symbol('H'), symbol('W')];
    assert.ok(dimEquals(dimFloorDiv(dimMul(dimMul(64, H), W), 64), dimMul(W, H)));
    assert.equal(dimText(dimMul(dimAdd(dimMul(2, H), 2), W)), '2·(H+1)·W');
    assert.equal(dimText(dimMul(dimMul(H, -1), W)), '−H·W');
  });
});
