/** Windows of which one number is left, and three ways back to the full size. */
import { t } from '../l10n/l10n';
import { integer } from '../view/numbers';
import { factRow } from '../view/rows';
import type { Node } from '../ir/types';
import { besideStep, named, outputOf, setting, shapeOf, type Content, type CourseNet } from './net';
import type { CourseGrid, CourseStep } from './types';

/** Rows of numbers, square. */
export type Picture = readonly (readonly number[])[];

/** For windows of 2×2: each maximum stands at another place of its window. */
const USUAL: Picture = [
  [1, 3, 2, 0],
  [5, 2, 4, 8],
  [7, 1, 0, 2],
  [2, 4, 3, 6],
];

/** A picture that can be checked by eye, of 2 · `factor` rows. */
export const example = (factor: number): Picture =>
  factor === 2
    ? USUAL
    : Array.from({ length: 2 * factor }, (_, r) =>
        Array.from({ length: 2 * factor }, (__, c) => (3 * r * r + 5 * c + r * c + 4) % 10),
      );

const CELL = 'cell.';
const DIGITS = [0, 9, 1] as const;

/** The same with what a student wrote over it. */
const written = (net: CourseNet, factor: number): Picture =>
  example(factor).map((line, r) =>
    line.map((value, c) => setting(net, `${CELL}${r * line.length + c}`, value, DIGITS)),
  );

interface Pooled {
  readonly values: Picture;
  /** Row and column of each window's maximum, the first of equal ones. */
  readonly places: readonly (readonly (readonly [number, number])[])[];
}

/** Max pooling with windows of `factor`×`factor` that do not overlap. */
export function maxPool(picture: Picture, factor: number): Pooled {
  const size = Math.floor(picture.length / factor);
  const places = Array.from({ length: size }, (_, r) =>
    Array.from({ length: size }, (__, c) => largestIn(picture, r * factor, c * factor, factor)),
  );
  return { places, values: places.map((line) => line.map(([r, c]) => picture[r]![c]!)) };
}

function largestIn(picture: Picture, top: number, left: number, factor: number): readonly [number, number] {
  let best: readonly [number, number] = [top, left];
  for (let r = top; r < top + factor; r++)
    for (let c = left; c < left + factor; c++) if (picture[r]![c]! > picture[best[0]]![best[1]]!) best = [r, c];
  return best;
}

const average = (picture: Picture, factor: number): Picture => {
  const size = Math.floor(picture.length / factor);
  return drawn(size, (r, c) => {
    let sum = 0;
    for (let i = 0; i < factor * factor; i++)
      sum += picture[r * factor + Math.floor(i / factor)]![c * factor + (i % factor)]!;
    return sum / (factor * factor);
  });
};

const drawn = (size: number, cell: (row: number, column: number) => number): Picture =>
  Array.from({ length: size }, (_, r) => Array.from({ length: size }, (__, c) => cell(r, c)));

/** Each value repeated. */
export const nearest = (small: Picture, factor: number): Picture =>
  drawn(small.length * factor, (r, c) => small[Math.floor(r / factor)]![Math.floor(c / factor)]!);

/** Each value at the upper left of its square, zeros elsewhere. */
export const nails = (small: Picture, factor: number): Picture =>
  drawn(small.length * factor, (r, c) => (r % factor || c % factor ? 0 : small[r / factor]![c / factor]!));

/** Each value where it came from, zeros elsewhere. */
export function unpool({ values, places }: Pooled, factor: number): Picture {
  const home = new Map(places.flatMap((line, r) => line.map(([y, x], c) => [`${y},${x}`, values[r]![c]!] as const)));
  return drawn(values.length * factor, (r, c) => home.get(`${r},${c}`) ?? 0);
}

/** Between the values of the neighbours, as far as each is away; the border repeats. Pixels are squares: their middles lie half a pixel in. */
export function bilinear(small: Picture, factor: number): Picture {
  const along = (at: number): readonly [number, number, number] => {
    const place = Math.min(small.length - 1, Math.max(0, (at + 0.5) / factor - 0.5));
    const below = Math.floor(place);
    return [below, Math.min(small.length - 1, below + 1), place - below];
  };
  return drawn(small.length * factor, (r, c) => {
    const [[top, bottom, down], [left, right, across]] = [along(r), along(c)];
    const between = (row: readonly number[]): number => row[left]! * (1 - across) + row[right]! * across;
    return between(small[top]!) * (1 - down) + between(small[bottom]!) * down;
  });
}

