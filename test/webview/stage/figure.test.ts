import assert from 'node:assert/strict';
import path from 'node:path';
import type { Family, Scene } from '../../../src/core/view/types';
import { initialState, type AppState } from '../../../webview/state/app';
import { repeatsOf } from '../../../webview/state/repeats';
import { planFor } from '../../../webview/state/plans';
import type { FigureRequest, Figures } from '../../../webview/state/figure';
import type { Thumbnails } from '../../../webview/state/runner';
import { figuresOf } from '../../../webview/stage/figure/figure';
import { cornerCommands } from '../../../webview/stage/figure/pathData';
import { VectorPen } from '../../../webview/stage/figure/vectorPen';
import type { FrameLayout } from '../../../webview/stage/layout/frame';
import { layoutScene } from '../../../webview/stage/layout/nested';
import { prepare } from '../../../webview/stage/paint/prepared';
import { layoutSceneOf } from '../../../webview/stage/scene/layoutScene';
import { stageModel, type StageModel } from '../../../webview/stage/scene/model';
import type { Theme } from '../../../webview/ui/theme';
import { readModel, sceneOf } from '../../support/modelScene';
import { everyElement, readXml, type Element } from '../../support/xml';

const FAMILIES: readonly Family[] = [
  'convolution',
  'pooling',
  'normalisation',
  'activation',
  'upsampling',
  'join',
  'dense',
  'shape',
];
const theme = {
  kind: 'light',
  background: 'rgb(255 255 255)',
  foreground: 'rgb(59 59 59)',
  dim: 'rgb(108 108 108)',
  hair: 'rgb(227 227 227)',
  hoverHair: 'rgb(160 160 160)',
  node: 'rgb(247 247 247)',
  frame: 'rgb(59 59 59 / 0.03)',
  edge: 'rgb(133 133 133)',
  line: 'rgb(229 229 229)',
  track: 'rgb(230 230 230)',
  focus: 'rgb(0 95 184)',
  error: 'rgb(200 0 0)',
  warning: 'rgb(200 160 0)',
  family: Object.fromEntries(FAMILIES.map((f, i) => [f, `#00${(i * 16 + 16).toString(16)}96`])) as Theme['family'],
  font: `"Segoe UI", 'A<B', sans-serif`,
  codeFont: 'monospace',
  scale: 1,
  backgroundRgb: [255, 255, 255],
  foregroundRgb: [59, 59, 59],
} as Partial<Theme> as Theme;
const MODEL = path.resolve(__dirname, '../../../samples/architectures/resnet18.onnx');
/** Letters of one width: half their height. */
const canvas = { font: '', measureText: (text: string) => ({ width: 50 * text.length }) };
const whole: FigureRequest = { format: 'svg', area: 'whole', scale: 1, paper: true };

interface Shown {
  readonly zoom?: number;
  readonly maps?: Pick<Thumbnails, 'of' | 'make'>;
  readonly state?: Partial<AppState>;
}

async function drawn(
  scene: Scene,
  open: readonly number[],
  { zoom = 1, maps, state: also = {} }: Shown = {},
): Promise<{ model: StageModel; figures: Figures }> {
  const repeats = repeatsOf(scene);
  const request = { open, plumbing: false, fold: true, direction: 'vertical' as const };
  const memo = new Map<string, FrameLayout>();
  const { geometry } = await layoutScene(layoutSceneOf(planFor(scene), repeats), request, memo, () =>
    Promise.resolve(),
  );
  const model = stageModel(scene, geometry, repeats);
  const state: AppState = { ...initialState, scene, selection: 0, openGroups: new Set(open), ...also };
  const view = { zoom, left: 0, top: 0, width: 640 * zoom, height: 480 * zoom, ratio: 1 };
  const address = (picture: CanvasImageSource): string => `data:,${(picture as unknown as { name: string }).name}`;
  const rest = { canvas, thumbnails: maps ?? null, address, theme: () => theme };
  return { model, figures: figuresOf(() => ({ state, prepared: prepare(model), view, ...rest })) };
}

const numberOf = (element: Element, name: string): number => Number(element.attributes.get(name) ?? 0);

/** Outer edges of a group's first box or circle, its outline included. */
function edgesOf(group: Element): number[] {
  const shape = group.children.find(({ name }) => name === 'rect' || name === 'circle')!;
  const half = numberOf(shape, 'stroke-width') / 2;
  if (shape.name === 'circle') {
    const [cx, cy, r] = ['cx', 'cy', 'r'].map((name) => numberOf(shape, name)) as [number, number, number];
    return [cx - r - half, cy - r - half, 2 * (r + half), 2 * (r + half)];
  }
  const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((name) => numberOf(shape, name)) as [
    number,
    number,
    number,
    number,
  ];
  return [x - half, y - half, w + 2 * half, h + 2 * half];
}

