import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  blocks,
  cornerAt,
  finest,
  isInside,
  linked,
  linkedWindow,
  MOST_BESIDE,
  rangeOf,
  toggled,
  type Extent,
  type MapWindow,
} from '../../../webview/state/beside';
import { createAppStore } from '../../../webview/state/app';
import { viewTensor } from '../../../webview/state/tensorView';
import { offered } from '../../../webview/panels/besideChoose';
import { cellText } from '../../../webview/panels/besideCorner';
import { besideWords } from '../../../webview/panels/besideWords';
import { besideInView } from '../../../webview/panels/putBeside';
import { Session } from '../../../src/core/language/snapshot';
import { buildScene } from '../../../src/core/view/scene';
import type { Scene } from '../../../src/core/view/types';

const sceneOf = (text: string): Scene => buildScene(new Session('x').read(text).drawing, 'x');
const extent = fc.record({ height: fc.integer({ min: 1, max: 40 }), width: fc.integer({ min: 1, max: 40 }) });
const cells = ({ top, left, rows, columns }: MapWindow): string[] =>
  Array.from({ length: rows * columns }, (_, at) => `${top + Math.floor(at / columns)},${left + (at % columns)}`);
const placesOf = ({ height, width }: Extent) =>
  Array.from({ length: height * width }, (_, at) => ({
    height,
    width,
    row: Math.floor(at / width),
    column: at % width,
  }));

