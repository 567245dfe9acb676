import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EdgeEnd, Scene } from '../../../src/core/view/types';
import type { AppState } from '../../../webview/state/app';
import { createAppStore, initialState } from '../../../webview/state/app';
import type { PageContext } from '../../../webview/state/context';
import { createHistory } from '../../../webview/state/history';
import { alike, trace } from '../../../webview/state/lit';
import { marksOf } from '../../../webview/stage/marks';
import type { Marks } from '../../../webview/stage/paint/prepared';
import { scaleOf } from '../../../webview/stage/scales';
import type { StageModel } from '../../../webview/stage/scene/model';
import type { Theme } from '../../../webview/ui/theme';

const OPS = ['Conv', 'Relu', 'Add'];

/** A graph whose edges go from lower to higher numbers, from one input and to one output. */
function sceneOf(count: number, edges: readonly (readonly [number, number])[]): Scene {
  const node = (n: number): EdgeEnd => ({ kind: 'node', node: n });
  const port = (p: number): EdgeEnd => ({ kind: 'port', port: p });
  const data = { value: 0, size: '', kind: 'data' as const };
  return {
    header: { macs: null, parameters: 0 },
    nodes: Array.from({ length: count }, (_, id) => ({
      id,
      op: OPS[id % 3],
      title: OPS[id % 3],
      family: id % 2 ? 'activation' : 'convolution',
      shortName: `n${id}`,
      plumbing: false,
      group: id < 2 ? 0 : null,
      dtype: id % 3 ? 'float16' : 'int8',
    })),
    groups: [{ name: 'block', parent: null, nodes: [0, 1].slice(0, count), open: false }],
    ports: [{}, {}],
    edges: [
      { from: port(0), to: node(0), ...data },
      ...edges.map(([a, b]) => ({ from: node(a), to: node(b), ...data })),
      { from: node(count - 1), to: port(1), ...data },
    ],
  } as unknown as Scene;
}

describe('tracing', () => {
  it('finds exactly those a path leads from, or to', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }).chain((count) =>
          fc.record({
            count: fc.constant(count),
            edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 24 }),
            start: fc.nat(count - 1),
          }),
        ),
        ({ count, edges, start }) => {
          const forward = edges.filter(([a, b]) => a < b);
          const scene = sceneOf(count, forward);
          // Which reaches which, by squaring: another way than walking.
          const reach = Array.from({ length: count }, (_, i) => Array.from({ length: count }, (_, j) => i === j));
          for (const [a, b] of forward) reach[a]![b] = true;
          for (let k = 0; k < count; k++)
            for (let i = 0; i < count; i++)
              for (let j = 0; j < count; j++) reach[i]![j] ||= reach[i]![k]! && reach[k]![j]!;
          const all = Array.from({ length: count }, (_, n) => n);
          const up = trace(scene, { node: start }, 'upstream')!;
          const down = trace(scene, { node: start }, 'downstream')!;
          assert.deepEqual(
            [...up.nodes].sort((a, b) => a - b),
            all.filter((n) => reach[n]![start]),
          );
          assert.deepEqual(
            [...down.nodes].sort((a, b) => a - b),
            all.filter((n) => reach[start]![n]),
          );
          assert.equal(up.ports.has(0), reach[0]![start]);
          assert.equal(down.ports.has(1), reach[start]![count - 1]);
        },
      ),
    );
  });

  it('begins at all of a module and says how many there are beside it', () => {
    const scene = sceneOf(5, [
      [0, 1],
      [1, 2],
      [0, 3],
      [3, 4],
    ]);
    const down = trace(scene, { group: 0 }, 'downstream')!;
    assert.deepEqual([...down.nodes].sort(), [0, 1, 2, 3, 4]);
    assert.equal(down.words, 'block feeds 3 of 5 operators');
    assert.equal(trace(scene, { node: 2 }, 'upstream')!.words, '2 of 5 operators feed n2');
    assert.equal(trace(scene, { node: 99 }, 'upstream'), null);
  });

  it('keeps a closed module with any of it inside, and counts hits in it', () => {
    const scene = sceneOf(5, [
      [0, 1],
      [1, 2],
      [3, 4],
    ]);
    // The first two lie in a closed module, drawn as item 5.
    const model = { scene, shownFor: (node: number) => (node < 2 ? 5 : node) } as unknown as StageModel;
    const marked = (lit: AppState['lit']): Marks =>
      marksOf({ ...initialState, scene, lit }, model, {} as Theme, { item: -1, wire: null }, null);
    const traced = marked(trace(scene, { node: 2 }, 'upstream'));
    assert.deepEqual([...traced.kept!].sort(), [2, 5, 6], 'module, operator and the input');
    assert.equal(traced.hits, null, 'a trace has no rings');
    const found = marked(alike(scene, { op: 'Conv' }, 'Conv'));
    assert.deepEqual([...found.kept!].sort(), [3, 5]);
    assert.deepEqual([...found.hits!], [3]);
    assert.equal(found.counts.get(5), 1);
    assert.equal(marked(null).kept, null);
  });

  it('lights all of a kind and of a family', () => {
    const scene = sceneOf(7, []);
    assert.deepEqual([...alike(scene, { op: 'Conv' }, 'Conv')!.nodes], [0, 3, 6]);
    assert.deepEqual([...alike(scene, { family: 'activation' }, 'Activation')!.nodes], [1, 3, 5]);
    assert.equal(alike(scene, { op: 'Gemm' }, 'Gemm'), null);
  });

  it('ends when the model changes', () => {
    const scene = sceneOf(3, [[0, 1]]);
    const store = createAppStore({ ...initialState, scene });
    store.dispatch({ do: 'lit', lit: trace(scene, { node: 1 }, 'upstream') });
    assert.notEqual(store.get().lit, null);
    store.dispatch({ do: 'scene', scene: sceneOf(3, []) });
    assert.equal(store.get().lit, null);
  });
});

