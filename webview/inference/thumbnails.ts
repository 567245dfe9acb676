import type { AppStore } from '../state/app';
import type { RunTensor } from '../state/runner';
import { layerStatistics } from '../state/statistics';
import { viewTensor } from '../state/tensorView';
import { scaleFor } from '../ui/colourMaps';
import { paintMap } from '../ui/paintMap';

const STRONGEST = 4;

/** Pictures of the strongest maps of nodes, painted once per run and node. */
export function createThumbnails(
  store: AppStore,
  peek: (value: number) => RunTensor | null,
): (node: number) => readonly HTMLCanvasElement[] {
  const painted = new Map<number, readonly HTMLCanvasElement[]>();
  let serial = -1;
  return (node) => {
    const { scene, run } = store.get();
    if (run.serial !== serial) painted.clear();
    serial = run.serial;
    const known = painted.get(node);
    if (known) return known;
    const layer = scene?.nodes[node];
    const output = (layer?.pill ? scene?.nodes[layer.pill.node] : layer)?.outputs[0];
    const tensor = output ? peek(output.value) : null;
    if (!layer || !tensor) return [];
    const view = viewTensor(tensor, layer.spatial.length);
    const maps: HTMLCanvasElement[] = [];
    if (view.kind === 'maps' && view.axes === 2) {
      const { channels, min, max } = layerStatistics(view);
      const strength = (channel: number): number => Math.abs(channels[channel]!.mean);
      const order = channels.map((_, channel) => channel).sort((a, b) => strength(b) - strength(a));
      for (const channel of order.slice(0, STRONGEST)) {
        const canvas = document.createElement('canvas');
        const { data, height, width } = view;
        paintMap(canvas, { data, from: channel * height * width, height, width }, scaleFor(min, max));
        maps.push(canvas);
      }
    }
    painted.set(node, maps);
    return maps;
  };
}