describe('places of maps of unequal size', () => {
  it('are their own where the maps are of equal size', () => {
    fc.assert(
      fc.property(extent, (own) => {
        for (const place of placesOf(own))
          assert.deepEqual(cells(linked(place, own)), [`${place.row},${place.column}`]);
      }),
    );
  });
  it('are squares of a map so many times finer, and one unit of a coarser one, there and back', () => {
    const times = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(extent, times, times, (coarse, down, across) => {
        const fine = { height: coarse.height * down, width: coarse.width * across };
        for (const place of placesOf(coarse)) {
          const expected = { top: place.row * down, left: place.column * across, rows: down, columns: across };
          assert.deepEqual(linked(place, fine), expected);
        }
        for (const place of placesOf(fine))
          assert.deepEqual(cells(linked(place, coarse)), [
            `${Math.floor(place.row / down)},${Math.floor(place.column / across)}`,
          ]);
      }),
    );
  });
  it('lie under one another as near as units can, whatever the extents', () => {
    fc.assert(
      fc.property(extent, extent, (own, other) => {
        for (const place of placesOf(own)) {
          const { top, left, rows, columns } = linked(place, other);
          assert.ok(rows >= 1 && columns >= 1 && top >= 0 && left >= 0);
          assert.ok(top + rows <= other.height && left + columns <= other.width);
          // The middles of both are less than half a unit of the coarser map apart.
          const apart = Math.abs((place.row + 0.5) / own.height - (top + rows / 2) / other.height);
          assert.ok(apart <= 0.5 / Math.min(own.height, other.height) + 1e-12);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the corner of the values', () => {
  it('holds the unit, lies inside of the map, and is 4×4 or all there is', () => {
    fc.assert(
      fc.property(extent, fc.nat(), fc.nat(), fc.constantFrom(1, 2, 4), (base, a, b, block) => {
        const [row, column] = [a % base.height, b % base.width];
        const corner = cornerAt(base, [row, column], [block, block]);
        assert.ok(isInside(corner, row, column));
        assert.ok(corner.top >= 0 && corner.top + corner.rows <= base.height);
        assert.ok(corner.left >= 0 && corner.left + corner.columns <= base.width);
        assert.deepEqual([corner.rows, corner.columns], [Math.min(4, base.height), Math.min(4, base.width)]);
      }),
    );
  });
  it('begins at whole units of a coarser map, and shows just those of it', () => {
    const [fine, half, quarter] = [48, 24, 12].map((side) => ({ height: side, width: side })) as [
      Extent,
      Extent,
      Extent,
    ];
    assert.equal(finest([half, fine, quarter]), fine);
    assert.deepEqual(blocks(fine, [fine, half]), [2, 2]);
    assert.deepEqual(blocks(fine, [quarter, fine, half]), [4, 4]);
    assert.deepEqual(blocks(fine, [{ height: 48, width: 16 }]), [1, 1]);
    const corner = cornerAt(fine, [31, 26], [2, 2]);
    assert.deepEqual(corner, { top: 30, left: 24, rows: 4, columns: 4 });
    assert.deepEqual(linkedWindow(corner, fine, half), { top: 15, left: 12, rows: 2, columns: 2 });
    assert.deepEqual(linkedWindow(cornerAt(fine, [31, 26], [4, 4]), fine, quarter), {
      top: 7,
      left: 6,
      rows: 1,
      columns: 1,
    });
  });
  it('writes values in what room there is', () => {
    assert.deepEqual([101, 0, 0.03125, -4.2119, -193600, NaN].map(cellText), [
      '101.0',
      '0',
      '0.0313',
      '−4.21',
      '−2·10⁵',
      'NaN',
    ]);
  });
});

describe('colours of layers side by side', () => {
  it('reach over the channel of all of them, its last where a layer has fewer, and leave out what is no number', () => {
    const own = viewTensor({ dims: [1, 2, 1, 2], data: Float32Array.of(9, 9, 1, NaN) });
    const other = viewTensor({ dims: [1, 1, 2, 1], data: Float32Array.of(-3, Infinity) });
    assert.deepEqual(rangeOf([own, other], 1), [-3, 1]);
    assert.deepEqual(rangeOf([own], 0), [9, 9]);
    assert.equal(rangeOf([], 0), null);
  });
});

describe('the layers that stand side by side', () => {
  it('are put in and taken out, four at most, in the order they were chosen', () => {
    assert.deepEqual(toggled([3, 1], 2), [3, 1, 2]);
    assert.deepEqual(toggled([3, 1, 2], 1), [3, 2]);
    const full = Array.from({ length: MOST_BESIDE }, (_, at) => at);
    assert.equal(toggled(full, 9), full);
  });

  const text = `input: 32x32x1
layers:
  - {conv: 4 3x3 pad same relu, name: first}
  - {maxpool: 2x2, name: small}
  - head: [nearest: 2x]
    name: near
  - head: [nails: 2x]
    name: nails
  - head: [bilinear: 2x]
    name: smooth
  - {maxunpool: small, name: back}
  - dense: 3
`;
  it('are offered with those of equal size first, and say what becomes of places', () => {
    const scene = sceneOf(text);
    const at = (part: string): number => scene.nodes.findIndex(({ name }) => name.includes(part));
    const order = offered(scene, '', [at('small')]);
    assert.deepEqual(order[0]!.spatial, [16, 16]);
    assert.ok(order.slice(1).every(({ spatial }) => spatial.join() === '32,32'));
    assert.deepEqual(
      offered(scene, 'nearest', []).map(({ id }) => id),
      [at('near')],
    );
    const words = ['small', 'near', 'nails', 'smooth', 'back', 'first'].map((name) =>
      besideWords(scene.nodes[at(name)]!),
    );
    const starts = [
      /^The largest/,
      /^Each value fills/,
      /^Bed of nails/,
      /^Values in between/,
      /^The value returns/,
      /^$/,
    ];
    words.forEach((sentence, index) => assert.match(sentence, starts[index]!));
  });

  it('take the layer in view, before or after its activation; none without places', () => {
    const scene = sceneOf(text);
    const store = createAppStore();
    store.dispatch({ do: 'scene', scene });
    const conv = scene.nodes.find(({ pill }) => pill !== null)!;
    store.dispatch({ do: 'select', node: conv.id });
    assert.equal(besideInView(store.get(), true), conv.pill!.node);
    assert.equal(besideInView(store.get(), false), conv.id);
    const dense = scene.nodes.find(({ family, plumbing }) => family === 'dense' && !plumbing)!;
    store.dispatch({ do: 'select', node: dense.id });
    assert.equal(besideInView(store.get(), true), null);
  });

  it('keep channel and place while another is selected, and follow an edit of the text', () => {
    const scene = sceneOf(text);
    const at = (name: string): number => scene.nodes.findIndex((node) => node.name.includes(name));
    const store = createAppStore();
    store.dispatch({ do: 'scene', scene });
    store.dispatch({ do: 'channel', channel: 2 });
    store.dispatch({ do: 'beside', beside: { open: true, layers: [at('near'), at('back')] } });
    store.dispatch({ do: 'beside', beside: { place: { row: 1, column: 2, height: 32, width: 32 } } });
    store.dispatch({ do: 'select', node: at('back') });
    assert.equal(store.get().channel, 2);
    store.dispatch({ do: 'beside', beside: { open: false } });
    store.dispatch({ do: 'select', node: at('near') });
    assert.equal(store.get().channel, 0);
    const later = sceneOf(text.replace('layers:\n', 'layers:\n  - {conv: 1 1x1, name: before}\n'));
    store.dispatch({ do: 'scene', scene: later });
    const names = store.get().beside.layers.map((id) => later.nodes[id]!.name);
    assert.deepEqual(
      names,
      [at('near'), at('back')].map((id) => scene.nodes[id]!.name),
    );
  });
});
