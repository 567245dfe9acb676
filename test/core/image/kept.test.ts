import assert from 'node:assert/strict';
import { keptPreparation, type Preparation } from '../../../src/core/image';

const guessed: Preparation = {
  width: 64,
  height: 64,
  channels: 3,
  resize: 'crop',
  order: 'RGB',
  layout: 'NCHW',
  dtype: 'float16',
  scale: 1 / 255,
  mean: [0, 0, 0],
  std: [1, 1, 1],
  reason: 'guessed',
};

describe('a preparation kept from an earlier run', () => {
  it('keeps what the user chose, and the input’s own size, layout and type', () => {
    const kept = {
      ...guessed,
      width: 224,
      layout: 'NHWC',
      dtype: 'float32',
      order: 'BGR',
      scale: 1,
      mean: [104, 117, 123],
    };
    assert.deepEqual(keptPreparation(JSON.parse(JSON.stringify(kept)), guessed), {
      ...guessed,
      order: 'BGR',
      scale: 1,
      mean: [104, 117, 123],
    });
  });
  it('is forgotten when it is none, or does not fit', () => {
    const broken: readonly unknown[] = [
      null,
      'x',
      {},
      { ...guessed, channels: 1 },
      { ...guessed, std: [1, 0, 1] },
      { ...guessed, mean: [1, 2] },
      { ...guessed, scale: NaN },
      { ...guessed, order: 'RGBA' },
      { ...guessed, resize: 'zoom' },
    ];
    for (const kept of broken) assert.equal(keptPreparation(kept, guessed), null, JSON.stringify(kept));
  });
});
