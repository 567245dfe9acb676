import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FrameLayout } from '../../../webview/stage/layout/frame';
import { layoutScene } from '../../../webview/stage/layout/nested';
import {
  ARROW,
  EdgeKind,
  LANE,
  type Direction,
  type Geometry,
  type LayoutScene,
} from '../../../webview/stage/layout/types';
import { anyScene, chainScene, sceneOf } from './graphs';

interface Options {
  readonly open?: readonly number[];
  readonly direction?: Direction;
  readonly general?: 'elk' | 'linear';
}

async function place(scene: LayoutScene, options: Options = {}): Promise<Geometry> {
  const open = options.open ?? Array.from({ length: scene.groups }, (_, g) => g);
  const { geometry } = await layoutScene(
    scene,
    {
      open,
      plumbing: false,
      fold: true,
      direction: options.direction ?? 'vertical',
      general: options.general ?? 'elk',
    },
    new Map<string, FrameLayout>(),
    () => Promise.resolve(),
  );
  return geometry;
}

interface Box {
  readonly item: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly open: boolean;
}

const boxesOf = ({ items, boxes, open }: Geometry): Box[] =>
  Array.from(items, (item, i) => ({
    item,
    left: boxes[4 * i]!,
    top: boxes[4 * i + 1]!,
    right: boxes[4 * i]! + boxes[4 * i + 2]!,
    bottom: boxes[4 * i + 1]! + boxes[4 * i + 3]!,
    open: open[i] === 1,
  }));

const SLACK = 0.01;
const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right - SLACK && b.left < a.right - SLACK && a.top < b.bottom - SLACK && b.top < a.bottom - SLACK;
const inside = (a: Box, b: Box): boolean =>
  a.left >= b.left - SLACK && a.right <= b.right + SLACK && a.top >= b.top - SLACK && a.bottom <= b.bottom + SLACK;

function assertSound(scene: LayoutScene, geometry: Geometry): void {
  const boxes = boxesOf(geometry);
  for (const value of geometry.boxes) assert.ok(Number.isFinite(value));
  for (const value of geometry.wires.points) assert.ok(Number.isFinite(value));
  const containerOf = (item: number): number =>
    item < scene.nodes ? scene.groupOf[item]! : (scene.parent[item - scene.nodes] ?? -1);
  const byItem = new Map(boxes.map((b) => [b.item, b]));
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) {
      if (a.open || b.open) continue;
      assert.ok(!overlap(a, b), `items ${a.item} and ${b.item} overlap`);
    }
    const group = containerOf(a.item);
    const frame = group < 0 ? undefined : byItem.get(scene.nodes + group);
    if (frame?.open) assert.ok(inside(a, frame), `item ${a.item} leaves its frame`);
  });
  const frames = boxes.filter((b) => b.open);
  for (const a of frames)
    for (const b of frames) assert.ok(a === b || !overlap(a, b) || inside(a, b) || inside(b, a), 'frames cross');
  assertFlows(geometry);
}

/** Edges run with the flow or across it, never back, but on lanes against it. */
function assertFlows({ wires, direction }: Geometry): void {
  const along = direction === 'vertical' ? 1 : 0;
  for (let w = 0; w < wires.count; w++) {
    if (wires.flags[w]! & LANE) continue;
    const at = (p: number): number => wires.points[2 * p + along]!;
    for (let p = wires.start[w]! + 1; p < wires.start[w + 1]!; p++)
      assert.ok(at(p) >= at(p - 1) - SLACK, `wire ${w} from ${wires.from[w]} to ${wires.to[w]} runs back`);
  }
}

/** Arrowheads touch the box they point at. */
function assertEnds(geometry: Geometry): void {
  const byItem = new Map(boxesOf(geometry).map((b) => [b.item, b]));
  const { wires } = geometry;
  for (let w = 0; w < wires.count; w++) {
    if (!(wires.flags[w]! & ARROW)) continue;
    const box = byItem.get(wires.to[w]!);
    assert.ok(box);
    const [x, y] = [wires.points[2 * wires.start[w + 1]! - 2]!, wires.points[2 * wires.start[w + 1]! - 1]!];
    const dx = Math.max(box.left - x, 0, x - box.right);
    const dy = Math.max(box.top - y, 0, y - box.bottom);
    assert.ok(dx + dy <= 1.6, `wire ${w} ends ${dx}, ${dy} away from its box`);
  }
}

