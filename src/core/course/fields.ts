/** What units see: pixels that nobody does, reach without larger kernels, holes between dilated taps. */
import { coverage } from '../analysis/coverage';
import { unitField } from '../analysis/exactField';
import { waysBack } from '../analysis/gradientPath';
import { imageExtents } from '../analysis/imageAxes';
import type { Node } from '../ir/types';
import { t } from '../l10n/l10n';
import { integer, share } from '../view/numbers';
import { factRow } from '../view/rows';
import { layers, named, outputOf, planOf, shapeOf, type Content, type CourseNet } from './net';
import type { CourseBar, CourseField, CourseGrid, CourseStep } from './types';

/** Larger pictures are shown by their upper left corner. */
const CORNER = 24;

export function unseen(net: CourseNet): Content {
  const node = named(net, 'gaps') ?? layers(net)[0] ?? null;
  const value = node && outputOf(node);
  const plan = planOf(net);
  const found = plan && value !== null ? coverage(plan, value) : null;
  if (!node || found?.shape.length !== 2) return { blocks: [], steps: [] };
  const [height, width] = found.shape as [number, number];
  const [rows, columns] = [Math.min(height, CORNER), Math.min(width, CORNER)];
  const cells = Array.from(
    { length: rows * columns },
    (_, i) => found.counts[Math.floor(i / columns) * width + (i % columns)]!,
  );
  const window = net.facts.nodes[node.id]?.windows?.[0];
  const pixels = height * width;
  return {
    blocks: [
      {
        kind: 'facts',
        title: t('Pixels of {0}×{1} that {2} never sees', height, width, node.name),
        rows: [
          ...(window
            ? [factRow('window', t('Kernel and stride'), t('{0}, {1} further each time', window.kernel, window.stride))]
            : []),
          factRow('unseen', t('Never seen'), `${integer(found.unseen)} · ${share(found.unseen, pixels)}`),
          factRow('most', t('Units that see one pixel, at most'), integer(found.max)),
        ],
      },
      {
        kind: 'grids',
        title: '',
        grids: [
          {
            title: rows < height || columns < width ? t('upper left corner') : t('the picture'),
            caption: t('holes are never seen'),
            rows,
            columns,
            cells,
            look: 'lit',
          },
        ],
      },
    ],
    steps: [{ text: t('Open its coverage'), action: { do: 'tab', tab: 'coverage', node: node.id } }],
  };
}

/** Largest side in pixels of what a unit sees. */
const sees = ({ facts }: CourseNet, node: Node): number | null => {
  const value = outputOf(node);
  const sizes = (value === null ? null : facts.fields[value])?.size.filter((size) => size !== null) ?? [];
  return sizes.length ? Math.max(...sizes) : null;
};

/** The convolutions that lead to the output of a branch, in the order of computation. */
function branch(net: CourseNet, last: Node): readonly Node[] {
  const value = outputOf(last);
  if (value === null) return [];
  const ways = waysBack(net.facts, { outputs: [value] });
  return layers(net).filter(({ id }) => ways[id] !== null);
}

/** The unit in the middle of a layer, and its exact field; null where it cannot be told. */
function middle(net: CourseNet, node: Node): ReturnType<typeof unitField> | null {
  const value = outputOf(node);
  const plan = planOf(net);
  const places = shapeOf(net, node)
    ?.slice(2)
    .map((extent) => Math.floor(extent / 2));
  return plan && value !== null && places ? unitField(plan, value, places) : null;
}

/** What the unit in the middle of each of these layers sees of the picture; null where that cannot be drawn. */
function nested(net: CourseNet, title: string, nodes: readonly Node[]): CourseField | null {
  const [rows, columns, more] = imageExtents(net.facts);
  const boxes = nodes.flatMap((node): CourseField['boxes'] => {
    const ranges = middle(net, node)?.ranges;
    if (ranges?.length !== 2) return [];
    const [[top, bottom], [left, right]] = ranges as readonly [readonly [number, number], readonly [number, number]];
    return [[top, bottom, left, right]];
  });
  const last = boxes.at(-1);
  if (typeof rows !== 'number' || typeof columns !== 'number' || more !== undefined || !last) return null;
  const [top, bottom, left, right] = last;
  const caption = t('{0}×{1} of {2}×{3} pixels', bottom - top + 1, right - left + 1, rows, columns);
  return { title, caption, rows, columns, boxes };
}

