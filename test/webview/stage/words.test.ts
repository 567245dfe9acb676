import assert from 'node:assert/strict';
import { fitLabel } from '../../../webview/stage/paint/node';
import { fitModule, fitTitle, shortKind, sizeFor } from '../../../webview/stage/paint/shortNames';
import { labelWires } from '../../../webview/stage/paint/wire';
import { LEAVES, type Geometry } from '../../../webview/stage/layout/types';
import { Texts } from '../../../webview/stage/paint/text';

/** Every letter is half as wide as it is high. */
const texts = new Texts({ font: '', measureText: (text: string) => ({ width: 50 * text.length }) }, 'any');

describe('words in a box', () => {
  const sum = ['128 + 192 + 96 + 64'];
  const fit = (label: readonly string[], letters: number): string => fitLabel({ texts }, label, 5 * letters, 10);

  it('close up a sum before any of it is cut', () => {
    assert.equal(fit(sum, 19), '128 + 192 + 96 + 64');
    assert.equal(fit(sum, 18), '128+192+96+64');
    assert.equal(fit(sum, 13), '128+192+96+64');
  });
  it('close up an arrow before the name beside it is cut', () => {
    assert.equal(fit(['600 → 120'], 9), '600 → 120');
    assert.equal(fit(['600 → 120'], 8), '600→120');
  });
  it('never cut a number in two', () => {
    assert.equal(fit(sum, 12), '128+192+96+…');
    assert.equal(fit(sum, 11), '128+192+…');
    assert.equal(fit(sum, 5), '128+…');
  });
  it('leave out what tells least, and say so', () => {
    assert.equal(fit(['3×3', '64', '/2'], 13), '3×3 · 64 · /2');
    assert.equal(fit(['3×3', '64', '/2'], 12), '3×3 · 64 …');
    assert.equal(fit(['3×3', '64', '/2'], 5), '3×3 …');
  });
});

describe('names in a box', () => {
  const conv = { op: 'ConvTranspose', title: 'Transposed conv' };
  const fit = (node: { op: string; title: string }, letters: number): string => fitTitle(texts, node, 5 * letters, 10);

  it('are abbreviated before they are cut: half of one name may be another', () => {
    assert.equal(fit(conv, 15), 'Transposed conv');
    assert.equal(fit(conv, 14), 'Transp. conv');
    assert.equal(fit(conv, 8), 'Transp.…');
    assert.equal(fit({ op: 'Softmax', title: 'Softmax' }, 5), 'Soft…');
    assert.equal(shortKind('inverted residual'), 'inv. residual');
    assert.equal(shortKind('bottleneck'), 'bottleneck');
  });
  it('of a row of modules keep which ones they are', () => {
    const row = 'depthwise separable 2 … 4';
    assert.equal(fitModule(texts, row, 5 * 25, 10), row);
    assert.equal(fitModule(texts, row, 5 * 24, 10), 'dw separable 2 … 4');
    assert.equal(fitModule(texts, 'layer3.1 … 35', 5 * 13, 10), 'layer3.1 … 35');
  });
  it('become smaller before they are cut, to a size one can read', () => {
    assert.equal(sizeFor(texts, '0123456789', 60, 12, 10), 12);
    assert.equal(sizeFor(texts, '0123456789', 55, 12, 10), 11);
    assert.equal(sizeFor(texts, '0123456789', 20, 12, 10), 10);
  });
});

describe('sizes at edges', () => {
  it('stand together where tensors leave a box at one point', () => {
    const wires = {
      count: 3,
      points: Float64Array.from([5, 0, 5, 9, 5, 0, 9, 9, 7, 0, 7, 9]),
      start: Int32Array.from([0, 2, 4, 6]),
      kind: new Uint8Array(3),
      flags: new Uint8Array(3).fill(LEAVES),
      edge: Int32Array.from([0, 1, 2]),
      from: Int32Array.from([0, 0, 0]),
      to: Int32Array.from([1, 2, 3]),
    };
    const sizes = ['batch×1', '2×64', '8×8'];
    const labels = labelWires(
      { wires } as unknown as Geometry,
      (edge) => sizes[edge]!,
      () => true,
      () => 0,
    );
    assert.deepEqual(
      labels.map(({ wire, text }) => [wire, text]),
      [
        [0, 'batch×1, 2×64'],
        [2, '8×8'],
      ],
    );
  });
});
