/** The page's frame: where header, message, stage, side panels, workbench and status stand, wide and narrow. */
import { t } from '../src/core/l10n/l10n';
import type { AppState } from './state/app';
import type { PageContext } from './state/context';
import { el } from './ui/dom';

export interface Frame {
  readonly root: HTMLElement;
  readonly header: HTMLElement;
  readonly message: HTMLElement;
  readonly course: HTMLElement;
  readonly stage: HTMLElement;
  readonly inspector: HTMLElement;
  readonly find: HTMLElement;
  readonly bench: HTMLElement;
  readonly status: HTMLElement;
  readonly polite: HTMLElement;
  readonly assertive: HTMLElement;
  progress(on: boolean): void;
  /** The first picture is there: the page is what it says. */
  drawn(): void;
}

const WIDE = 900;
const TINY = 480;
/** Narrower, and the workbench takes the whole page. */
const DOCKABLE = 1100;

export function createFrame(): Frame {
  const header = el('header', { class: 'head', role: 'banner', attrs: { 'data-testid': 'header' } });
  const message = el('section', {
    class: 'message',
    attrs: { 'data-testid': 'message', 'aria-label': t('Message'), hidden: true },
  });
  const course = el('aside', { class: 'course', attrs: { 'aria-label': t('Course'), hidden: true } });
  const stage = el('main', { class: 'stage-area', attrs: { 'aria-label': t('Graph') } });
  const inspector = el('aside', { class: 'side inspector', attrs: { 'aria-label': t('Inspector'), hidden: true } });
  const find = el('aside', { class: 'side find', attrs: { 'aria-label': t('Find'), hidden: true } });
  const splitter = el('div', { class: 'splitter', attrs: { hidden: true } });
  const bench = el('section', { class: 'bench', attrs: { 'aria-label': t('Workbench'), hidden: true } });
  const body = el('div', { class: 'body' }, stage, inspector, find, splitter, bench);
  const status = el('footer', { class: 'foot', attrs: { 'data-testid': 'status' } });
  const polite = el('div', { class: 'sr-only', attrs: { 'aria-live': 'polite', role: 'status' } });
  const assertive = el('div', { class: 'sr-only', attrs: { 'aria-live': 'assertive', role: 'alert' } });
  const bar = el('div', { class: 'progress', attrs: { hidden: true } }, el('i'));
  const root = el(
    'div',
    { class: 'app', attrs: { 'data-convlens': '', 'data-state': 'loading', 'data-width': 'wide' } },
    header,
    bar,
    message,
    course,
    body,
    status,
    polite,
    assertive,
  );
  document.body.append(root);
  let timer = 0;
  const progress = (on: boolean): void => {
    clearTimeout(timer);
    // What takes less than a moment needs no sign.
    if (on) timer = window.setTimeout(() => (bar.hidden = false), 200);
    else bar.hidden = true;
  };
  const drawn = (): void => {
    root.dataset.drawn = '';
    if (root.dataset.phase) root.dataset.state = root.dataset.phase;
  };
  return { root, header, message, course, stage, inspector, find, bench, status, polite, assertive, progress, drawn };
}

/** Keeps the frame in step with the state. */
export function attachFrame(frame: Frame, { store }: Pick<PageContext, 'store'>): void {
  const body = frame.stage.parentElement!;
  const splitter = body.querySelector<HTMLElement>('.splitter')!;
  const show = (state: AppState): void => {
    frame.root.dataset.phase = state.phase;
    // A scene alone is nothing to look at yet.
    const waiting = state.phase === 'ready' && frame.root.dataset.drawn === undefined;
    frame.root.dataset.state = waiting ? 'loading' : state.phase;
    frame.course.hidden = !state.course.open;
    const canDock = state.docked && frame.root.clientWidth >= WIDE;
    const bench = state.mode === 'graph' ? 'none' : canDock ? 'docked' : 'full';
    body.dataset.bench = bench;
    // The graph is what the page is about, unless the workbench takes its place.
    if (bench === 'full') frame.bench.setAttribute('role', 'main');
    else frame.bench.removeAttribute('role');
    body.style.setProperty('--dock-share', String(state.dockShare));
    body.style.setProperty('--inspector-width', `${state.inspectorWidth}px`);
    frame.bench.hidden = bench === 'none';
    splitter.hidden = bench !== 'docked';
    // Find stands where the inspector stands.
    frame.inspector.hidden = !state.inspectorOpen || state.find.open || bench === 'full';
  };
  const measure = (): void => {
    const width = frame.root.clientWidth;
    frame.root.dataset.width = width >= WIDE ? 'wide' : width >= TINY ? 'narrow' : 'tiny';
    show(store.get());
  };
  new ResizeObserver(measure).observe(frame.root);
  measure();
  store.subscribe((state, previous) => {
    // Hits stand in the graph: what covers all of it gives way.
    if (state.find.open && !previous.find.open && body.dataset.bench === 'full') {
      store.dispatch({ do: 'mode', mode: 'graph' });
      return;
    }
    // A workbench opened from the graph stands below it where there is room.
    if (
      state.mode === 'workbench' &&
      previous.mode === 'graph' &&
      !state.docked &&
      previous.run.phase === state.run.phase
    )
      if (frame.root.clientWidth >= DOCKABLE && state.tab === 'maps') store.dispatch({ do: 'dock', docked: true });
    show(store.get());
  });
  dragSplitter(splitter, body, store);
  dragSide(frame.inspector, store);
}

function dragSplitter(splitter: HTMLElement, body: HTMLElement, store: PageContext['store']): void {
  splitter.addEventListener('pointerdown', (event) => {
    splitter.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  splitter.addEventListener('pointermove', (event) => {
    if (!splitter.hasPointerCapture(event.pointerId)) return;
    const box = body.getBoundingClientRect();
    store.dispatch({ do: 'dock', share: (box.bottom - event.clientY) / box.height });
  });
}

function dragSide(side: HTMLElement, store: PageContext['store']): void {
  const sash = el('div', { class: 'side-sash', attrs: { 'aria-hidden': 'true' } });
  side.append(sash);
  sash.addEventListener('pointerdown', (event) => {
    sash.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  sash.addEventListener('pointermove', (event) => {
    if (!sash.hasPointerCapture(event.pointerId)) return;
    store.dispatch({ do: 'inspectorWidth', width: side.getBoundingClientRect().right - event.clientX });
  });
}
