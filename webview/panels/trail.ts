/** The way of a unit's field through the net: every layer between, with the places the unit is made of lit. */
import './trail.css';
import { t } from '../../src/core/l10n/l10n';
import type { SceneNode } from '../../src/core/view/types';
import type { TrailStep } from '../../src/protocol/host';
import type { PageContext, Unmount } from '../state/context';
import type { Runner } from '../state/runner';
import { layerStatistics, sortedChannels } from '../state/statistics';
import { viewTensor } from '../state/tensorView';
import { scaleFor } from '../ui/colourMaps';
import { el, fill } from '../ui/dom';
import { integer } from '../ui/numbers';
import { paintMap } from '../ui/paintMap';
import { pictureCanvas } from './fieldPicture';
import { latest } from './latest';
import { placeOf, valueInView, type MapsStore } from './layerMaps';
import { walkable } from './walk';

const HEIGHT = 72;
const DIMMED = 0.38;

interface Stop {
  readonly step: TrailStep;
  /** Null for the image. */
  readonly node: SceneNode | null;
}

/** A layer once, after its activation where that is drawn as part of it; plumbing has no picture. */
function stopsOf(steps: readonly TrailStep[], context: PageContext): readonly Stop[] {
  const { scene } = context.store.get();
  if (!scene) return [];
  const shown = new Map<number, SceneNode>();
  for (const node of walkable(scene)) {
    const value = valueInView(context, node, true);
    if (value !== null) shown.set(value, node);
  }
  return steps.flatMap((step, at): Stop[] => {
    if (at === 0) return [{ step, node: null }];
    const node = shown.get(step.value);
    return node ? [{ step, node }] : [];
  });
}

const sizeOf = ({ ranges }: TrailStep): string => ranges.map(([first, last]) => integer(last - first + 1)).join('×');

/** Darkens all but the places of the step; the canvas is as large as the tensor. */
function darken(canvas: HTMLCanvasElement, { ranges, runs }: TrailStep): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  context.fillStyle = `rgb(0 0 0 / ${1 - DIMMED})`;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const columns = ranges.at(-1)!;
  const rows = ranges.length > 1 ? ranges[0]! : ([0, canvas.height - 1] as const);
  const light = (x: number, y: number, w: number, h: number): void => context.drawImage(copy, x, y, w, h, x, y, w, h);
  if (runs.length > 0) for (const [row, first, last] of runs) light(first, row, last - first + 1, 1);
  else light(columns[0], rows[0], columns[1] - columns[0] + 1, rows[1] - rows[0] + 1);
}

export function mountTrail(parent: HTMLElement, context: PageContext, runner: Runner, maps: MapsStore): Unmount {
  const { store, host } = context;
  const list = el('ol', {
    class: 'trail',
    attrs: { 'aria-label': t('The way through the layers'), 'data-testid': 'trail' },
  });
  parent.append(list);
  let asked = 0;
  const pending = new Map<Element, Stop>();
  // Deep nets have hundreds of layers: those out of view are painted when they come into it.
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      const stop = pending.get(target);
      if (!isIntersecting || !stop) continue;
      pending.delete(target);
      observer.unobserve(target);
      void paint(target.querySelector('canvas')!, stop);
    }
  });

  async function paint(canvas: HTMLCanvasElement, { step, node }: Stop): Promise<void> {
    const [height, width] = step.extents.length > 1 ? (step.extents as [number, number]) : [1, step.extents[0] ?? 1];
    const own = asked;
    if (!node) {
      const { picture } = runner;
      canvas.width = width;
      canvas.height = height;
      if (picture) canvas.getContext('2d')?.drawImage(pictureCanvas(picture), 0, 0, width, height);
    } else {
      const tensor = runner.peek(step.value) ?? (await runner.tensor(step.value));
      if (!tensor || own !== asked) return;
      const view = viewTensor(tensor, node.spatial.length);
      const { channels, min, max } = layerStatistics(view);
      const channel = sortedChannels(channels, 'mean')[0] ?? 0;
      const from = channel * view.height * view.width;
      paintMap(canvas, { data: tensor.data, from, height: view.height, width: view.width }, scaleFor(min, max));
    }
    darken(canvas, step);
  }

  function item(stop: Stop, current: boolean): HTMLElement {
    const { step, node } = stop;
    const [height, width] = step.extents.length > 1 ? (step.extents as [number, number]) : [1, step.extents[0] ?? 1];
    const wide = Math.max(24, Math.min(HEIGHT * 2, (HEIGHT * width) / height));
    const canvas = el('canvas', { style: { width: `${wide}px` }, attrs: { 'aria-hidden': 'true' } });
    const name = node ? node.shortName : t('image');
    const size = sizeOf(step);
    const extents = step.extents.map(integer).join('×');
    const words = node
      ? t('{0}: {1} of {2} units', name, size, extents)
      : t('{0}: {1} of {2} pixels', name, size, extents);
    const entry = el(
      'li',
      { class: current ? 'on' : '' },
      el(
        'button',
        {
          title: words,
          attrs: { type: 'button', 'aria-label': words, 'aria-current': current ? 'true' : null },
          on: { click: () => node && store.dispatch({ do: 'select', node: node.id }) },
        },
        canvas,
        el('span', { class: 'trail-name wb-cut', style: { 'max-width': `${Math.max(56, wide)}px` }, text: name }),
        el('span', { class: 'trail-size', text: size }),
      ),
    );
    pending.set(entry, stop);
    observer.observe(entry);
    return entry;
  }

  const ask = latest(async () => {
    const { node, afterG } = maps.get();
    const { unit } = store.get();
    const value = node ? valueInView(context, node, afterG) : null;
    const steps =
      value === null || unit === null
        ? null
        : await host.unitTrail({ value, at: placeOf(node, unit) }).catch(() => null);
    asked++;
    pending.clear();
    observer.disconnect();
    const stops = steps ? stopsOf(steps, context) : [];
    fill(list, ...stops.map((stop) => item(stop, stop.node?.id === (node?.pillOf ?? node?.id))));
    list.scrollLeft = list.scrollWidth;
  });
  const stops = [
    maps.subscribe((state, previous) => {
      if (state.layer !== previous.layer) ask();
    }),
    store.subscribe((state, previous) => {
      if (state.unit !== previous.unit || state.run.serial !== previous.run.serial) ask();
    }),
  ];
  ask();
  return () => {
    observer.disconnect();
    stops.forEach((stop) => stop());
    list.remove();
  };
}
