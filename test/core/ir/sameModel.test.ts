import { strict as assert } from 'node:assert';
import { readDefinition } from '../../../src/core/formats/cnn/definition';
import { sameModel } from '../../../src/core/ir/sameModel';

const NET = 'input: 8x8x1\nlayers:\n  - conv: 4 3x3 relu\n    name: a\n  - dense: 3\n';
const model = (source: string) => readDefinition(source, 'x').model;

describe('whether two texts make the same net', () => {
  const own = model(NET);

  it('is no matter of blanks, comments and lines', () => {
    assert.ok(sameModel(own, model(NET)));
    assert.ok(
      sameModel(own, model(`# why\n${NET.replace('conv: 4', 'conv:   4').replace('  - dense', '\n  - dense')}`)),
    );
    assert.ok(
      sameModel(own, model(NET.replace('conv: 4 3x3 relu', 'conv: {channels: 4, kernel: 3, activation: relu}'))),
    );
  });

  for (const [what, from, to] of [
    ['a number', '4 3x3', '5 3x3'],
    ['an operator', 'relu', 'elu'],
    ['a name', 'name: a', 'name: b'],
    ['the seed of the weights', 'input', 'seed: 2\ninput'],
    ['how the weights begin', 'name: a', 'init: zeros'],
    ['the range of the pixels', 'input: 8x8x1', 'input: {size: 8x8x1, values: 0..255}'],
    ['a layer less', '  - dense: 3\n', ''],
  ] as const)
    it(`is a matter of ${what}`, () => {
      const other = model(NET.replace(from, to));
      assert.ok(!sameModel(own, other));
      assert.ok(!sameModel(other, own));
    });
});
