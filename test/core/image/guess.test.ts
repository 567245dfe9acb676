import assert from 'node:assert/strict';
import { guessPreparation, type InputFacts } from '../../../src/core/image';

const facts = (own: Partial<InputFacts>): InputFacts => ({
  name: 'input',
  dtype: 'float32',
  shape: [1, 3, 224, 224],
  producer: 'pytorch 1.13.0',
  metadata: {},
  outputs: ['output'],
  firstLayers: [],
  ...own,
});
const guess = (own: Partial<InputFacts>) => {
  const preparation = guessPreparation(facts(own));
  assert.ok(preparation);
  assert.equal(preparation.mean.length, preparation.channels);
  assert.equal(preparation.std.length, preparation.channels);
  assert.ok(preparation.reason.length > 5);
  return preparation;
};

describe('guessPreparation', () => {
  it('takes torch nets for trained on ImageNet', () => {
    const { order, mean, std, scale, width, layout, resize } = guess({});
    assert.deepEqual([order, width, layout, resize], ['RGB', 224, 'NCHW', 'crop']);
    assert.deepEqual(mean, [0.485, 0.456, 0.406]);
    assert.deepEqual(std, [0.229, 0.224, 0.225]);
    assert.equal(scale, 1 / 255);
  });

  it('takes nets that came from Caffe for BGR', () => {
    const { order, mean, scale, reason, dtype } = guess({ producer: 'onnx-caffe2', dtype: 'float16' });
    assert.deepEqual([order, scale, dtype], ['BGR', 1, 'float16']);
    assert.deepEqual(mean, [104, 117, 123]);
    assert.match(reason, /Caffe/);
  });

  it('reads one channel as grey, in bytes for CNTK', () => {
    const torch = guess({ shape: [1, 1, 28, 28] });
    assert.deepEqual([torch.order, torch.scale, torch.width], ['grey', 1 / 255, 28]);
    const cntk = guess({ shape: [1, 1, 28, 28], producer: 'CNTK 2.5.1' });
    assert.deepEqual([cntk.order, cntk.scale], ['grey', 1]);
  });

  it('knows face detectors by their outputs', () => {
    const { mean, std, resize, width, height } = guess({ shape: [1, 3, 240, 320], outputs: ['scores', 'boxes'] });
    assert.deepEqual([mean[0], std[0], resize, width, height], [127, 128, 'stretch', 320, 240]);
  });

  it('believes the file before anything else', () => {
    const own = guess({
      producer: 'onnx-caffe2',
      metadata: { 'convlens.preparation': '{"scale":1,"mean":[1,2,3],"std":[4],"order":"RGB","resize":"letterbox"}' },
    });
    assert.deepEqual([own.mean, own.std, own.order, own.resize], [[1, 2, 3], [4, 4, 4], 'RGB', 'letterbox']);
    assert.match(own.reason, /metadata/);
    const winml = guess({
      metadata: { 'Image.BitmapPixelFormat': 'Bgr8', 'Image.NominalPixelRange': 'NominalRange_0_255' },
    });
    assert.deepEqual([winml.order, winml.scale, winml.mean], ['BGR', 1, [0, 0, 0]]);
    const yolo = guess({ shape: [1, 3, 640, 640], metadata: { stride: '32', names: '{0: "person"}' } });
    assert.deepEqual([yolo.resize, yolo.scale, yolo.std], ['letterbox', 1 / 255, [1, 1, 1]]);
  });

  it('survives metadata that makes no sense', () => {
    for (const text of ['', '{', 'null', '[]', '{"mean":"x","std":[0],"scale":null,"order":7,"resize":"up"}']) {
      const { std, scale } = guess({ metadata: { 'convlens.preparation': text } });
      assert.ok(Number.isFinite(scale) && std.every((value) => value > 0), text);
    }
  });

  it('leaves pixels alone where the net normalises them itself', () => {
    const raw = (op: string, constant: number[]): number => guess({ firstLayers: [{ op, constant }] }).scale;
    assert.equal(raw('Div', [255]), 1);
    assert.equal(raw('Mul', [1 / 255]), 1);
    assert.equal(raw('Sub', [123.7, 116.3, 103.5]), 1);
    assert.equal(raw('BatchNormalization', [120, 115, 104]), 1);
    const unit = guess({ firstLayers: [{ op: 'Sub', constant: [0.485, 0.456, 0.406] }] });
    assert.deepEqual([unit.scale, unit.mean], [1 / 255, [0, 0, 0]]);
    const cast = guess({
      firstLayers: [
        { op: 'Cast', constant: null },
        { op: 'Div', constant: [255] },
      ],
    });
    assert.equal(cast.scale, 1);
    assert.notDeepEqual(guess({ firstLayers: [{ op: 'Relu', constant: null }] }).mean, [0, 0, 0]);
  });

  it('feeds bytes to inputs of bytes', () => {
    const { scale, mean, dtype } = guess({ dtype: 'uint8', shape: [1, 128, 128, 3] });
    assert.deepEqual([scale, mean, dtype], [1, [0, 0, 0], 'uint8']);
  });

  it('reads both layouts, open sizes, and inputs without a batch', () => {
    const shaped = (shape: InputFacts['shape']) => {
      const { layout, channels, height, width } = guess({ shape });
      return [layout, channels, height, width];
    };
    assert.deepEqual(shaped([null, 299, 299, 3]), ['NHWC', 3, 299, 299]);
    assert.deepEqual(shaped(['N', 3, 'H', 'W']), ['NCHW', 3, 224, 224]);
    assert.deepEqual(shaped(['N', 1, 'H', 64]), ['NCHW', 1, 64, 64]);
    assert.deepEqual(shaped(['a', 'b', 'c', 'd']), ['NCHW', 3, 224, 224]);
    assert.deepEqual(shaped([3, 32, 48]), ['NCHW', 3, 32, 48]);
    assert.deepEqual(shaped([32, 48, 1]), ['NHWC', 1, 32, 48]);
    assert.deepEqual(shaped([1, 28, 28]), ['NCHW', 1, 28, 28]);
  });

  it('gives none for what is no picture', () => {
    for (const shape of [
      [],
      [1, 512],
      [1, 1, 2048],
      [2, 1, 64],
      [1, 64, 2048],
      [1, 2, 16, 16],
      [1, 8, 8, 8],
      [1, 1, 3, 64, 64],
    ])
      assert.equal(guessPreparation(facts({ shape })), null, String(shape));
    assert.equal(guessPreparation(facts({ dtype: 'int64' })), null);
    assert.equal(guessPreparation(facts({ dtype: 'string' })), null);
  });
});
