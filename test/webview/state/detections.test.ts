import assert from 'node:assert/strict';
import fc from 'fast-check';
import { detectionsOf, strongest, type Detection, type OutputTensor } from '../../../webview/state/detections';

const SIZE = { width: 320, height: 240 };
const tensor = (name: string, dims: readonly number[], data: readonly number[]): OutputTensor => ({ name, dims, data });
const round = (found: readonly Detection[]): unknown =>
  found.map(({ left, top, right, bottom, index, label }) => [
    ...[left, top, right, bottom].map((place) => Math.round(place)),
    index,
    label,
  ]);

describe('boxes in the outputs of a net', () => {
  it('are read from boxes and the scores of all classes, the ground left out', () => {
    const outputs = [
      tensor('scores', [1, 3, 2], [0.9, 0.1, 0.2, 0.8, 0.05, 0.95]),
      tensor('boxes', [1, 3, 4], [0, 0, 1, 1, 0.1, 0.1, 0.5, 0.5, 0.11, 0.1, 0.5, 0.5]),
    ];
    const { found } = detectionsOf(outputs, SIZE, null)!;
    // the second and the third are the same thing
    assert.deepEqual(round(found), [[35, 24, 160, 120, 1, null]]);
  });

  it('are read from boxes, labels and scores, in pixels or parts, x or y first', () => {
    const names = ['ground', 'cat', 'dog'];
    const torch = [
      tensor('boxes', [2, 4], [10, 20, 110, 220, 0, 0, 50, 50]),
      tensor('labels', [2], [2, 1]),
      tensor('scores', [2], [0.6, 0.7]),
    ];
    assert.deepEqual(round(detectionsOf(torch, SIZE, names)!.found), [
      [0, 0, 50, 50, 1, 'cat'],
      [10, 20, 110, 220, 2, 'dog'],
    ]);
    const tensorflow = [
      tensor('detection_boxes', [1, 1, 4], [0.5, 0.25, 1, 0.75]),
      tensor('detection_classes', [1, 1], [1]),
      tensor('detection_scores', [1, 1], [0.6]),
      tensor('num_detections', [1], [1]),
    ];
    assert.deepEqual(round(detectionsOf(tensorflow, SIZE, names)!.found), [[80, 120, 240, 240, 1, 'cat']]);
  });

  it('are read from one output of YOLO, told by its number of places', () => {
    const size = { width: 64, height: 64 };
    const places = 64 + 16 + 4;
    const since8 = new Array<number>(6 * places).fill(0);
    const at = 7;
    [32, 16, 20, 10, 0.1, 0.9].forEach((value, row) => (since8[row * places + at] = value));
    assert.deepEqual(round(detectionsOf([tensor('output0', [1, 6, places], since8)], size, null)!.found), [
      [22, 11, 42, 21, 1, null],
    ]);
    const upTo7 = new Array<number>(7 * 3 * places).fill(0);
    [32, 16, 20, 10, 0.9, 0.8, 0.1].forEach((value, column) => (upTo7[7 * at + column] = value));
    assert.deepEqual(round(detectionsOf([tensor('output', [1, 3 * places, 7], upTo7)], size, null)!.found), [
      [22, 11, 42, 21, 0, null],
    ]);
  });

  it('are not seen in outputs that do not say so', () => {
    assert.equal(detectionsOf([tensor('probabilities', [1, 1000], [1])], SIZE, null), null);
    assert.equal(detectionsOf([tensor('x', [1, 3, 240, 320], [])], SIZE, null), null);
    assert.equal(detectionsOf([tensor('boxes', [1, 2, 4], [0, 0, 1, 1, 0, 0, 1, 1])], SIZE, null), null);
    assert.equal(
      detectionsOf([tensor('boxes', [1, 2, 4], []), tensor('scores', [1, 3, 2], [])], SIZE, null),
      null,
      'as many scores as boxes',
    );
  });

  it('never hold two of a class that are the same thing, nor lose the strongest', () => {
    const place = fc.integer({ min: 0, max: 40 });
    const one = fc
      .tuple(place, place, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), fc.nat(100), fc.nat(2))
      .map(([left, top, w, h, score, index]) => ({
        ...{ left, top, right: left + w, bottom: top + h },
        ...{ score: score / 100, index, label: null },
      }));
    const share = (a: Detection, b: Detection): number => {
      let [both, either] = [0, 0];
      for (let y = 0; y < 80; y++)
        for (let x = 0; x < 80; x++) {
          const [inA, inB] = [a, b].map((d) => x >= d.left && x < d.right && y >= d.top && y < d.bottom);
          if (inA && inB) both++;
          if (inA || inB) either++;
        }
      return both / either;
    };
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (candidates) => {
        const kept = strongest(candidates);
        for (const [at, a] of kept.entries())
          for (const b of kept.slice(at + 1)) assert.ok(a.index !== b.index || share(a, b) <= 0.45 + 1e-9);
        // what is dropped shares too much with something at least as strong that is kept
        for (const lost of candidates.filter((candidate) => !kept.includes(candidate)))
          assert.ok(kept.some((k) => k.index === lost.index && k.score >= lost.score && share(k, lost) > 0.45 - 1e-9));
      }),
      { numRuns: 60 },
    );
  });
});
