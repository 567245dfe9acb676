/** The net as a film strip: one bar per operator, height = log of the spatial size, colour = family. */
import './ribbon.css';
import { t } from '../../src/core/l10n/l10n';
import { spokenNode } from '../../src/core/spoken';
import type { Family, Scene, SceneNode } from '../../src/core/view/types';
import type { PageContext } from '../state/context';
import { el, fill } from '../ui/dom';
import { layerInView, ordinalOf, pathOf, walkable } from './walk';

const HEIGHT = 64;
const SIDE = 16;
/** Room under the bars for the name of the layer in view. */
const LABEL = 14;
/** A bar narrower than this can't be told from its neighbours: modules are merged instead. */
const PIXELS_PER_BAR = 3;
const SVG = 'http://www.w3.org/2000/svg';

interface Bar {
  readonly family: Family;
  /** Largest spatial extent of what it stands for; 1 for vectors. */
  readonly extent: number;
  readonly title: string;
  readonly nodes: readonly SceneNode[];
}

const extentOf = (node: SceneNode): number => Math.max(1, ...node.spatial);
const single = (node: SceneNode, ordinal = ''): Bar => ({
  family: node.family,
  extent: extentOf(node),
  title: `${ordinal || node.title} ${node.shortName}${node.sizeOut ? `, ${node.sizeOut}` : ''}`,
  nodes: [node],
});

/** One bar per operator while they fit, else runs of operators of the same outermost module as one. */
function barsOf(scene: Scene, width: number): readonly Bar[] {
  const layers = walkable(scene);
  if (layers.length <= width / PIXELS_PER_BAR) return layers.map((node) => single(node, ordinalOf(scene, node)));
  let depth = 1;
  const moduleOf = (node: SceneNode): string => {
    const chain: string[] = [];
    for (let group = node.group; group !== null; group = scene.groups[group]!.parent)
      chain.unshift(scene.groups[group]!.path);
    return chain[Math.min(depth, chain.length) - 1] ?? '';
  };
  const merge = (): Bar[] => {
    const runs: { module: string; nodes: SceneNode[] }[] = [];
    for (const node of layers) {
      const module = moduleOf(node);
      const last = runs.at(-1);
      if (last && module !== '' && last.module === module) last.nodes.push(node);
      else runs.push({ module, nodes: [node] });
    }
    return runs.map(({ module, nodes }) => {
      const first = nodes.find((node) => node.family === 'convolution') ?? nodes[0]!;
      if (nodes.length === 1) return single(first);
      return { ...single(first), title: t('{0}, {1} operators', module, nodes.length), nodes };
    });
  };
  // As deep into the modules as there is room for.
  let best = merge();
  for (depth = 2; depth < 8; depth++) {
    const finer = merge();
    if (finer.length > width / PIXELS_PER_BAR) break;
    best = finer;
  }
  if (best.length <= width / PIXELS_PER_BAR) return best;
  // No modules to merge by: equal runs.
  const size = Math.ceil(layers.length / (width / PIXELS_PER_BAR));
  return Array.from({ length: Math.ceil(layers.length / size) }, (_, index) => {
    const nodes = layers.slice(index * size, (index + 1) * size);
    return { ...single(nodes[0]!), title: `${nodes[0]!.shortName} … ${nodes.at(-1)!.shortName}`, nodes };
  });
}

function shape<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

