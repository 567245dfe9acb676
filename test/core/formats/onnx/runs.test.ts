import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { CountingSource } from '../../../../src/core/bytes/paged';
import { memorySource } from '../../../../src/core/bytes/source';
import { readRuns } from '../../../../src/core/formats/onnx/runs';
import type { Constant } from '../../../../src/core/ir/types';

const bytesOf = (length: number): Uint8Array => new Uint8Array(Float32Array.from({ length }, (_, i) => i).buffer);

function stored(length: number): { readonly constant: Constant; readonly source: CountingSource } {
  const bytes = bytesOf(length);
  const constant: Constant = {
    dtype: 'float32',
    shape: [length],
    elements: { kind: 'raw', file: null, start: 0, end: bytes.length },
  };
  return { constant, source: new CountingSource(memorySource(bytes)) };
}

const file = (source: CountingSource) => ({
  name: 'm.onnx',
  bytes: source,
  sibling: () => Promise.resolve({ kind: 'missing' as const }),
});

describe('runs of a stored constant', () => {
  it('are the elements asked for, one run after another', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          from: fc.nat(50),
          count: fc.integer({ min: 1, max: 9 }),
          times: fc.integer({ min: 1, max: 40 }),
          gap: fc.oneof(fc.nat(20), fc.integer({ min: 1000, max: 1100 })),
        }),
        async ({ from, count, times, gap }) => {
          const step = count + gap;
          const { constant, source } = stored(from + (times - 1) * step + count);
          const values = await readRuns(constant, file(source), { from, count, times, step });
          assert.ok(typeof values !== 'string');
          const expected = Array.from({ length: times }, (_, run) =>
            Array.from({ length: count }, (_, i) => from + run * step + i),
          );
          assert.deepEqual([...values], expected.flat());
        },
      ),
      { numRuns: 100 },
    );
  });

  it('of a column are not the whole matrix', async () => {
    const [rows, columns] = [500, 4096];
    const { constant, source } = stored(rows * columns);
    const values = await readRuns(constant, file(source), { from: 7, count: 1, times: rows, step: columns });
    assert.ok(typeof values !== 'string');
    assert.deepEqual([values.length, values[1]], [rows, columns + 7]);
    assert.equal(source.bytesRead, 4 * rows);
  });

  it('say why there are none', async () => {
    const { constant, source } = stored(8);
    const missing: Constant = { ...constant, elements: { kind: 'missing', reason: 'the weights file is missing' } };
    const answer = await readRuns(missing, file(source), { from: 0, count: 2, times: 2, step: 4 });
    assert.equal(answer, 'the weights file is missing');
  });
});
