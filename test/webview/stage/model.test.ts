import assert from 'node:assert/strict';
import type { Scene } from '../../../src/core/view/types';
import { fitTo, viewOf, zoomAt } from '../../../webview/stage/camera';
import type { FrameLayout } from '../../../webview/stage/layout/frame';
import { layoutScene } from '../../../webview/stage/layout/nested';
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
