import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cellsIn, elementAt, firstElement, kernelGrid, rowsIn, type Kernels } from '../../../webview/panels/kernelGrid';

const kernels: fc.Arbitrary<Kernels> = fc.record({
  rowCount: fc.integer({ min: 1, max: 40 }),
  columnCount: fc.integer({ min: 1, max: 40 }),
  height: fc.integer({ min: 1, max: 7 }),
  width: fc.integer({ min: 1, max: 7 }),
});
const panel = fc.integer({ min: 200, max: 560 });

describe('kernels as small images', () => {
  it('stand side by side without touching, all of them on the sheet', () => {
    fc.assert(
      fc.property(kernels, panel, (k, width) => {
        const grid = kernelGrid(k, width);
        const sheet = { x: 0, y: 0, width: grid.sheetWidth, height: grid.sheetHeight };
        const taken = new Set<string>();
        let cells = 0;
        for (const cell of cellsIn(grid, k, sheet)) {
          cells++;
          for (let dy = 0; dy < k.height; dy++)
            for (let dx = 0; dx < k.width; dx++) {
              const [x, y] = [cell.x + dx * grid.pixel, cell.y + dy * grid.pixel];
              assert.ok(x >= 0 && y >= 0 && x + grid.pixel <= grid.sheetWidth && y + grid.pixel <= grid.sheetHeight);
              assert.ok(!taken.has(`${x},${y}`), 'each place once');
              taken.add(`${x},${y}`);
            }
        }
        assert.equal(cells, k.rowCount * k.columnCount);
      }),
      { numRuns: 60 },
    );
  });

  it('can be told from a place on the sheet', () => {
    fc.assert(
      fc.property(kernels, panel, fc.nat(), fc.nat(), (k, width, a, b) => {
        const grid = kernelGrid(k, width);
        const sheet = { x: 0, y: 0, width: grid.sheetWidth, height: grid.sheetHeight };
        const cells = [...cellsIn(grid, k, sheet)];
        const cell = cells[a % cells.length]!;
        const [dy, dx] = [b % k.height, a % k.width];
        const found = elementAt(grid, k, cell.x + (dx + 0.5) * grid.pixel, cell.y + (dy + 0.5) * grid.pixel);
        assert.deepEqual(found, { row: cell.row, column: cell.column, dy, dx });
      }),
    );
  });

  it('asks for those in sight only', () => {
    const fc6 = { rowCount: 4096, columnCount: 25088, height: 1, width: 1 };
    const grid = kernelGrid(fc6, 308);
    const cells = [...cellsIn(grid, fc6, { x: 20_000, y: 4000, width: 308, height: 96 })];
    assert.ok(cells.length > 1000 && cells.length < 10_000, `${cells.length} cells`);
    assert.ok(cells.every(({ x, y }) => x > 19_990 && x < 20_310 && y > 3990 && y < 4100));
    assert.deepEqual(rowsIn(grid, fc6, { x: 0, y: 4000, width: 308, height: 96 }), [2000, 2047]);
  });

  it('lie in the tensor row by row', () => {
    const k = { rowCount: 2, columnCount: 3, height: 5, width: 5 };
    assert.equal(firstElement(k, { row: 0, column: 1 }), 25);
    assert.equal(firstElement(k, { row: 1, column: 0 }), 75);
  });

  it('of a depthwise convolution fill the panel', () => {
    const grid = kernelGrid({ rowCount: 96, columnCount: 1, height: 3, width: 3 }, 308);
    assert.ok(grid.strips >= 10, `${grid.strips} in a line`);
    assert.ok(grid.lines < 10);
  });
});
