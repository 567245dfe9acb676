import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ownDrawing } from '../../support/drawings';
import { qualityOf, type PlacedBox } from '../../support/layoutQuality';
import { describeCorpus } from '../../support/corpus';
import { bigScene } from '../../gallery/bigScene';
import { realScene } from '../../gallery/realScene';

const SAMPLES = path.resolve(__dirname, '../../../samples/architectures');
const box = (left: number, top: number): PlacedBox => ({ left, top, right: left + 100, bottom: top + 20 });

describe('measuring a drawing', () => {
  it('counts what lies on one another, what runs through a box, crossings, turns and lengths', () => {
    const boxes = [box(0, 0), box(0, 100), box(200, 0), box(200, 100), box(50, 110)];
    const wires = [
      { from: 0, to: 1, points: [50, 20, 50, 100] },
      // Crosses the first on its way round, and runs through box 3.
      { from: 2, to: 4, points: [250, 20, 250, 60, 20, 60, 20, 80, 210, 80, 210, 130] },
    ];
    assert.deepEqual(qualityOf(boxes, wires), {
      overlaps: 1,
      covered: 1,
      crossings: 2,
      bends: 4,
      length: 80 + 40 + 230 + 20 + 190 + 50,
    });
  });

  it('takes no bundle for a crossing, and a corner on the way for no turn', () => {
    const wires = [
      { from: 0, to: 1, points: [50, 20, 50, 50, 50, 100] },
      { from: 0, to: 2, points: [50, 20, 50, 60, 0, 60, 80, 60] },
      { from: 0, to: 3, points: [30, 40, 70, 40] },
    ];
    const { crossings, bends } = qualityOf([], wires);
    assert.deepEqual([crossings, bends], [0, 1]);
    assert.throws(() => qualityOf([], [{ from: 0, to: 1, points: [0, 0, 5, 5] }]), /aslant/);
  });
});

describe('drawings of whole nets, all of it open', () => {
  for (const name of readdirSync(SAMPLES).filter((file) => file.endsWith('.onnx')))
    for (const direction of ['vertical', 'horizontal'] as const)
      it(`${name}, ${direction}: nothing on top of another, no edge through a box, none across another`, async () => {
        const { boxes, wires } = await ownDrawing(await realScene(path.join(SAMPLES, name)), direction);
        const { overlaps, covered, crossings } = qualityOf(boxes, wires);
        assert.ok(boxes.length > 10);
        assert.deepEqual({ overlaps, covered, crossings }, { overlaps: 0, covered: 0, crossings: 0 });
      });

  it('10 000 operators with skips and branches: the same', async function () {
    this.timeout(60_000);
    const { boxes, wires } = await ownDrawing(bigScene(10_000));
    const { overlaps, covered, crossings } = qualityOf(boxes, wires);
    assert.deepEqual({ overlaps, covered, crossings }, { overlaps: 0, covered: 0, crossings: 0 });
  });
});

describeCorpus('drawings of the corpus, all of it open', (folder) => {
  for (const name of ['resnet50', 'googlenet_aux_train', 'unet_paper', 'mobilenet_v2', 'resnet152', 'squeezenet1_1'])
    it(`${name}: nothing on top of another, no edge through a box, none across another`, async () => {
      const { boxes, wires } = await ownDrawing(await realScene(path.join(folder, `models/${name}.onnx`)));
      const { overlaps, covered, crossings } = qualityOf(boxes, wires);
      assert.deepEqual({ overlaps, covered, crossings }, { overlaps: 0, covered: 0, crossings: 0 });
    });

  it('densenet121: fewer crossings than edges, though every layer is joined to all before it', async () => {
    const { boxes, wires, edges } = await ownDrawing(await realScene(path.join(folder, 'models/densenet121.onnx')));
    const { overlaps, covered, crossings } = qualityOf(boxes, wires);
    assert.deepEqual([overlaps, covered], [0, 0]);
    assert.ok(crossings < edges, `${crossings} crossings of ${edges} edges`);
  });
});