export function mountRibbon(parent: HTMLElement, context: PageContext): () => void {
  const { store } = context;
  const svg = shape('svg', { height: HEIGHT, role: 'slider', tabindex: 0, 'aria-label': t('Layer') });
  const label = el('div', { class: 'ribbon-label' });
  const hint = el('div', { class: 'ribbon-hint', text: t('← →  previous, next layer') });
  const root = el('div', { class: 'ribbon', attrs: { 'data-testid': 'ribbon' } });
  root.append(svg, label, hint);
  parent.append(root);
  let bars: readonly Bar[] = [];
  let step = 1;

  const draw = (): void => {
    const state = store.get();
    const width = root.clientWidth;
    if (!state.scene || width === 0) return;
    bars = barsOf(state.scene, width - 2 * SIDE);
    const gap = Math.max(bars.length > 200 ? 0.5 : 1, Math.min(4, (width / bars.length) * 0.22));
    const barWidth = Math.min(26, (width - 2 * SIDE - (bars.length - 1) * gap) / bars.length);
    step = barWidth + gap;
    const input = Math.max(...(state.scene.imageSize ?? []), ...bars.map((bar) => bar.extent), 2);
    const shapes = bars.map((bar, index) => {
      const height = Math.max(3, (Math.log2(bar.extent + 1) / Math.log2(input + 1)) * (HEIGHT - 24));
      const y = (HEIGHT - LABEL - height) / 2 + 1;
      const attributes = { x: SIDE + index * step, y, width: barWidth, height, rx: Math.min(1, barWidth / 4) };
      const rect = shape('rect', { ...attributes, class: 'ribbon-bar', fill: `var(--${bar.family})` });
      const title = shape('title', {});
      title.textContent = bar.title;
      rect.append(title);
      return rect;
    });
    svg.setAttribute('width', String(width));
    svg.setAttribute('aria-valuemax', String(bars.length - 1));
    svg.setAttribute('aria-valuemin', '0');
    svg.replaceChildren(
      ...shapes,
      shape('rect', { class: 'ribbon-frame', y: 2.5, height: HEIGHT - LABEL - 4, rx: 2, width: barWidth + 6 }),
    );
    mark();
  };

  const mark = (): void => {
    const state = store.get();
    const node = layerInView(state);
    const id = node?.pillOf ?? node?.id;
    const at = bars.findIndex((bar) => bar.nodes.some((one) => one.id === id));
    svg.querySelectorAll('.ribbon-bar').forEach((bar, index) => bar.classList.toggle('on', index === at));
    const frame = svg.querySelector('.ribbon-frame');
    frame?.classList.toggle('hidden', at < 0);
    hint.hidden = false;
    const ordinal = node && state.scene ? ordinalOf(state.scene, node) : '';
    fill(
      label,
      at < 0 || !node || !state.scene ? '' : pathOf(state.scene, node),
      at < 0 || ordinal === '' ? null : el('span', { text: ordinal }),
    );
    svg.setAttribute('aria-valuenow', String(Math.max(0, at)));
    svg.setAttribute('aria-valuetext', [node && spokenNode(node), ordinal].filter(Boolean).join(' '));
    if (at < 0) return;
    const x = SIDE + at * step;
    frame?.setAttribute('x', String(x - 3));
    // Under its bar, but inside of the strip and never over the hint.
    const [centre, width] = [x + (step - 1) / 2, root.clientWidth];
    const half = label.offsetWidth / 2;
    const left = Math.max(SIDE, Math.min(centre - half, width - SIDE - 2 * half));
    label.style.left = `${left}px`;
    hint.hidden = left + 2 * half > width - SIDE - hint.offsetWidth - 16;
  };

  const pick = (event: PointerEvent): void => {
    const x = event.clientX - root.getBoundingClientRect().left - SIDE;
    const bar = bars[Math.max(0, Math.min(bars.length - 1, Math.floor(x / step)))];
    const node = bar?.nodes[0];
    if (node && node.id !== store.get().selection) store.dispatch({ do: 'select', node: node.id });
  };
  svg.addEventListener('pointerdown', (event) => {
    svg.setPointerCapture(event.pointerId);
    pick(event);
  });
  svg.addEventListener('pointermove', (event) => {
    if (svg.hasPointerCapture(event.pointerId)) pick(event);
  });

  const resized = new ResizeObserver(draw);
  resized.observe(root);
  const stop = store.subscribe((state, previous) => {
    if (state.scene !== previous.scene) draw();
    else if (state.selection !== previous.selection || state.selectedGroup !== previous.selectedGroup) mark();
  });
  return () => {
    resized.disconnect();
    stop();
    root.remove();
  };
}
