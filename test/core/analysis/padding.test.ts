import { strict as assert } from 'node:assert';
import { unitField } from '../../../src/core/analysis/exactField';
import { fieldPlan } from '../../../src/core/analysis/fieldPlan';
import type { ModelSpec } from '../../support/onnxModel';
import { net, type Layer } from '../../support/smallNet';

/** Of the unit at `at` of the last layer, on a signal of eight places, or on a picture of 8×8. */
function fieldOf(layers: readonly Layer[], at: readonly number[], constants: ModelSpec['constants'] = {}) {
  const facts = net([1, 1, ...at.map(() => 8)], layers, constants);
  const { pixels, padding, box } = unitField(fieldPlan(facts)!, facts.graph.outputs[0]!, at)!;
  return { pixels, padding, box };
}

const pads = (...ints: readonly number[]) => ({ p: { shape: [ints.length], ints } });

/** Counted by hand: the places a unit would use if every tensor went on beyond its border, less those inside the image. */
describe('the padding of a unit', () => {
  it('is what two borders together hold', () => {
    const twice: readonly Layer[] = [
      ['Conv', ['x', '3x3'], { pads: [1, 1, 1, 1] }],
      ['Conv', ['a', '3x3'], { pads: [1, 1, 1, 1] }],
    ];
    const corner = { pixels: 9, padding: 16, box: [[-2, 2], [-2, 2]] }; // prettier-ignore
    assert.deepEqual(fieldOf(twice, [0, 0]), corner);
    const edge = { pixels: 15, padding: 10, box: [[-2, 2], [2, 6]] }; // prettier-ignore
    assert.deepEqual(fieldOf(twice, [0, 4]), edge);
    assert.equal(fieldOf(twice, [3, 3]).padding, 0);
  });

  it('has the holes that the field has', () => {
    const dilated: readonly Layer[] = [['Conv', ['x', '3'], { dilations: [2], pads: [2, 2] }]];
    assert.deepEqual(fieldOf(dilated, [0]), { pixels: 2, padding: 1, box: [[-2, 2]] });
  });

  it('is none where a crop took away pixels that are there', () => {
    const cropped: readonly Layer[] = [
      ['Pad', ['x', 'p']],
      ['Conv', ['a', '3'], { pads: [1, 1] }],
    ];
    assert.deepEqual(fieldOf(cropped, [0], pads(0, 0, -2, 0, 0, 0)), { pixels: 2, padding: 0, box: [[1, 3]] });
  });

  it('is none where the border shows the picture again', () => {
    const mirrored: readonly Layer[] = [
      ['Pad', ['x', 'p'], { mode: 'reflect' }],
      ['Conv', ['a', '3']],
    ];
    assert.deepEqual(fieldOf(mirrored, [0], pads(0, 0, 1, 0, 0, 1)), { pixels: 2, padding: 0, box: [[0, 1]] });
  });
});
