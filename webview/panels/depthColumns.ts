/** Columns of the chart along the depth: one per operator with windows or weights, or one per module where they are too many. Pure. */
import { integer } from '../ui/numbers';
import { inOrder } from './layersRows';
import { t } from '../../src/core/l10n/l10n';
import type { DepthFacts } from '../../src/core/view/depth';
import type { Family, Scene, SceneNode } from '../../src/core/view/types';

export interface DepthColumn {
  /** Operators it stands for; none for the input. */
  readonly nodes: readonly number[];
  /** Module it stands for. */
  readonly group: number | null;
  readonly family: Family | null;
  readonly title: string;
  readonly name: string;
  /** Under the chart: kernel, then channels. */
  readonly lines: readonly [string, string];
  readonly size: string;
  readonly channels: number | null;
  readonly spatial: readonly number[];
  readonly sees: number | 'all' | null;
  readonly shortest: number | null;
  readonly unpooled: number | null;
  readonly parameters: number;
  readonly macs: number | null;
}

export interface DepthColumns {
  readonly columns: readonly DepthColumn[];
  /** By node: the column it belongs to or comes after; -1 before the first. */
  readonly columnOf: Int32Array;
  /** Columns stand for more than an operator each. */
  readonly merged: boolean;
}

const WINDOWED: ReadonlySet<Family> = new Set(['convolution', 'pooling', 'upsampling', 'dense']);

/** Pooling of a single element (adaptive pooling that had nothing to do) is no step. */
const idle = ({ family, label }: SceneNode): boolean =>
  family === 'pooling' && label.length === 1 && /^1(×1)*$/.test(label[0]!);

const isStep = (node: SceneNode): boolean =>
  !node.plumbing &&
  node.pillOf === null &&
  !idle(node) &&
  (WINDOWED.has(node.family) || node.parameters > 0 || (node.macs ?? 0) > 0);

/** Nodes whose data a node reads. */
function sources(scene: Scene): readonly (readonly number[])[] {
  const from = scene.nodes.map((): number[] => []);
  for (const edge of scene.edges)
    if (edge.from.kind === 'node' && edge.to.kind === 'node' && edge.kind !== 'plumbing')
      from[edge.to.node]?.push(edge.from.node);
  return from;
}

/** Operators with windows or weights, each with the normalisation that alone follows it. */
function steps(scene: Scene): { readonly steps: readonly (readonly number[])[]; readonly stepOf: Int32Array } {
  const from = sources(scene);
  const found: number[][] = [];
  const stepOf = new Int32Array(scene.nodes.length).fill(-1);
  for (const node of inOrder(scene)) {
    const before = from[node.id]!;
    const at = before.reduce((latest, source) => Math.max(latest, stepOf[source]!), -1);
    stepOf[node.id] = at;
    if (!isStep(node)) continue;
    const small = !WINDOWED.has(node.family) && before.length === 1 && at >= 0;
    if (small && found[at]!.at(-1) === before[0]) found[at]!.push(node.id);
    else stepOf[node.id] = found.push([node.id]) - 1;
  }
  return { steps: found, stepOf };
}

const KERNEL = /^\d+(×\d+)*$/;

/** `3×3 /2` above `64`. */
function linesOf({ label, family, title, channels, spatial }: SceneNode): readonly [string, string] {
  const kernel = label.find((part) => KERNEL.test(part) && part.includes('×'));
  const stride = label.find((part) => /^[/×]\d/.test(part) && part !== kernel);
  if (family === 'dense') return ['fc', channels && !spatial.length ? integer(channels) : ''];
  if (family === 'pooling') return [kernel ?? title.split(' ')[0]!.toLowerCase(), stride ?? ''];
  const first = kernel ?? (family === 'upsampling' ? 'up' : title.toLowerCase());
  return [
    kernel && stride ? `${kernel} ${stride}` : stride && !kernel ? `${first} ${stride}` : first,
    channels ? integer(channels) : '',
  ];
}

function ofNodes(
  scene: Scene,
  facts: DepthFacts | null,
  nodes: readonly number[],
  extra: Partial<DepthColumn> = {},
): DepthColumn {
  const node = scene.nodes[nodes[0]!]!;
  let parameters = 0;
  let macs: number | null = 0;
  for (const id of nodes) {
    const one = scene.nodes[id]!;
    parameters += one.parameters;
    macs = macs === null || one.macs === null ? null : macs + one.macs;
  }
  return {
    nodes,
    group: null,
    family: node.family,
    title: [node.title, node.label.join(' · ')].filter(Boolean).join(' '),
    name: node.name,
    lines: linesOf(node),
    size: node.sizeOut,
    channels: node.channels,
    spatial: node.spatial,
    sees: node.sees,
    shortest: facts?.shortest[node.id] ?? null,
    unpooled: facts?.unpooled?.[node.id] ?? null,
    parameters,
    macs,
    ...extra,
  };
}

