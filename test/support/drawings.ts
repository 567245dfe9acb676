/** Drawings of whole nets as they are measured: by our layout, and by ELK's layered one alone, as other viewers lay out. */
import type { ElkNode } from 'elkjs/lib/elk-api';
import type { Scene } from '../../src/core/view/types';
import { repeatsOf } from '../../webview/state/repeats';
import { planFor } from '../../webview/state/plans';
import type { FrameLayout } from '../../webview/stage/layout/frame';
import { layoutScene } from '../../webview/stage/layout/nested';
import type { Geometry } from '../../webview/stage/layout/types';
import { visibleOf } from '../../webview/stage/layout/visible';
import { layoutSceneOf } from '../../webview/stage/scene/layoutScene';
import type { PlacedBox, PlacedWire } from './layoutQuality';

export interface Placed {
  readonly boxes: readonly PlacedBox[];
  readonly wires: readonly PlacedWire[];
  /** Edges there are; a wire may be a part of one. */
  readonly edges: number;
}

/** All modules open, rows of equal ones drawn out. */
export async function ownDrawing(scene: Scene, direction: Geometry['direction'] = 'vertical'): Promise<Placed> {
  const layout = layoutSceneOf(planFor(scene), repeatsOf(scene));
  const folding = { open: [...scene.groups.keys()], plumbing: false, fold: false };
  const memo = new Map<string, FrameLayout>();
  const { geometry } = await layoutScene(layout, { ...folding, direction }, memo, () => Promise.resolve());
  const { wires } = geometry;
  return {
    boxes: boxesOf(geometry),
    wires: Array.from({ length: wires.count }, (_, w) => ({
      // What comes through a frame is told apart by the edge it stands for.
      from: wires.from[w]! >= 0 ? wires.from[w]! : `edge ${wires.edge[w]!}`,
      to: wires.to[w]! >= 0 ? wires.to[w]! : `edge ${wires.edge[w]!}`,
      points: Array.from(wires.points.subarray(2 * wires.start[w]!, 2 * wires.start[w + 1]!)),
    })),
    edges: visibleOf(layout, folding).edges.length,
  };
}

function boxesOf({ items, boxes, open }: Geometry): PlacedBox[] {
  return Array.from(items.keys())
    .filter((place) => !open[place])
    .map((place) => {
      const [left, top, width, height] = boxes.subarray(4 * place, 4 * place + 4) as unknown as [
        number,
        number,
        number,
        number,
      ];
      return { left, top, right: left + width, bottom: top + height };
    });
}

/** The same boxes and edges without their modules, by elkjs as it comes, orthogonal and downwards. */
export async function elkDrawing(scene: Scene): Promise<Placed> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const layout = layoutSceneOf(planFor(scene), repeatsOf(scene));
  const folding = { open: [...scene.groups.keys()], plumbing: false, fold: false };
  const { items, edges } = visibleOf(layout, folding);
  const memo = new Map<string, FrameLayout>();
  const { geometry } = await layoutScene(layout, { ...folding, direction: 'vertical' }, memo, () => Promise.resolve());
  const sizes = new Map(
    Array.from(geometry.items, (item, place) => [item, geometry.boxes.subarray(4 * place + 2, 4 * place + 4)]),
  );
  const placed: ElkNode = await new Elk().layout({
    id: 'net',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.spacing.nodeNode': '20',
      'elk.layered.spacing.nodeNodeBetweenLayers': '22',
    },
    children: items.map((item) => {
      const [width = 0, height = 0] = sizes.get(item) ?? [];
      return { id: String(item), width, height };
    }),
    edges: edges.map(({ from, to }, i) => ({ id: `e${i}`, sources: [String(from)], targets: [String(to)] })),
  });
  return {
    boxes: (placed.children ?? []).map(({ x = 0, y = 0, width = 0, height = 0 }) => ({
      left: x,
      top: y,
      right: x + width,
      bottom: y + height,
    })),
    wires: (placed.edges ?? []).flatMap(({ sources, targets, sections }) =>
      (sections ?? []).map(({ startPoint, bendPoints, endPoint }) => ({
        from: sources[0]!,
        to: targets[0]!,
        points: [startPoint, ...(bendPoints ?? []), endPoint].flatMap(({ x, y }) => [x, y]),
      })),
    ),
    edges: edges.length,
  };
}