/** What a layer of the net makes of the maxima; null for one that is none of the known ways back. */
function wayBack(
  { facts }: CourseNet,
  { id, op, outputs, inputs }: Node,
  pooled: Pooled,
  window: number,
): Picture | null {
  const rows = (value: number | null | undefined): unknown => facts.types[value ?? -1]?.shape?.[2];
  const factor = Number(rows(outputs[0])) / Number(rows(inputs[0]));
  if (!Number.isInteger(factor) || factor < 1 || factor > LARGEST) return null;
  if (op === 'MaxUnpool') return factor === window ? unpool(pooled, factor) : null;
  if (op === 'ConvTranspose') {
    const weight = facts.types[inputs[1] ?? -1]?.shape ?? [];
    return weight.length === 4 && weight.every((extent) => extent === 1) ? nails(pooled.values, factor) : null;
  }
  const mode = op === 'Resize' ? facts.nodes[id]?.context?.attrs.string('mode', 'nearest') : null;
  return mode === 'nearest'
    ? nearest(pooled.values, factor)
    : mode === 'linear'
      ? bilinear(pooled.values, factor)
      : null;
}

const gridOf = (title: string, caption: string, picture: Picture): CourseGrid => ({
  title,
  caption,
  rows: picture.length,
  columns: picture[0]?.length ?? 0,
  cells: picture.flat(),
  look: 'digits',
});

const WRITE = (): string => t('write other digits');

/** Above, the digits would be too small to read. */
const LARGEST = 4;

const poolingOf = ({ facts }: CourseNet): Node | undefined => facts.graph.nodes.find(({ op }) => op === 'MaxPool');

/** The window of the net's own pooling, as far as an example of it can be drawn. */
function factorOf(net: CourseNet): number {
  const { facts } = net;
  const pooling = poolingOf(net);
  const kernel = pooling && facts.nodes[pooling.id]?.windows?.[0]?.kernel;
  return kernel !== undefined && kernel >= 2 && kernel <= LARGEST ? kernel : 2;
}

export function strongest(net: CourseNet): Content {
  const factor = factorOf(net);
  const picture = written(net, factor);
  const node = named(net, 'largest');
  const before = named(net, 'edges');
  const [from, to] = [before && shapeOf(net, before), node && shapeOf(net, node)];
  const kept = (shape: readonly number[]): number => shape.reduce((all, extent) => all * extent, 1);
  const window = `${factor}×${factor}`;
  return {
    blocks: [
      {
        kind: 'grids',
        title: t('Windows of {0} on a small picture', window),
        grids: [
          { ...gridOf(t('picture'), WRITE(), picture), settings: CELL },
          gridOf(t('maximum'), '', maxPool(picture, factor).values),
          gridOf(t('mean'), '', average(picture, factor)),
        ],
      },
      ...(from && to
        ? [
            {
              kind: 'facts',
              title: t('In this net'),
              rows: [
                factRow('before', t('Before'), `${from.slice(1).join('×')} = ${integer(kept(from))}`),
                factRow('after', t('After'), `${to.slice(1).join('×')} = ${integer(kept(to))}`),
              ],
            } as const,
          ]
        : []),
    ],
    steps: [
      { text: t('Run it on a picture'), action: { do: 'run' } },
      ...besideStep([before, node, named(net, 'average')]),
      ...(node
        ? [{ text: t('See which of them wins'), action: { do: 'tab', tab: 'microscope', node: node.id } } as CourseStep]
        : []),
      { text: t('Open VGG-16, which pools five times'), action: { do: 'sample', path: 'zoo/vgg16.cnn.yaml' } },
    ],
  };
}

export function upsampled(net: CourseNet): Content {
  const factor = factorOf(net);
  const picture = written(net, factor);
  const pooled = maxPool(picture, factor);
  const pooling = poolingOf(net);
  const small = pooling ? outputOf(pooling) : null;
  // Whatever the text puts behind the pooling, under the names it has there.
  const ways = net.facts.graph.nodes.flatMap((node) => {
    const way = small !== null && node.inputs[0] === small ? wayBack(net, node, pooled, factor) : null;
    return way ? [{ node, name: node.name.split('/')[0]!, way }] : [];
  });
  const maps = ways.map(({ node, name }): CourseStep => ({
    text: t('Look at the maps of {0}', name),
    action: { do: 'tab', tab: 'maps', node: node.id },
  }));
  return {
    blocks: [
      {
        kind: 'grids',
        title: t('A small picture, and its maxima'),
        grids: [{ ...gridOf(t('picture'), WRITE(), picture), settings: CELL }, gridOf(t('maximum'), '', pooled.values)],
      },
      ...(ways.length
        ? [
            {
              kind: 'grids',
              title: t('Back to the full size'),
              grids: ways.map(({ name, way }) => gridOf(name, '', way)),
            } as const,
          ]
        : [{ kind: 'note', text: t('Nothing leads back to the full size now.') } as const]),
    ],
    steps: [
      { text: t('Run it on a picture'), action: { do: 'run' } },
      ...besideStep(ways.map(({ node }) => node)),
      ...maps,
      {
        text: t('Open SegNet, which unpools five times'),
        action: { do: 'sample', path: 'zoo/segnet.cnn.yaml' },
      },
    ],
  };
}
