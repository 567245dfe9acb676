import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Scene } from '../../../src/core/view/types';
import { firstLook, fitTo, READABLE, viewOf, zoomAt } from '../../../webview/stage/camera';
import type { FrameLayout } from '../../../webview/stage/layout/frame';
import { layoutScene } from '../../../webview/stage/layout/nested';
import { levelAt } from '../../../webview/stage/paint/level';
import { hitTest, stageModel } from '../../../webview/stage/scene/model';
import { chainScene } from './graphs';

const sceneWith = (nodes: number): Scene =>
  ({
    nodes: Array.from({ length: nodes }, (_, id) => ({ id, pillOf: null, group: null })),
    groups: [],
    ports: [{}, {}],
    edges: [],
  }) as unknown as Scene;

describe('stage model', () => {
  it('finds the box, the edge or nothing under a point', async () => {
    const request = { open: [], plumbing: false, fold: true, direction: 'vertical' as const };
    const { geometry } = await layoutScene(chainScene(2), request, new Map<string, FrameLayout>(), () =>
      Promise.resolve(),
    );
    const model = stageModel(sceneWith(2), geometry);
    const place = model.placeOf[0]!;
    const box = model.box(place);
    const [cx, bottom] = [box.x + box.width / 2, box.y + box.height];
    assert.deepEqual(hitTest(model, cx, box.y + 5, 4), { on: 'box', place });
    assert.equal(hitTest(model, cx + 2, bottom + 11, 4)?.on, 'wire');
    assert.equal(hitTest(model, cx + 40, bottom + 11, 4), null);
  });
});

describe('first look', () => {
  const insets = { left: 24, right: 136, top: 14, bottom: 40 };
  const box = fc.record({
    width: fc.integer({ min: 100, max: 20_000 }),
    height: fc.integer({ min: 60, max: 400_000 }),
  });
  const stage = fc.record({ width: fc.integer({ min: 300, max: 3000 }), height: fc.integer({ min: 200, max: 2000 }) });

  it('tells sizes, whatever the graph, and begins with the input where it cannot show all', () => {
    fc.assert(
      fc.property(
        box,
        stage,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (size, { width, height }, at, sideways) => {
          const whole = { x: 0, y: 0, ...size };
          const axis = at * (sideways ? size.height : size.width);
          const camera = firstLook(whole, axis, width, height, insets, sideways);
          const { zoom, left, top } = viewOf(camera, width, height, 1);
          assert.ok(zoom >= READABLE && zoom <= 1, `opens at ${zoom}`);
          assert.notEqual(levelAt(zoom), 'middle');
          // Where the data enters: on the axis, at its very beginning.
          const [x, y] = sideways ? [left, top + axis * zoom] : [left + axis * zoom, top];
          assert.ok(x >= 0 && x <= width && y >= 0 && y <= height, `the input stands at ${x}, ${y}`);
          const fits =
            size.width * READABLE <= width - insets.left - insets.right &&
            size.height * READABLE <= height - insets.top - insets.bottom;
          const right = left + size.width * zoom;
          const below = top + size.height * zoom;
          if (fits) assert.ok(left >= 0 && top >= 0 && right <= width && below <= height, 'all of it is in sight');
          else assert.ok(zoom <= 0.9);
        },
      ),
    );
  });
});

describe('camera', () => {
  const camera = { x: 10, y: 20, zoom: 0.5 };
  it('zooms about the pointer', () => {
    const before = viewOf(camera, 800, 600, 1);
    const after = viewOf(zoomAt(camera, 800, 600, 700, 50, 2), 800, 600, 1);
    const world = (v: typeof before) => [(700 - v.left) / v.zoom, (50 - v.top) / v.zoom];
    world(before).forEach((value, i) => assert.ok(Math.abs(value - world(after)[i]!) < 1e-9));
  });
  it('fits a box into what the insets leave', () => {
    const insets = { left: 100, right: 0, top: 0, bottom: 0 };
    const view = viewOf(fitTo({ x: 0, y: 0, width: 350, height: 10 }, 800, 600, insets), 800, 600, 1);
    assert.equal(view.zoom, 1);
    assert.equal(view.left, 100 + 175);
  });
});
