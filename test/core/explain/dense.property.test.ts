import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { explainAt, oneNode, runNode, unitsHold } from '../../support/explainRun';

const extent = fc.integer({ min: 1, max: 6 });
const flag = fc.integer({ min: 0, max: 1 });

describe('units of dense layers', function () {
  this.timeout(60_000);

  it('Gemm', () =>
    unitsHold(
      fc
        .record({
          rows: extent,
          inner: fc.integer({ min: 1, max: 40 }),
          columns: extent,
          transA: flag,
          transB: flag,
          alpha: fc.constantFrom(1, 0.5),
          beta: fc.constantFrom(1, -2),
          addend: fc.constantFrom('none', 'row', 'column', 'one', 'whole'),
        })
        .map(({ rows, inner, columns, transA, transB, alpha, beta, addend }) => {
          const shapes = { none: null, row: [columns], column: [rows, 1], one: [1], whole: [rows, columns] };
          const c = shapes[addend];
          const inputs = {
            a: transA ? [inner, rows] : [rows, inner],
            b: transB ? [columns, inner] : [inner, columns],
            ...(c && { c }),
          };
          return { spec: oneNode('Gemm', inputs, { transA, transB, alpha: { float: alpha }, beta: { float: beta } }) };
        }),
      120,
      100,
    ));

  it('MatMul, batches broadcast, vectors too', () =>
    unitsHold(
      fc
        .record({
          lead: fc.array(extent, { maxLength: 2 }),
          broadcast: fc.constantFrom('none', 'left', 'right'),
          rows: extent,
          inner: fc.integer({ min: 1, max: 30 }),
          columns: extent,
          vector: fc.constantFrom('none', 'left', 'right'),
        })
        .map(({ lead, broadcast, rows, inner, columns, vector }) => {
          const left = broadcast === 'left' ? lead.map(() => 1) : lead;
          const right = broadcast === 'right' ? lead.slice(1) : lead;
          const a = vector === 'left' ? [inner] : [...left, rows, inner];
          const b = vector === 'right' ? [inner] : [...right, inner, columns];
          return { spec: oneNode('MatMul', { a, b }) };
        }),
      120,
      80,
    ));

  it('lists the largest terms first, and the sum of the others', async () => {
    const ran = await runNode(oneNode('MatMul', { a: [1, 20], b: [20, 3] }), 0, {});
    const { middle, value } = explainAt(ran!, [0, 1]);
    assert.ok(middle.kind === 'terms' && middle.rest);
    assert.deepEqual([middle.terms.length, middle.count, middle.rest.count], [8, 20, 12]);
    const sizes = middle.terms.map(({ product }) => Math.abs(product));
    assert.deepEqual(
      sizes,
      [...sizes].sort((p, q) => q - p),
    );
    const listed = middle.terms.reduce((sum, { product }) => sum + product, 0);
    assert.ok(Math.abs(listed + middle.rest.sum - value) < 1e-9);
  });
});
