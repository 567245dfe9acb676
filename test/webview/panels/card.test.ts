import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MathNode } from '../../../src/core/view/types';
import { placeCard } from '../../../webview/panels/cardPlace';
import { breaksAfter, fitLines, pieces } from '../../../webview/panels/mathLines';

describe('the place of a hover card', () => {
  const box = fc.record({
    x: fc.integer({ min: -100, max: 1400 }),
    y: fc.integer({ min: -100, max: 900 }),
    width: fc.integer({ min: 4, max: 300 }),
    height: fc.integer({ min: 4, max: 60 }),
  });
  const card = fc.record({ width: fc.integer({ min: 200, max: 372 }), height: fc.integer({ min: 60, max: 420 }) });
  const stage = fc.record({ width: fc.integer({ min: 500, max: 1500 }), height: fc.integer({ min: 440, max: 1000 }) });

  it('lies on the stage, and beside the operator wherever there is room', () => {
    fc.assert(
      fc.property(box, card, stage, (node, size, area) => {
        fc.pre(node.x + node.width > 0 && node.y + node.height > 0 && node.x < area.width && node.y < area.height);
        const at = placeCard(node, size, area);
        assert.ok(at.x >= 0 && at.y >= 0, 'begins on the stage');
        assert.ok(at.x + size.width <= area.width && at.y + size.height <= area.height, 'ends on the stage');
        const room = [
          node.x - size.width,
          area.width - node.x - node.width - size.width,
          node.y - size.height,
          area.height - node.y - node.height - size.height,
        ];
        const over =
          at.x < node.x + node.width &&
          node.x < at.x + size.width &&
          at.y < node.y + node.height &&
          node.y < at.y + size.height;
        // 12 px to the operator, 8 to the edge
        if (Math.max(...room) >= 20) assert.ok(!over, 'leaves the operator free');
      }),
    );
  });

  it('takes the side with more room, level with the operator', () => {
    const size = { width: 300, height: 200 };
    const area = { width: 1400, height: 800 };
    assert.deepEqual(placeCard({ x: 200, y: 100, width: 224, height: 36 }, size, area), { x: 436, y: 100 });
    assert.deepEqual(placeCard({ x: 900, y: 100, width: 224, height: 36 }, size, area), { x: 588, y: 100 });
    assert.deepEqual(placeCard({ x: 200, y: 780, width: 224, height: 36 }, size, area), { x: 436, y: 592 });
    assert.deepEqual(placeCard({ x: 100, y: 60, width: 224, height: 36 }, size, { width: 420, height: 800 }), {
      x: 100,
      y: 108,
    });
  });
});

const mo = (text: string): MathNode => ({ tag: 'mo', text });
const mi = (text: string): MathNode => ({ tag: 'mi', text });
const mrow = (...children: readonly MathNode[]): MathNode => ({ tag: 'mrow', children });
const tensor = (name: string, ...indices: readonly string[]): MathNode =>
  mrow(mi(name), mo('['), ...indices.flatMap((i, at) => (at ? [mo(','), mi(i)] : [mi(i)])), mo(']'));

describe('lines of a formula', () => {
  // Y[b, k] = g(β[k] + W[k, c] X[b, c])
  const formula = pieces(
    mrow(
      tensor('Y', 'b', 'k'),
      mo('='),
      mrow(
        mi('g'),
        mo('('),
        mrow(tensor('β', 'k'), mo('+'), mrow(tensor('W', 'k', 'c'), tensor('X', 'b', 'c'))),
        mo(')'),
      ),
    ),
  );
  const words = (starts: readonly number[]): readonly string[] =>
    starts.map((from, i) =>
      formula
        .slice(from, starts[i + 1])
        .map(({ text }) => text)
        .join(''),
    );
  /** Every piece 10 px wide. */
  const rights = formula.map((_, i) => (i + 1) * 10);
  const lines = (width: number) => fitLines(rights, breaksAfter(formula), width, 20);

  it('keeps one line where it fits, a little smaller if need be', () => {
    assert.deepEqual(lines(300), { starts: [0], size: 1 });
    assert.deepEqual(lines(rights.at(-1)!).size, 1);
    const { starts, size } = lines(250);
    assert.deepEqual([starts, size < 1], [[0], true]);
  });

  it('ends lines after a sum’s sign, and between factors only if it must', () => {
    assert.deepEqual(words(lines(190).starts), ['Y[b,k]=g(β[k]+', 'W[k,c]X[b,c])']);
    assert.deepEqual(words(lines(110).starts), ['Y[b,k]=', 'g(β[k]+', 'W[k,c]', 'X[b,c])']);
  });

  it('never loses a piece, and never breaks between indices', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 400 }), (width) => {
        const all = words(lines(width).starts);
        assert.equal(all.join(''), words([0])[0]);
        for (const line of all) assert.equal(line.split('[').length, line.split(']').length, line);
      }),
    );
  });
});