describe('colour by', () => {
  const family = { convolution: '#1', dense: '#2', upsampling: '#3', shape: '#4' };
  const theme = { kind: 'dark', background: '#000', track: 'unknown', family } as unknown as Theme;
  const scene = sceneOf(6, []);
  const times = (ms: readonly (number | null)[]): NonNullable<AppState['run']['times']> => ({
    ms,
    other: 0,
    total: 10,
    runs: 1,
    how: '',
  });

  it('time: nothing before it was measured, then the slowest is the end of the scale', () => {
    assert.equal(scaleOf('time', scene, theme, null), null);
    const first = scaleOf('time', scene, theme, times([1, 4, null, 0.5, 0, 0]))!;
    assert.equal(first.kind === 'number' && first.ends, '5.0\u00a0ms', 'the module of the first two');
    assert.equal(first.colour(2), 'unknown');
    assert.equal(first.note(1), '4.0\u00a0ms');
    assert.equal(first.words(6), '5.0\u00a0ms · 50\u00a0% of the run');
    const second = scaleOf('time', scene, theme, times([1, 1, 1, 1, 1, 8]))!;
    assert.equal(second.kind === 'number' && second.ends, '8.0\u00a0ms', 'another measurement is another scale');
  });

  it('element type: each its colour, a module that of most of what is in it', () => {
    const scale = scaleOf('dtype', scene, theme, null)!;
    assert.equal(scale.kind, 'kinds');
    assert.deepEqual([0, 1].map(scale.colour), ['#3', '#2']);
    assert.equal(scale.note(1), 'float16');
    assert.deepEqual(
      scale.kinds.map(({ words }) => words),
      ['float16', 'int8'],
    );
  });
});

describe('history of selections', () => {
  it('goes back and forward over operators and modules', () => {
    const scene = sceneOf(5, []);
    const store = createAppStore({ ...initialState, scene });
    const said: string[] = [];
    const context = { store, stage: null, announce: (text: string) => said.push(text) } as unknown as PageContext;
    const history = createHistory(context);
    const now = (): (number | null)[] => [store.get().selection, store.get().selectedGroup];
    for (const node of [1, 2]) store.dispatch({ do: 'select', node });
    store.dispatch({ do: 'select', node: null, group: 0 });
    assert.ok(history.back());
    assert.deepEqual(now(), [2, null]);
    assert.ok(history.back());
    assert.deepEqual(now(), [1, null]);
    assert.ok(!history.back());
    assert.equal(said.length, 1, 'the end is said');
    assert.ok(history.forward() && history.forward());
    assert.deepEqual(now(), [null, 0]);
    assert.ok(history.back());
    store.dispatch({ do: 'select', node: 4 });
    assert.ok(!history.forward(), 'another way was taken');
  });
});
