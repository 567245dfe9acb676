/** The net along its depth: its tensors as boxes, what one unit sees, parameters and MACs, one column each. */
import './depth.css';
import { t } from '../../src/core/l10n/l10n';
import type { DepthFacts } from '../../src/core/view/depth';
import type { Scene } from '../../src/core/view/types';
import type { AppState } from '../state/app';
import type { PageContext, Unmount } from '../state/context';
import { el, fill } from '../ui/dom';
import { tool } from '../ui/index';
import { openMenu } from '../ui/menu';
import { compact, integer, percent } from '../ui/numbers';
import { svg } from '../ui/svg';
import { pointInGraph, showInGraph, takeFocus } from './benchPlace';
import { costRow, fieldRow } from './depthChart';
import { depthColumns, type DepthColumn, type DepthColumns } from './depthColumns';
import { saveFigure } from './depthFigure';
import { frameOf, type Frame } from './depthFrame';
import { volumes } from './depthVolumes';

/** Columns narrower than this are drawn for modules instead of operators, px. */
const NARROWEST = 14;

export function mountDepth(parent: HTMLElement, context: PageContext, about: (text: string) => void): Unmount {
  const { store, host } = context;
  let facts: DepthFacts | null = null;
  let shown: DepthColumns = { columns: [], columnOf: new Int32Array(), merged: false };
  let frame: Frame | null = null;
  let hovered = -1;
  let asked: Scene | null = null;
  /** Where the keys stand; the input is no layer and cannot be chosen. */
  let cursor = -1;

  const drawing = svg('g');
  const hover = svg('rect', { class: 'depth-hover', rx: 3 });
  const frames = svg('rect', { class: 'depth-frame', rx: 3 });
  const options = svg('g');
  const chart = svg(
    'svg',
    {
      class: 'depth-chart',
      role: 'listbox',
      tabindex: 0,
      'aria-label': t('Layers along the depth'),
      'aria-orientation': 'horizontal',
      'data-testid': 'depth-chart',
    },
    hover,
    drawing,
    frames,
    options,
  );
  const tip = el('div', { class: 'depth-tip num', attrs: { hidden: true, 'aria-hidden': 'true' } });
  const save = tool(
    'export',
    t('Save as a figure'),
    () =>
      openMenu(save, t('Save as a figure'), [
        { label: t('Save as SVG…'), icon: 'save', run: () => void saveFigure(context, chart, 'svg') },
        { label: t('Save as PNG…'), icon: 'file-media', run: () => void saveFigure(context, chart, 'png') },
      ]),
    { 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
  );
  const root = el('div', { class: 'depth', attrs: { 'data-testid': 'depth' } });
  const scroller = el('div', { class: 'depth-scroll' });
  scroller.append(chart);
  fill(root, scroller, el('div', { class: 'depth-tools' }, save), tip);
  parent.append(root);

  function draw(): void {
    const { scene } = store.get();
    const [width, height] = [scroller.clientWidth, scroller.clientHeight];
    if (!scene || !width || !height) return;
    const room = frameOf(width, height, 1);
    shown = depthColumns(scene, facts, Math.floor((width - room.left - room.right) / NARROWEST));
    const { columns } = shown;
    const at = (frame = frameOf(width, height, columns.length));
    chart.setAttribute('width', String(at.width));
    chart.setAttribute('height', String(at.height));
    chart.setAttribute('viewBox', `0 0 ${at.width} ${at.height}`);
    const { parameters, macs } = scene.header;
    drawing.replaceChildren(
      volumes(columns, at),
      fieldRow(scene, columns, at),
      costRow(t('Parameters'), parameters, columns, (column) => column.parameters, at, at.parameters),
      costRow('MACs', macs, columns, (column) => column.macs, at, at.macs),
    );
    options.replaceChildren(...columns.map((column, index) => option(scene, column, index, at)));
    point(-1);
    mark();
    const what = shown.merged ? t('one column per module') : t('one column per operator with windows or weights');
    about(at.wide ? `${what} · ${t('height and width to scale, channels on a log scale')}` : what);
  }

  function option(scene: Scene, column: DepthColumn, index: number, at: Frame): SVGElement {
    const hit = svg('rect', {
      class: 'depth-hit',
      x: at.x(index) - at.columnWidth / 2,
      y: 0,
      width: at.columnWidth,
      height: at.height,
      'data-column': index,
    });
    if (!column.nodes.length) return svg('g', { 'aria-hidden': 'true' }, hit);
    const label = [column.title, column.name, ...factsOf(scene, column)].filter(Boolean).join(', ');
    return svg('g', { role: 'option', id: `depth-${index}`, 'aria-label': label, 'aria-selected': 'false' }, hit);
  }

  /** Columns of what is selected; `exact` where it is a column itself and not what comes after one. */
  function selectedColumns({ scene, selection, selectedGroup }: AppState): { columns: number[]; exact: boolean } {
    if (!scene) return { columns: [], exact: false };
    if (selectedGroup !== null) {
      const inside = new Set(scene.groups[selectedGroup]?.nodes);
      const columns = shown.columns.flatMap(({ nodes }, at) => (nodes.some((id) => inside.has(id)) ? [at] : []));
      return { columns, exact: true };
    }
    const column = selection === null ? -1 : (shown.columnOf[selection] ?? -1);
    const exact = shown.columns[column]?.nodes.includes(selection ?? -1) === true;
    return { columns: column < 0 ? [] : [column], exact };
  }

  function mark(): void {
    const { columns, exact } = selectedColumns(store.get());
    const [first, last] = [columns[0], columns.at(-1)];
    cursor = first ?? cursor;
    [...options.children].forEach((one, at) => {
      if (one.hasAttribute('role')) one.setAttribute('aria-selected', String(columns.includes(at)));
    });
    const active = options.children[cursor]?.id;
    if (active) chart.setAttribute('aria-activedescendant', active);
    else chart.removeAttribute('aria-activedescendant');
    frames.classList.toggle('after', !exact);
    place(frames, first ?? -1, last ?? -1, Math.min(2, (frame?.columnWidth ?? 0) / 8));
  }

  function place(rect: SVGElement, first: number, last: number, inset: number): void {
    rect.classList.toggle('hidden', first < 0 || !frame);
    if (first < 0 || !frame) return;
    const { columnWidth, x, macs } = frame;
    rect.setAttribute('x', String(x(first) - columnWidth / 2 + inset));
    rect.setAttribute('width', String((last - first + 1) * columnWidth - 2 * inset));
    rect.setAttribute('y', '5');
    rect.setAttribute('height', String(macs.top + macs.height + 6));
  }

  /** Lights up a column and says what it stands for. */
  function point(column: number): void {
    hovered = column;
    place(hover, column, column, 0);
    const { scene } = store.get();
    const about = shown.columns[column];
    tip.hidden = !about || !frame || !scene;
    if (!about || !frame || !scene) return;
    fill(
      tip,
      el('div', { class: 'depth-tip-title', text: about.title }),
      about.name && about.name !== about.title ? el('div', { class: 'dim', text: about.name }) : null,
      ...factsOf(scene, about).map((text) => el('div', { text })),
    );
    const [x, half] = [frame.x(column), frame.columnWidth / 2];
    const right = x + half + 10 + tip.offsetWidth < frame.width;
    tip.style.left = `${right ? x + half + 8 : Math.max(4, x - half - 8 - tip.offsetWidth)}px`;
    tip.style.top = `${Math.max(8, frame.volumes.top - scroller.scrollTop)}px`;
  }

  function choose(column: number): void {
    const about = shown.columns[column];
    if (!about?.nodes.length) return;
    if (about.group !== null) store.dispatch({ do: 'select', node: null, group: about.group });
    else store.dispatch({ do: 'select', node: about.nodes[0]! });
    pointInGraph(root, context, about.nodes[0]!);
  }
  const show = (): void => showInGraph(root, context, store.get().selection);

  const columnAt = (event: Event): number =>
    event.target instanceof SVGElement ? Number(event.target.dataset.column ?? -1) : -1;
  chart.addEventListener('pointermove', (event) => {
    const column = columnAt(event);
    if (column !== hovered) point(column);
  });
  chart.addEventListener('pointerleave', () => point(-1));
  chart.addEventListener('click', (event) => choose(columnAt(event)));
  chart.addEventListener('dblclick', show);
  chart.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (ctrlKey || metaKey || altKey || shiftKey) return;
    const { columns } = shown;
    const first = columns.findIndex(({ nodes }) => nodes.length > 0);
    if (key === 'ArrowRight' || key === 'ArrowDown') choose(Math.min(columns.length - 1, Math.max(first, cursor + 1)));
    else if (key === 'ArrowLeft' || key === 'ArrowUp') choose(Math.max(first, cursor - 1));
    else if (key === 'Home') choose(first);
    else if (key === 'End') choose(columns.length - 1);
    else if (key === 'Enter') show();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  /** The scene alone is drawn if the host has nothing to add. */
  async function ask(): Promise<void> {
    const { scene } = store.get();
    if (!scene || scene === asked) return;
    asked = scene;
    const answer = await host.depth().catch(() => null);
    if (asked !== scene) return;
    facts = answer;
    draw();
  }
  const resized = new ResizeObserver(() => {
    if (asked && (facts || asked === store.get().scene)) draw();
  });
  const stop = store.subscribe((state, previous) => {
    if (state.scene !== previous.scene) void ask();
    if (state.selection !== previous.selection || state.selectedGroup !== previous.selectedGroup) mark();
    if (state.mode === 'workbench' && previous.mode === 'graph') takeFocus(root, chart);
  });
  resized.observe(scroller);
  void ask();
  takeFocus(root, chart);
  return () => {
    stop();
    resized.disconnect();
    root.remove();
  };
}

/** `64×224×224`, `sees 3 px`, parameters and MACs with their shares. */
function factsOf({ header }: Scene, column: DepthColumn): readonly string[] {
  const { size, sees, shortest, unpooled, parameters, macs, nodes } = column;
  const lines = [size];
  if (!nodes.length) return lines;
  if (sees === 'all') lines.push(t('sees all of the input'));
  else if (sees !== null) lines.push(t('sees {0} px', integer(sees)));
  if (shortest !== null && shortest !== sees) lines.push(t('by its shortest path {0} px', integer(shortest)));
  if (unpooled !== null && sees !== 'all' && unpooled !== sees)
    lines.push(t('without pooling {0} px', integer(unpooled)));
  const share = (part: number, whole: number | null): string => (whole ? ` (${percent(part / whole)})` : '');
  if (parameters) lines.push(t('{0} parameters', integer(parameters)) + share(parameters, header.parameters));
  if (macs === null) lines.push(t('MACs not known'));
  else if (macs) lines.push(`${compact(macs)} MACs${share(macs, header.macs)}`);
  return lines.filter(Boolean);
}