describe('layout', () => {
  it('never lays one box over another, whatever the graph', async function () {
    this.timeout(60_000);
    const options = fc.record({ direction: fc.constantFrom<Direction>('vertical', 'horizontal'), all: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(anyScene, options, async (scene, { direction, all }) => {
        const geometry = await place(scene, { direction, ...(all ? {} : { open: [0, 2] }) });
        assertSound(scene, geometry);
        assertEnds(geometry);
      }),
      { numRuns: 150 },
    );
  });

  it('is as sound with the linear engine', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(anyScene, async (scene) => {
        const geometry = await place(scene, { general: 'linear' });
        assertSound(scene, geometry);
        assertEnds(geometry);
      }),
      { numRuns: 150 },
    );
  });

  it('draws a chain straight down with even gaps', async () => {
    const geometry = await place(chainScene(5));
    const nodes = boxesOf(geometry).filter((b) => b.item < 5);
    assert.equal(new Set(nodes.map((b) => (b.left + b.right) / 2)).size, 1);
    nodes.slice(1).forEach((b, i) => assert.equal(b.top - nodes[i]!.bottom, 22));
  });

  it('keeps a residual block in one column with its skip on the right', async () => {
    const scene = chainScene(4, [[0, 3]]);
    const geometry = await place(scene);
    const nodes = boxesOf(geometry).filter((b) => b.item < 4);
    assert.equal(new Set(nodes.map((b) => (b.left + b.right) / 2)).size, 1);
    const right = Math.max(...nodes.map((b) => b.right));
    const { points } = geometry.wires;
    assert.ok(Math.max(...points.filter((_, i) => i % 2 === 0)) >= right + 30);
  });

  it('takes a skip from one module to another straight out at the side, and in from above what reads it', async () => {
    // Three modules of three; the second of the first module also feeds a layer of its own in the last.
    const scene = sceneOf({
      nodes: 10,
      edges: [...[0, 1, 2, 3, 4, 5, 6, 7].map((n) => [n, n + 1] as const), [1, 9], [9, 7]],
      groupOf: [0, 0, 0, 1, 1, 1, 2, 2, 2, 2],
      parent: [-1, -1, -1],
      join: new Array<boolean>(10).fill(false),
      pill: new Array<boolean>(10).fill(false),
    });
    const geometry = await place({ ...scene, light: Uint8Array.from({ length: 10 }, (_, n) => (n === 9 ? 1 : 0)) });
    assertSound(scene, geometry);
    const boxes = new Map(boxesOf(geometry).map((box) => [box.item, box]));
    const [first, last, reader] = [boxes.get(10)!, boxes.get(12)!, boxes.get(9)!];
    const { wires } = geometry;
    const lane = Array.from({ length: wires.count }, (_, w) => w).find(
      (w) => wires.from[w] === 10 && wires.to[w] === 12,
    )!;
    const points = Array.from(wires.points.subarray(2 * wires.start[lane]!, 2 * wires.start[lane + 1]!));
    assert.equal(points[0], first.right);
    assert.ok(points[1]! > first.top && points[1]! < first.bottom && points[3] === points[1], 'leaves at the side');
    assert.deepEqual(points.slice(-2), [(reader.left + reader.right) / 2, last.top]);
    assert.ok(points.length <= 10, `${points.length / 2 - 2} turns`);
  });

  it('gives each tensor that leaves a module round others a lane of its own', async () => {
    // Two of the first module's operators are read again in the third one.
    const scene = sceneOf({
      nodes: 9,
      edges: [...[0, 1, 2, 3, 4, 5, 6, 7].map((n) => [n, n + 1] as const), [0, 7], [1, 8]],
      groupOf: [0, 0, 0, 1, 1, 1, 2, 2, 2],
      parent: [-1, -1, -1],
      join: new Array<boolean>(9).fill(false),
      pill: new Array<boolean>(9).fill(false),
    });
    const { wires } = await place(scene);
    const lanes = Array.from({ length: wires.count }, (_, w) => w).filter(
      (w) => wires.from[w] === 9 && wires.to[w] === 11,
    );
    const rightmost = lanes.map((w) => {
      const points = wires.points.subarray(2 * wires.start[w]!, 2 * wires.start[w + 1]!);
      return Math.max(...points.filter((_, i) => i % 2 === 0));
    });
    assert.equal(new Set(rightmost).size, 2, rightmost.join());
  });

  it('draws lanes that end at one place alike', async () => {
    const scene = chainScene(8, [
      [0, 7],
      [2, 7],
      [4, 7],
    ]);
    const skip = (e: number): number =>
      scene.edgeFrom[e] === 0 && scene.edgeTo[e] === 7 ? EdgeKind.Skip : EdgeKind.Data;
    const { wires } = await place({ ...scene, edgeKind: scene.edgeKind.map((_, e) => skip(e)) });
    const lanes = Array.from(wires.flags, (flags, w) => (flags & LANE ? wires.kind[w] : null)).filter(
      (k) => k !== null,
    );
    assert.deepEqual(lanes, [EdgeKind.Skip, EdgeKind.Skip, EdgeKind.Skip]);
  });

  it('puts four branches side by side in the order of the file', async () => {
    const scene = sceneOf({
      nodes: 6,
      edges: [1, 2, 3, 4].flatMap((b) => [[0, b] as const, [b, 5] as const]),
      groupOf: new Array<number>(6).fill(-1),
      parent: [],
      join: new Array<boolean>(6).fill(false),
      pill: new Array<boolean>(6).fill(false),
    });
    const branches = boxesOf(await place(scene)).filter((b) => b.item >= 1 && b.item <= 4);
    assert.equal(new Set(branches.map((b) => b.top)).size, 1);
    branches.slice(1).forEach((b, i) => assert.equal(b.left - branches[i]!.right, 20));
  });

  it('lays out each kind of module once', async () => {
    const blocks = 12;
    const nodes = blocks * 3;
    const scene = {
      ...chainScene(nodes),
      groups: blocks,
      run: new Int32Array(blocks).fill(-1),
      parent: new Int32Array(blocks).fill(-1),
      groupOf: Int32Array.from({ length: nodes }, (_, n) => Math.floor(n / 3)),
    };
    // Ports are numbered after the groups.
    const shift = (item: number): number => (item >= nodes ? item + blocks : item);
    const moved = { ...scene, edgeFrom: scene.edgeFrom.map(shift), edgeTo: scene.edgeTo.map(shift) };
    const open = Array.from({ length: blocks }, (_, g) => g);
    const { counter } = await layoutScene(
      moved,
      { open, plumbing: false, fold: true, direction: 'vertical' },
      new Map<string, FrameLayout>(),
      () => Promise.resolve(),
    );
    assert.deepEqual(counter, { own: 2, elk: 0, linear: 0, memo: 11 });
  });

  it('takes a chain of twenty thousand in its stride', async function () {
    this.timeout(20_000);
    const jumps = Array.from({ length: 4000 }, (_, i) => [5 * i, 5 * i + 3] as const);
    const geometry = await place(chainScene(20_000, jumps));
    assert.equal(geometry.items.length, 20_002);
  });
});
