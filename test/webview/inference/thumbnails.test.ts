import assert from 'node:assert/strict';
import type { Scene, SceneNode } from '../../../src/core/view/types';
import { createThumbnails } from '../../../webview/inference/thumbnails';
import { createAppStore, type AppStore } from '../../../webview/state/app';
import type { RunTensor, Thumbnails } from '../../../webview/state/runner';
import type { ColourScale } from '../../../webview/ui/colourMaps';
import type { Grid } from '../../../webview/ui/paintMap';

const SIDE = 3;
/** Means of the channels of each value; a value is made by the node of its number. */
const MEANS: readonly (readonly number[])[] = [
  [1, -8, 2, 5, 3],
  [4, 2],
  [0, 7, 0],
];

const nodeOf = (id: number): SceneNode =>
  ({
    id,
    outputs: [{ value: id, name: `v${id}`, size: '' }],
    spatial: [SIDE, SIDE],
    pill: id === 1 ? { title: 'ReLU', node: 2, parts: [] } : null,
    activationBytes: 4 * MEANS[id]!.length * SIDE * SIDE,
  }) as unknown as SceneNode;
const scene = (): Scene =>
  ({ nodes: MEANS.map((_, id) => nodeOf(id)), groups: [], edges: [], ports: [] }) as unknown as Scene;

/** A little around its mean in each channel. */
const tensorOf = (value: number): RunTensor => {
  const data = MEANS[value]!.flatMap((mean) =>
    Array.from({ length: SIDE * SIDE }, (_, at) => mean + (at % 2 ? 0.1 : -0.1)),
  );
  return {
    value,
    name: `v${value}`,
    dims: [1, MEANS[value]!.length, SIDE, SIDE],
    dtype: 'float32',
    data: new Float32Array(data),
  };
};

interface Made {
  readonly grid: Grid;
  readonly scale: ColourScale;
  closed: boolean;
  close(): void;
}

interface Bench {
  readonly store: AppStore;
  readonly thumbnails: Thumbnails;
  readonly fetched: number[][];
  readonly pictures: Made[];
  readonly atHand: Map<number, RunTensor>;
  readonly drawings: () => number;
}

function bench(
  fetching: (values: readonly number[]) => Promise<void> = () => Promise.resolve(),
  /** Pictures there is memory for. */
  room = Infinity,
): Bench {
  const store = createAppStore();
  const [fetched, pictures, atHand] = [[] as number[][], [] as Made[], new Map<number, RunTensor>()];
  let drawings = 0;
  const thumbnails = createThumbnails({
    store,
    peek: (value) => atHand.get(value) ?? null,
    async fetch(values) {
      if (values.length) fetched.push([...values]);
      await fetching(values);
      for (const value of values) atHand.set(value, tensorOf(value));
    },
    picture(grid, scale) {
      const made: Made = { grid, scale, closed: false, close: () => (made.closed = true) };
      if (pictures.length >= room) return Promise.reject(new RangeError('out of memory'));
      pictures.push(made);
      return Promise.resolve(made as unknown as CanvasImageSource);
    },
    changed: () => drawings++,
  });
  return { store, thumbnails, fetched, pictures, atHand, drawings: () => drawings };
}

const run = (store: AppStore, serial: number): void =>
  store.dispatch({ do: 'run', run: { phase: 'done', serial, ms: 1 } });
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 220));
const channels = (thumbnails: Thumbnails, node: number): number[] => thumbnails.of(node).map(({ channel }) => channel);