describe('figure of the graph', () => {
  const page = globalThis as { document?: unknown };
  before(() => {
    page.document = { body: { classList: { contains: () => false } } };
  });
  after(() => {
    delete page.document;
  });

  it('has every operator in its place, with its name and size, as text', async () => {
    const scene = sceneOf(await readModel(MODEL));
    const { model, figures } = await drawn(scene, [...scene.groups.keys()]);
    const root = readXml((await figures.make(whole)) as string);
    const { geometry } = model;
    assert.equal(numberOf(root, 'width'), Math.round((geometry.width + 32) * 100) / 100);
    const groups = everyElement(root).filter(({ name }) => name === 'g');
    const titles = new Map(groups.map((g) => [g.children[0]!.text, g]));
    let seen = 0;
    geometry.items.forEach((item, place) => {
      const node = scene.nodes[item];
      if (!node) return;
      const words = [node.title, ...node.label, node.name, node.sizeOut].filter(Boolean).join(', ');
      const group = titles.get(words);
      assert.ok(group, `${words} is missing`);
      if (!node.join) assert.ok(group.children.some(({ name, text }) => name === 'text' && text === node.title));
      const box = model.box(place);
      edgesOf(group).forEach((edge, i) => {
        const exact = [box.x + 16, box.y + 16, box.width, box.height][i]!;
        // A join's outline stands on its rim.
        assert.ok(Math.abs(edge - exact) <= (node.join ? 1 : 0.02), `${node.name}: ${edge} for ${exact}`);
      });
      seen++;
    });
    assert.ok(seen > 20, `${seen} operators drawn`);
    assert.equal(titles.size, groups.length, 'each box is named once');
    const sizes = new Set(everyElement(root).flatMap(({ name, text }) => (name === 'text' ? [text] : [])));
    for (const size of ['64×112×112', '512×7×7']) assert.ok(sizes.has(size), `${size} stands at its edge`);
    assert.ok(sizes.has('Convolution'), 'the legend');
  });

  it('keeps hostile names text and the document well-formed', async () => {
    const scene = sceneOf(await readModel(MODEL));
    const hostile = `</title><script>alert(1)</script>&amp;"'\u0000\u001b\ud800]]>`;
    const named: Scene = {
      ...scene,
      title: hostile,
      nodes: scene.nodes.map((n) => ({ ...n, name: hostile, shortName: hostile })),
    };
    const { figures } = await drawn(named, [...scene.groups.keys()]);
    const root = readXml((await figures.make(whole)) as string);
    const all = everyElement(root);
    assert.deepEqual([...new Set(all.map(({ name }) => name))].sort(), [
      'circle',
      'g',
      'path',
      'rect',
      'svg',
      'text',
      'title',
    ]);
    const safe = ['\u0000', '\u001b', '\ud800'].reduce((text, sign) => text.replace(sign, '\ufffd'), hostile);
    assert.equal(root.children[0]!.text, safe);
    assert.ok(all.some(({ name, text }) => name === 'title' && text.includes(safe)));
    assert.equal(root.attributes.get('font-family'), theme.font);
  });

  it('shows the strongest maps in their boxes wherever they can be told, with what they are in the legend', async () => {
    const scene = sceneOf(await readModel(MODEL));
    const open = [...scene.groups.keys()];
    const first = scene.nodes.find(({ op }) => op === 'Conv')!.id;
    const wide = { channel: 3, picture: { name: 'wide' } as unknown as CanvasImageSource, width: 20, height: 10 };
    const made: number[] = [];
    const maps = {
      of: (node: number) => (node === first && made.includes(first) ? [wide, { ...wide, channel: 1 }] : []),
      make: (nodes: readonly number[]) => Promise.resolve(void made.push(...nodes)),
    };
    const state = { run: { ...initialState.run, phase: 'done' as const, serial: 1 } };
    const view = { ...whole, area: 'view' as const };
    const imagesOf = async (shown: Shown): Promise<Element[]> => {
      const { figures } = await drawn(scene, open, { maps, state, ...shown });
      return everyElement(readXml((await figures.make(view)) as string));
    };
    const close = await imagesOf({ zoom: 2 });
    const group = close.find((g) => g.name === 'g' && g.children.some(({ name }) => name === 'image'))!;
    assert.ok(group.children[0]!.text.startsWith('Conv'), 'they belong to the first layer');
    const [x, y, w, h] = edgesOf(group) as [number, number, number, number];
    const images = close.filter(({ name }) => name === 'image');
    assert.deepEqual(
      images.map((image) => image.attributes.get('href')),
      ['data:,wide', 'data:,wide'],
    );
    let before = x;
    for (const image of images) {
      const [left, top, width, height] = ['x', 'y', 'width', 'height'].map((name) => numberOf(image, name)) as [
        number,
        number,
        number,
        number,
      ];
      assert.ok(left > before && left + width < x + w && top > y && top + height < y + h, 'inside of the box');
      assert.ok(Math.abs(width - 2 * height) < 0.05, 'in the shape of the map');
      before = left + width;
    }
    const words = 'strongest maps of a layer';
    assert.ok(close.some(({ text }) => text === words));
    for (const zoom of [0.75, 1.5]) {
      const near = await imagesOf({ zoom });
      assert.ok(near.some(({ text }) => text === words));
      assert.equal(near.filter(({ name }) => name === 'image').length, 1, `at ${zoom}`);
    }
    for (const shown of [{ zoom: 0.7 }, { zoom: 2, state: { ...state, thumbnails: false } }]) {
      const others = await imagesOf(shown);
      assert.ok(!others.some(({ name, text }) => name === 'image' || text === words));
    }
  });

  it('of the whole graph waits for every map, and closed modules wear those they give out', async () => {
    const scene = sceneOf(await readModel(MODEL));
    const state = { run: { ...initialState.run, phase: 'done' as const, serial: 1 } };
    const made = new Set<number>();
    const maps = {
      of: (node: number) =>
        made.has(node)
          ? [{ channel: 0, picture: { name: `of${node}` } as unknown as CanvasImageSource, width: 8, height: 8 }]
          : [],
      make(nodes: readonly number[]) {
        for (const node of nodes) made.add(node);
        return Promise.resolve();
      },
    };
    const { model, figures } = await drawn(scene, [], { maps, state });
    const root = readXml((await figures.make(whole)) as string);
    const worn = new Set(
      everyElement(root).flatMap(({ name, attributes }) => (name === 'image' ? [attributes.get('href')] : [])),
    );
    let modules = 0;
    model.geometry.items.forEach((_, place) => {
      const item = model.item(place);
      if (item.kind === 'node' && !item.node.join) assert.ok(worn.has(`data:,of${item.node.id}`), item.node.name);
      if (item.kind !== 'group' || item.open) return;
      // Residual stages of this net end with an addition, or with the ReLU that hangs on it.
      const last = item.group.nodes.at(-1)!;
      const outlet = scene.nodes[last]!.pillOf ?? last;
      assert.ok(worn.has(`data:,of${outlet}`), item.group.name);
      modules++;
    });
    assert.ok(modules > 2, `${modules} closed modules`);
  });

  it('shows only what is in view when asked to, with the legend below', async () => {
    const scene = sceneOf(await readModel(MODEL));
    const { figures } = await drawn(scene, []);
    const size = figures.size({ ...whole, area: 'view' })!;
    assert.equal(size.width, 640);
    assert.ok(size.height > 480 && size.height < 600);
    const [all, part] = (await Promise.all([
      figures.make(whole),
      figures.make({ ...whole, area: 'view' }),
    ])) as string[];
    assert.ok(part!.length < all!.length);
  });

  it('rounds a corner as a canvas does', () => {
    // From the left to a corner at 10, 0 and down: the arc of radius 4 touches at 6, 0 and 10, 4.
    const { text, end } = cornerCommands({ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }, 4);
    assert.equal(text, 'L6 0A4 4 0 0 1 10 4');
    assert.deepEqual([Math.round(end.x), Math.round(end.y)], [10, 4]);
    assert.match(cornerCommands({ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: -10 }, 4).text, /A4 4 0 0 0 10 -4$/);
  });

  it('writes one shape for a box that is filled and outlined', () => {
    const pen = new VectorPen(
      () => 0,
      () => '',
    );
    pen.beginPath();
    pen.roundRect(1, 2, 30, 40, 3);
    pen.fillStyle = 'rgb(255 0 0 / 0.5)';
    pen.globalAlpha = 0.5;
    pen.fill();
    pen.strokeStyle = '#00F';
    pen.stroke();
    const root = readXml(`<svg>${pen.elements}</svg>`);
    assert.equal(root.children.length, 1);
    const [box] = root.children;
    assert.deepEqual(
      ['x', 'y', 'width', 'height', 'rx', 'fill', 'fill-opacity', 'stroke', 'stroke-opacity'].map((n) =>
        box!.attributes.get(n),
      ),
      ['1', '2', '30', '40', '3', '#ff0000', '0.25', '#00f', '0.5'],
    );
  });
});