function inputColumn({ input }: DepthFacts): readonly DepthColumn[] {
  if (!input) return [];
  const blank = { nodes: [], group: null, family: null, parameters: 0, macs: 0, name: '' };
  const { size, channels, spatial } = input;
  const sees = { sees: 1, shortest: 1, unpooled: 1 } as const;
  return [{ ...blank, ...sees, title: t('Input'), lines: [t('in'), ''], size, channels, spatial }];
}

/** At most `most` columns where modules allow it. */
export function depthColumns(scene: Scene, facts: DepthFacts | null, most: number): DepthColumns {
  const { steps: all, stepOf } = steps(scene);
  const input = facts ? inputColumn(facts) : [];
  const room = Math.max(1, most - input.length);
  const parts =
    all.length <= room ? all.map((_, at) => ({ first: at, last: at, group: null })) : merge(scene, all, room);
  const place = new Int32Array(all.length);
  const columns = parts.map(({ first, last, group }, index) => {
    place.fill(index + input.length, first, last + 1);
    const nodes = all.slice(first, last + 1).flat();
    return group === null && first === last ? ofNodes(scene, facts, nodes) : ofPart(scene, facts, nodes, group);
  });
  return {
    columns: [...input, ...columns],
    columnOf: stepOf.map((step) => (step < 0 ? -1 : place[step]!)),
    merged: parts.length < all.length,
  };
}

interface Part {
  readonly first: number;
  readonly last: number;
  readonly group: number | null;
}

/** Steps of the same module as one, as deep into the modules as there is room for; without modules, equal runs of steps. */
function merge(scene: Scene, all: readonly (readonly number[])[], room: number): readonly Part[] {
  const chains = all.map(([leader]) => {
    const chain: number[] = [];
    for (let g = scene.nodes[leader!]!.group; g !== null; g = scene.groups[g]!.parent) chain.unshift(g);
    return chain;
  });
  const deepest = chains.reduce((depth, chain) => Math.max(depth, chain.length), 0);
  for (let depth = deepest; depth >= 1; depth--) {
    const parts: { first: number; last: number; group: number | null }[] = [];
    chains.forEach((chain, at) => {
      const group = chain[Math.min(depth, chain.length) - 1] ?? null;
      const before = parts.at(-1);
      if (before && group !== null && before.group === group) before.last = at;
      else parts.push({ first: at, last: at, group });
    });
    if (parts.length <= room) return parts;
  }
  const size = Math.ceil(all.length / room);
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => ({
    first: at * size,
    last: Math.min(all.length, (at + 1) * size) - 1,
    group: null,
  }));
}

/** A module, or a run of operators, says what is so at its end. */
function ofPart(scene: Scene, facts: DepthFacts | null, nodes: readonly number[], group: number | null): DepthColumn {
  const module = group === null ? null : scene.groups[group]!;
  const inside = new Set(nodes);
  const whole = module?.nodes.every((id) => inside.has(id) || !isStep(scene.nodes[id]!)) === true;
  const last = whole ? [...module.nodes].reverse().find((id) => !scene.nodes[id]!.plumbing) : undefined;
  const end = scene.nodes[last ?? nodes.at(-1)!]!;
  const first = scene.nodes[nodes[0]!]!;
  const family = nodes.map((id) => scene.nodes[id]!.family).find((one) => one === 'convolution') ?? first.family;
  const name = module?.path ?? `${first.shortName} … ${scene.nodes[nodes.at(-1)!]!.shortName}`;
  return ofNodes(scene, facts, nodes, {
    group: whole ? group : null,
    family,
    title: module?.name ?? name,
    name,
    lines: [module?.name ?? '', ''],
    size: end.sizeOut,
    channels: end.channels,
    spatial: end.spatial,
    sees: end.sees,
    shortest: facts?.shortest[end.id] ?? null,
    unpooled: facts?.unpooled?.[end.id] ?? null,
    ...(whole ? { parameters: module.parameters, macs: module.macs } : {}),
  });
}
