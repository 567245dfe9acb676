import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isScores, probabilities, topClasses } from '../../src/core/scores';

const labels = (names: string[]) => ({ names });
const vector = (data: number[]) => ({ dims: [1, data.length], data });

describe('classes', () => {
  it('sees scores in vectors only', () => {
    assert.ok(isScores({ dims: [1, 1000, 1, 1], data: new Float32Array(1000) }));
    assert.ok(isScores({ dims: [10], data: new Float32Array(10) }));
    assert.ok(!isScores({ dims: [1, 1], data: [1] }));
    assert.ok(!isScores({ dims: [1, 4420, 2], data: new Float32Array(8840) }));
    assert.ok(!isScores({ dims: [], data: [1] }));
  });

  it('leaves probabilities alone and turns logits into some', () => {
    assert.deepEqual([...probabilities([0.25, 0.75])], [0.25, 0.75]);
    const [a, b] = probabilities([0, Math.log(3)]);
    assert.ok(Math.abs(a! - 0.25) < 1e-12 && Math.abs(b! - 0.75) < 1e-12);
  });

  it('gives probabilities for any scores, in the order of the scores', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, min: -1e4, max: 1e4 }), { minLength: 2, maxLength: 30 }),
        (scores) => {
          const shares = probabilities(scores);
          const sum = shares.reduce((total, share) => total + share, 0);
          assert.ok(Math.abs(sum - 1) < 0.021);
          for (let at = 1; at < scores.length; at++)
            if (scores[at]! > scores[at - 1]!) assert.ok(shares[at]! >= shares[at - 1]!);
        },
      ),
    );
  });

  it('names the five most probable', () => {
    const top = topClasses(vector([0, 5, 1, 4, 2, 3]), labels(['a', 'b', 'c', 'd', 'e', 'f']))!;
    assert.deepEqual(
      top.map(({ index, label }) => `${index}${label ?? ''}`),
      ['1b', '3d', '5f', '4e', '2c'],
    );
    assert.deepEqual(
      topClasses(vector([1, 0]), null)!.map(({ index, label }) => [index, label]),
      [
        [0, null],
        [1, null],
      ],
    );
  });

  it('knows outputs with a class for the background', () => {
    const top = topClasses(vector([0, 9, 1]), labels(['cat', 'dog']))!;
    assert.deepEqual(
      top.map(({ label }) => label),
      ['cat', 'dog', 'background'],
    );
    assert.equal(topClasses(vector([0, 9, 1]), labels(['only', 'five', 'names', 'that', 'miss']))![0]!.label, null);
  });

  it('says nothing where there is nothing to say', () => {
    assert.equal(topClasses(vector([NaN, 1]), null), null);
    assert.equal(topClasses({ dims: [1, 2, 3], data: new Float32Array(6) }, null), null);
  });
});
