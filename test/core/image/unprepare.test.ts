import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pictureOf, prepare, type Preparation } from '../../../src/core/image';

describe('the way back from numbers to a picture', () => {
  it('gives the picture that was prepared, in every order and layout', () => {
    const preparations = fc.record({
      order: fc.constantFrom('RGB' as const, 'BGR' as const),
      layout: fc.constantFrom('NCHW' as const, 'NHWC' as const),
      scale: fc.constantFrom(1, 1 / 255, 2 / 255),
      mean: fc.constantFrom([0, 0, 0], [0.485, 0.456, 0.406], [104, 117, 123]),
      std: fc.constantFrom([1, 1, 1], [0.229, 0.224, 0.225]),
    });
    const sides = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));
    fc.assert(
      fc.property(preparations, sides, fc.infiniteStream(fc.nat(255)), (own, [width, height], bytes) => {
        const data = new Uint8ClampedArray(width * height * 4);
        for (let at = 0; at < data.length; at++) data[at] = at % 4 === 3 ? 255 : (bytes.next().value as number);
        const preparation: Preparation = {
          ...own,
          width,
          height,
          channels: 3,
          resize: 'crop',
          dtype: 'float32',
          reason: '',
        };
        const { tensor } = prepare({ width, height, data }, preparation);
        const back = pictureOf(tensor.data, tensor.dims, preparation);
        assert.deepEqual([back.width, back.height, [...back.data]], [width, height, [...data]]);
      }),
    );
  });

  it('shows one channel as grey', () => {
    const preparation = { order: 'grey', layout: 'NCHW', scale: 1 / 255, mean: [0], std: [1] } as const;
    assert.deepEqual([...pictureOf([0, 1], [1, 1, 1, 2], preparation).data], [0, 0, 0, 255, 255, 255, 255, 255]);
  });
});
