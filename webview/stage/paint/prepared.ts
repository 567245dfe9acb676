/** What the painters are handed: what was worked out once per layout, and what is marked now. */
import { t } from '../../../src/core/l10n/l10n';
import type { Family, Scene } from '../../../src/core/view/types';
import type { Lit } from '../../state/lit';
import type { Thumbnail } from '../../state/runner';
import { pillRoom } from '../scene/layoutScene';
import type { StageModel } from '../scene/model';
import { conflictsOf, type Conflicts } from './conflict';
import { describeGroups } from './group';
import { labelWires, type WireLabel } from './wire';

/** What is marked now, by item number. */
export interface Marks {
  readonly selected: number;
  readonly hovered: number;
  readonly wire: number | null;
  /** Items found; null while nothing is looked for. */
  readonly hits: ReadonlySet<number> | null;
  /** Number of hits inside closed modules, by item number. */
  readonly counts: ReadonlyMap<number, number>;
  /** Items that stay as they are while the rest fades; null while nothing is picked out. */
  readonly kept: ReadonlySet<number> | null;
  /** What is traced: edges beside it fade as well. */
  readonly traced: Pick<Lit, 'nodes' | 'ports'> | null;
  /** The pill that is selected rather than its host: host's item number. */
  readonly pill: number;
  readonly scale: Scale | null;
  /** Pictures of the strongest maps of an item; empty where there are none, or none are wanted. */
  readonly thumbnails: (item: number) => readonly Thumbnail[];
}

/** Colour by something else than the family: the bar's colour of an item, and what it stands for in words. */
export interface Scale {
  readonly colour: (item: number) => string;
  readonly words: (item: number) => string;
  /** The same of an operator, short enough to stand in its box. */
  readonly note: (node: number) => string;
}

/** Hits stand out by their rings; of a trace the rest steps further back. */
export const fadeOf = ({ traced }: Pick<Marks, 'traced'>): number => (traced ? 0.25 : 0.55);

/** What can be known once per layout. */
export interface Prepared {
  readonly model: StageModel;
  readonly labels: readonly WireLabel[];
  readonly labelOf: ReadonlyMap<number, WireLabel>;
  readonly conflicts: Conflicts;
  readonly groups: readonly { readonly repeat: string; readonly families: readonly Family[] }[];
  readonly input: number | null;
  /** Where lines run down through each opened module's header: x, from left to right. */
  readonly cuts: ReadonlyMap<number, readonly number[]>;
}

/** `48×8×8`, or `indices 48×8×8` where a pooling hands on the places of its largest values. */
export function edgeWords({ nodes, edges }: Scene, edge: number): string {
  const { from, value, size = '' } = edges[edge] ?? {};
  const node = from?.kind === 'node' ? nodes[from.node] : undefined;
  return node?.op === 'MaxPool' && node.outputs[1]?.value === value ? t('indices {0}', size) : size;
}

export function prepare(model: StageModel): Prepared {
  const { scene, geometry } = model;
  const [nodes, groups] = [scene.nodes.length, scene.groups.length];
  const telling = (edge: number, from: number): boolean => {
    if (from < 0 || from >= nodes) return true;
    return scene.nodes[from]!.sizeIn !== scene.edges[edge]!.size;
  };
  const size = (edge: number): string => edgeWords(scene, edge);
  const below = (from: number): number => {
    const node = from >= 0 && from < nodes ? scene.nodes[from] : undefined;
    if (!node?.pill || node.join) return 0;
    return geometry.direction === 'horizontal' ? pillRoom(node.pill.title) : 10;
  };
  // The size of the net's input stands in its pill already.
  const conflicts = conflictsOf(scene, geometry);
  const labels = labelWires(geometry, size, telling, below)
    .filter((l) => geometry.wires.from[l.wire]! < nodes + groups)
    .map((label) => {
      const { wire } = label;
      const trouble = conflicts.wires.has(wire) || conflicts.words.has(wire);
      // Sizes that do not fit are told from far as well.
      return trouble ? { ...label, text: conflicts.words.get(wire) ?? label.text, telling: true, trouble } : label;
    });
  const described = describeGroups(scene);
  return {
    model,
    labels,
    labelOf: new Map(labels.map((l) => [l.wire, l])),
    conflicts,
    groups: described.map(({ blocks, families }) => ({
      repeat: blocks ? t('×{0} blocks', blocks) : '',
      families,
    })),
    input: scene.imageSize ? Math.max(...scene.imageSize) : null,
    cuts: headerCuts(model),
  };
}

function headerCuts(model: StageModel): Map<number, number[]> {
  const { geometry, scene } = model;
  const { wires } = geometry;
  const cuts = new Map<number, number[]>();
  if (geometry.direction === 'horizontal') return cuts;
  for (let w = 0; w < wires.count; w++) {
    const to = wires.to[w]! - scene.nodes.length;
    if (to < 0 || to >= scene.groups.length) continue;
    const x = wires.points[2 * (wires.start[w + 1]! - 1)]!;
    const known = cuts.get(to);
    if (known) known.push(x);
    else cuts.set(to, [x]);
  }
  for (const list of cuts.values()) list.sort((a, b) => a - b);
  return cuts;
}