export function reach(net: CourseNet): Content {
  const ends = ['flat', 'deep'].map((name) => named(net, name));
  const [flat, deep] = ends;
  if (!flat || !deep) return { blocks: [], steps: [] };
  const [even, down] = [branch(net, flat), branch(net, deep)];
  const at = (nodes: readonly Node[], i: number): number | null => (nodes[i] ? sees(net, nodes[i]) : null);
  const bars = Array.from({ length: Math.max(even.length, down.length) }, (_, i): CourseBar => {
    const values = [at(even, i), at(down, i)];
    return {
      label: t('convolution {0}', i + 1),
      values,
      texts: values.map((value) => (value === null ? '' : String(value))),
      node: down[i]?.id ?? even[i]?.id ?? null,
    };
  });
  const weights = (nodes: readonly Node[]): number =>
    nodes.reduce((all, { id }) => all + (net.facts.nodes[id]?.parameterCount ?? 0), 0);
  const fields = [nested(net, t('without downsampling'), even), nested(net, t('with downsampling'), down)].filter(
    (field) => field !== null,
  );
  return {
    blocks: [
      ...(fields.length === 2
        ? [{ kind: 'fields', title: t('What the unit in the middle sees, layer by layer'), fields } as const]
        : []),
      {
        kind: 'bars',
        title: t('What a unit sees, pixels across'),
        series: [t('without downsampling'), t('with downsampling')],
        bars,
        log: false,
      },
      {
        kind: 'facts',
        title: t('At the end'),
        rows: [
          factRow(
            'flat',
            t('Without downsampling'),
            t('{0} pixels, {1} synapses', sees(net, flat) ?? '?', integer(weights(even))),
          ),
          factRow(
            'deep',
            t('With downsampling'),
            t('{0} pixels, {1} synapses', sees(net, deep) ?? '?', integer(weights(down))),
          ),
        ],
      },
    ],
    steps: [
      { text: t('Select the end without downsampling'), action: { do: 'select', node: flat.id } },
      { text: t('Select the end with downsampling'), action: { do: 'select', node: deep.id } },
      { text: t('See both along the depth'), action: { do: 'tab', tab: 'depth', node: null } },
    ],
  };
}

/** Wider fields are not drawn pixel by pixel. */
const WIDEST = 32;

/** The exact field of the unit in the middle; null where it cannot be told or drawn. */
function middleField(net: CourseNet, node: Node): { readonly grid: CourseGrid; readonly pixels: number } | null {
  const field = middle(net, node);
  if (field?.ranges?.length !== 2) return null;
  const [[top, bottom], [left, right]] = field.ranges as readonly [
    readonly [number, number],
    readonly [number, number],
  ];
  const [rows, columns] = [bottom - top + 1, right - left + 1];
  if (Math.max(rows, columns) > WIDEST) return null;
  const cells = new Array<number>(rows * columns).fill(0);
  for (const [down, across] of field.boxes) {
    each(down!, (r) => each(across!, (c) => (cells[(r - top) * columns + (c - left)] = 1)));
  }
  const caption = t('{0} of {1} pixels', integer(field.pixels), integer(rows * columns));
  return {
    pixels: field.pixels,
    grid: { title: node.name.split('/')[0]!, caption, rows, columns, cells, look: 'lit' },
  };
}

function each(runs: readonly number[], visit: (at: number) => void): void {
  for (let i = 0; i < runs.length; i += 2) for (let at = runs[i]!; at <= runs[i + 1]!; at++) visit(at);
}

export function gridding(net: CourseNet): Content {
  const ends = ['holes', 'whole', 'downup'].map((name) => named(net, name)).filter((node) => node !== null);
  const grids = ends.flatMap((node) => middleField(net, node)?.grid ?? []);
  const rows = ends.map((node) => {
    const own = branch(net, node);
    const synapses = own.reduce((all, { id }) => all + (net.facts.nodes[id]?.parameterCount ?? 0), 0);
    return factRow(
      node.name,
      node.name.split('/')[0]!,
      t('sees {0} px · {1} synapses', sees(net, node) ?? '?', integer(synapses)),
    );
  });
  const coverageSteps = ends.map(({ id, name }): CourseStep => ({
    text: t('Select {0}', name.split('/')[0]!),
    action: { do: 'select', node: id },
  }));
  return {
    blocks: [
      { kind: 'grids', title: t('Pixels that the unit in the middle uses'), grids },
      { kind: 'facts', title: t('What it costs'), rows },
    ],
    steps: [
      ...coverageSteps,
      { text: t('Open U-Net, which goes down and up'), action: { do: 'sample', path: 'zoo/unet.cnn.yaml' } },
    ],
  };
}