describe('thumbnails', () => {
  it('are the four maps of the largest means, whatever their sign, on the scale of the layer', async () => {
    const { store, thumbnails, pictures, drawings } = bench();
    store.dispatch({ do: 'scene', scene: scene() });
    run(store, 1);
    thumbnails.want([0]);
    assert.deepEqual(thumbnails.of(0), [], 'nothing is made while a frame is drawn');
    await settled();
    assert.deepEqual(channels(thumbnails, 0), [1, 3, 4, 2]);
    assert.deepEqual(
      pictures.map(({ grid }) => grid.from),
      [1, 3, 4, 2].map((channel) => channel * SIDE * SIDE),
    );
    for (const { scale } of pictures) {
      assert.equal(scale.map, 'diverging');
      assert.ok(Math.abs(scale.high - 8.1) < 1e-6);
    }
    assert.equal(drawings(), 1);
  });

  it('are those after the activation that hangs on the layer', async () => {
    const { store, thumbnails, fetched } = bench();
    store.dispatch({ do: 'scene', scene: scene() });
    run(store, 1);
    thumbnails.want([1]);
    await settled();
    assert.deepEqual(fetched, [[2]]);
    assert.deepEqual(channels(thumbnails, 1), [1, 0, 2]);
  });

  it('ask at once for all that is in sight and not at hand, and for nothing else', async () => {
    const { store, thumbnails, fetched, atHand } = bench();
    store.dispatch({ do: 'scene', scene: scene() });
    thumbnails.want([0, 1, 2]);
    await settled();
    assert.deepEqual(fetched, [], 'nothing before a run');
    run(store, 1);
    atHand.set(0, tensorOf(0));
    thumbnails.want([2]);
    // The camera went on before it rested.
    thumbnails.want([0, 1]);
    await settled();
    assert.deepEqual(fetched, [[2]]);
    assert.equal(channels(thumbnails, 0).length, 4);
    assert.deepEqual(thumbnails.of(2), []);
    thumbnails.want([0, 1]);
    await settled();
    assert.equal(fetched.length, 1, 'what is made is made once');
  });

  it('of an older run are never shown, nor kept', async () => {
    let release = (): void => undefined;
    let held = true;
    const holding = (): Promise<void> => (held ? new Promise((resolve) => (release = resolve)) : Promise.resolve());
    const { store, thumbnails, pictures, atHand } = bench(holding);
    store.dispatch({ do: 'scene', scene: scene() });
    run(store, 1);
    thumbnails.want([0]);
    await settled();
    // A new run ends while the old one's maps are on their way.
    run(store, 2);
    held = false;
    release();
    await settled();
    assert.deepEqual(thumbnails.of(0), []);
    thumbnails.want([0]);
    await settled();
    assert.equal(thumbnails.of(0).length, 4);
    const shown = pictures.filter(({ closed }) => !closed).length;
    // Another model: all of it goes.
    store.dispatch({ do: 'scene', scene: scene() });
    atHand.clear();
    assert.deepEqual(thumbnails.of(0), []);
    assert.equal(shown, 4);
    assert.ok(pictures.every(({ closed }) => closed));
  });

  it('are none of a tensor without values, as the boxes of a picture in which nothing is found', async () => {
    const { store, thumbnails, pictures, atHand } = bench();
    store.dispatch({ do: 'scene', scene: scene() });
    run(store, 1);
    atHand.set(0, { ...tensorOf(0), dims: [0, 7], data: new Float32Array(0) });
    thumbnails.want([0, 1]);
    await settled();
    assert.deepEqual(channels(thumbnails, 0), []);
    assert.equal(channels(thumbnails, 1).length, 3);
    assert.equal(pictures.length, 3);
  });

  it('that cannot be painted are let go, and the next are made', async () => {
    const { store, thumbnails, pictures, fetched } = bench(undefined, 2);
    store.dispatch({ do: 'scene', scene: scene() });
    run(store, 1);
    thumbnails.want([0]);
    await settled();
    assert.deepEqual(channels(thumbnails, 0), []);
    assert.deepEqual(
      pictures.map(({ closed }) => closed),
      [true, true],
    );
    thumbnails.want([0, 1]);
    await settled();
    assert.deepEqual(fetched, [[0], [2]], 'work goes on');
  });

  it('of a figure are all made, whatever is in sight meanwhile', async () => {
    const { store, thumbnails, fetched } = bench();
    store.dispatch({ do: 'scene', scene: scene() });
    await thumbnails.make([0, 1]);
    assert.deepEqual(fetched, [], 'nothing before a run');
    run(store, 1);
    thumbnails.want([0]);
    const done = thumbnails.make([0, 1, 2]);
    thumbnails.want([]);
    await done;
    assert.deepEqual(
      [0, 1, 2].map((node) => thumbnails.of(node).length),
      [4, 3, 3],
    );
    assert.deepEqual([...new Set(fetched.flat())].sort(), [0, 2]);
  });
});
