/** Where the camera goes when all of a net, or one layer of it, is asked for. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitTo, fitWhole, viewOf, within } from '../../../webview/stage/camera';
import { insetsOf, missing } from '../../../webview/stage/framing';
import { minimapStep } from '../../../webview/stage/input/minimap';

const insets = { left: 24, right: 136, top: 14, bottom: 40 };
const stage = { width: 1000, height: 800 };
/** Ten thousand layers below one another. */
const long = { x: 0, y: 0, width: 224, height: 580_000 };

describe('fitting all', () => {
  it('shows all of a net whose layers can still be told apart', () => {
    const tall = { x: 0, y: 0, width: 600, height: 25_000 };
    const from = { x: 0, y: 9000, zoom: 1 };
    assert.deepEqual(fitWhole(tall, from, 1000, 800, insets), fitTo(tall, 1000, 800, insets));
  });

  it('keeps the layers of a longer one apart, from the input on where one looks at that', () => {
    const camera = fitWhole(long, { x: 112, y: 300, zoom: 0.9 }, 1000, 800, insets);
    const view = viewOf(camera, 1000, 800, 1);
    assert.ok(58 * view.zoom > 1, 'a layer and its gap take more than a pixel');
    assert.ok(224 * view.zoom > 4, 'a box is more than a line');
    assert.ok(Math.abs(view.top - insets.top) < 1e-6, 'the input is at the top');
  });

  it('stays about the place one looks at', () => {
    const camera = fitWhole(long, { x: 0, y: 300_000, zoom: 0.9 }, 1000, 800, insets);
    assert.equal(camera.y, 300_000);
    assert.ok(camera.x * camera.zoom < stage.width / 2 + 100, 'and its breadth is in sight');
  });
});

describe('a look within a drawing', () => {
  const box = fc.record({
    x: fc.constant(0),
    y: fc.constant(0),
    width: fc.integer({ min: 100, max: 9000 }),
    height: fc.integer({ min: 100, max: 90_000 }),
  });
  const camera = fc.record({
    x: fc.integer({ min: -5000, max: 12_000 }),
    y: fc.integer({ min: -5000, max: 99_000 }),
    zoom: fc.double({ min: 0.05, max: 2, noNaN: true }),
  });
  it('leaves no emptiness beside what would fill it, and cuts nothing of what fits', () => {
    fc.assert(
      fc.property(box, camera, (whole, from) => {
        const to = within(from, whole, stage, insets);
        const view = viewOf(to, stage.width, stage.height, 1);
        const room = stage.height - insets.top - insets.bottom;
        const bottom = view.top + whole.height * view.zoom;
        if (whole.height * view.zoom < room) {
          assert.ok(view.top >= insets.top - 1e-6 && bottom <= stage.height - insets.bottom + 1e-6);
        } else {
          assert.ok(view.top <= insets.top + 1e-6);
          assert.ok(bottom >= stage.height - insets.bottom - 1e-6);
        }
        const again = within(to, whole, stage, insets);
        assert.ok(Math.abs(again.x - to.x) + Math.abs(again.y - to.y) < 1e-6, 'once is enough');
      }),
    );
  });

  it('keeps clear of a legend of several lines', () => {
    const state = { margin: false, direction: 'vertical', inspectorOpen: false } as never;
    const tall = { x: 0, y: 0, width: 300, height: 2000 };
    for (const below of [0, 38, 92]) {
      const view = viewOf(fitTo(tall, 1000, 800, insetsOf(state, null, 1000, below)), 1000, 800, 1);
      assert.ok(view.top + tall.height * view.zoom <= 800 - below);
    }
  });

  it('brings out what the legend covers', () => {
    const camera = { x: 500, y: 400, zoom: 1 };
    const view = viewOf(camera, stage.width, stage.height, 1);
    const box = { x: 400, y: 690, width: 224, height: 36 };
    assert.equal(missing(box, camera, view, insets), null);
    assert.notEqual(missing(box, camera, view, { ...insets, bottom: 90 }), null);
  });
});

describe('the minimap by keyboard', () => {
  const geometry = { width: 900, height: 20_000, direction: 'vertical' } as const;
  const at = { x: 450, y: 8000, zoom: 0.8 };
  const press = (key: string, from = at) => minimapStep(key, from, stage, geometry, insets);

  it('goes by quarters, pages, and to the ends', () => {
    assert.equal(press('ArrowDown')!.y, 8000 + 250);
    assert.equal(press('ArrowUp')!.y, 8000 - 250);
    assert.equal(press('PageDown')!.y, 8000 + 900);
    assert.equal(viewOf(press('Home')!, 1000, 800, 1).top, insets.top);
    const end = viewOf(press('End')!, 1000, 800, 1);
    assert.ok(Math.abs(end.top + 20_000 * 0.8 - (800 - insets.bottom)) < 1e-6);
    assert.deepEqual(press('End', press('End')!), press('End'));
  });

  it('moves along one axis at a time, and takes no other key', () => {
    const wide = { width: 9000, height: 900, direction: 'horizontal' } as const;
    const to = minimapStep('PageDown', { x: 4000, y: 123, zoom: 0.8 }, stage, wide, insets);
    assert.deepEqual(to, { x: 4000 + 0.9 * 1250, y: 123, zoom: 0.8 });
    assert.equal(press('a'), null);
    assert.equal(press('constructor'), null);
  });
});
