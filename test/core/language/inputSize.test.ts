import { strict as assert } from 'node:assert';
import { resizeInput } from '../../../src/core/language/inputSize';
import { edited, snapshotOf } from './marked';

const LAYERS = 'layers:\n  - conv: 4 3x3\n';
const resized = (source: string, ...shape: readonly number[]): string | null => {
  const edit = resizeInput(snapshotOf(source), shape);
  return edit && edited(source, [edit]);
};

describe('another size of the input', () => {
  it('is written the way the text has it', () => {
    assert.equal(resized(`input: 224x112x3 # why\n${LAYERS}`, 1, 3, 64, 96), `input: 96x64x3 # why\n${LAYERS}`);
    assert.equal(resized(`input: 28x28\n${LAYERS}`, 1, 1, 32, 16), `input: 16x32x1\n${LAYERS}`);
    assert.equal(resized(`input: 1x3x8x9\n${LAYERS}`, 1, 3, 16, 17), `input: 1x3x16x17\n${LAYERS}`);
    assert.equal(
      resized(`input:\n  size: 8x8x3\n  values: imagenet\n${LAYERS}`, 1, 3, 4, 5),
      `input:\n  size: 5x4x3\n  values: imagenet\n${LAYERS}`,
    );
  });

  it('names the batch where there is more than one', () => {
    assert.equal(resized(`input: 8x8x3\n${LAYERS}`, 2, 3, 8, 8), `input: 2x3x8x8\n${LAYERS}`);
  });

  it('is what analysis then finds', () => {
    const source = `input: 8x8x3\n${LAYERS}`;
    const { size } = snapshotOf(resized(source, 1, 1, 20, 30)!).definition.settings;
    assert.deepEqual(size, { batch: 1, channels: 1, rows: 20, columns: 30 });
  });

  it('is nothing without a size to change, or with other axes', () => {
    assert.equal(resized(LAYERS, 1, 3, 8, 8), null);
    assert.equal(resized(`input: 8x8x3\n${LAYERS}`, 3, 8, 8), null);
  });
});
