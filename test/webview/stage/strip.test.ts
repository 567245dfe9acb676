import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Family } from '../../../src/core/view/types';
import { mainFamily } from '../../../webview/stage/paint/far';
import { stripes } from '../../../webview/stage/paint/group';

const family = fc.constantFrom<Family>('convolution', 'join', 'normalisation', 'pooling');
const countsOf = (list: readonly Family[]): Map<Family, number> => {
  const counts = new Map<Family, number>();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
};

describe('families of a module', () => {
  it('have each its share of the stripes, to one stripe, however regular the module', () => {
    const regular = fc
      .tuple(fc.array(family, { minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 60 }))
      .map(([block, times]) => Array.from({ length: times }, () => block).flat());
    fc.assert(
      fc.property(fc.oneof(regular, fc.array(family, { minLength: 1, maxLength: 300 })), (families) => {
        const shown = stripes(families);
        assert.equal(shown.length, Math.min(16, families.length));
        const [all, some] = [countsOf(families), countsOf(shown)];
        for (const [one, count] of all)
          assert.ok(Math.abs((some.get(one) ?? 0) - (16 * count) / families.length) < 2 || families.length <= 16, one);
        for (const one of shown) assert.ok(all.has(one));
      }),
    );
  });

  it('are those of its layers from far away, not of the plumbing around them', () => {
    const head: Family[] = ['shape', 'pooling', 'convolution', 'shape', 'dense', 'shape', 'shape', 'dense'];
    assert.equal(mainFamily(head), 'dense');
    assert.equal(
      mainFamily(['join', 'normalisation', 'convolution', 'join', 'normalisation', 'convolution']),
      'convolution',
    );
    assert.equal(mainFamily(['shape', 'shape']), 'shape');
  });
});
