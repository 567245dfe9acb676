import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tapBytes } from '../../src/core/formats/onnx/taps';
import { blamed, readTaps, writeTaps } from '../../src/core/taps';

const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), { maxLength: 40 });

describe('taps behind a model file', () => {
  it('are read as the host wrote them, and written the same', () => {
    fc.assert(
      fc.property(names, (wanted) => {
        const bytes = tapBytes(wanted);
        const taps = readTaps(bytes);
        assert.deepEqual(
          taps.map(({ name }) => name),
          wanted,
        );
        assert.deepEqual([...writeTaps(taps)], [...bytes]);
      }),
    );
  });

  it('can be thinned out', () => {
    fc.assert(
      fc.property(names, fc.func(fc.boolean()), (wanted, keep) => {
        const some = wanted.filter((name) => keep(name));
        const thinned = writeTaps(readTaps(tapBytes(wanted)).filter(({ name }) => some.includes(name)));
        assert.deepEqual([...thinned], [...tapBytes(some)]);
      }),
    );
  });

  it('are blamed when a message names them, and only then', () => {
    const taps = readTaps(tapBytes(['a', 'conv1_1', 'conv1', '/seq/Split_output_0']));
    const guilty = (message: string): string[] => blamed(taps, message).map(({ name }) => name);
    assert.deepEqual(guilty('Type Error: Type of output (conv1_1) is not known.'), ['conv1_1']);
    assert.deepEqual(guilty("output '/seq/Split_output_0': not a tensor"), ['/seq/Split_output_0']);
    assert.deepEqual(guilty('Out of memory'), []);
  });
});
