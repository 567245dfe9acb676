/** File, facts and tools. What does not fit into a narrow page goes into a menu. */
import './header.css';
import { t } from '../../src/core/l10n/l10n';
import type { AppState, ColourBy } from '../state/app';
import type { PageContext } from '../state/context';
import { el, fill, icon, placed } from '../ui/dom';
import { button, setButton, tool } from '../ui/index';
import { openMenu } from '../ui/menu';
import { compact, integer } from '../ui/numbers';
import { COLOURS, colourEntries, figureEntries, moduleEntries, moreEntries, VIEWS } from './headerMenus';
import { fieldInputSelect } from './fieldInput';

const BUSY: ReadonlySet<string> = new Set(['preparing', 'loading', 'running']);

export function mountHeader(parent: HTMLElement, context: PageContext): void {
  const { store } = context;
  const title = el('h1', { class: 'head-title' });
  const facts = el('span', { class: 'facts' });
  const weights = el('span', { class: 'chip', attrs: { hidden: true } });
  const field = fieldInputSelect(context);
  const colour = colourSelect(context);
  const find = tool('search', t('Find (/)'), () => {
    store.dispatch({ do: 'find', find: { open: !store.get().find.open } });
  });
  const modules = tool('list-tree', t('Modules'), () => openMenu(modules, t('Modules'), moduleEntries(context)), {
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
  });
  const course = tool('mortar-board', t('Course'), () => {
    store.dispatch({ do: 'course', course: { open: !store.get().course.open } });
  });
  const direction = tool('arrow-swap', t('Direction (D)'), () => store.dispatch({ do: 'direction' }));
  const fit = tool('screen-full', t('Fit (F)'), () => context.stage?.fit());
  const figure = tool(
    'export',
    t('Save the graph as a figure'),
    () => openMenu(figure, t('Save'), figureEntries(context)),
    {
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'data-testid': 'figure',
    },
  );
  const graph = tool('type-hierarchy', t('Graph (G)'), () => store.dispatch({ do: 'mode', mode: 'graph' }));
  const views = VIEWS.map((view) => ({
    ...view,
    element: tool(view.icon, view.label, () => {
      const { mode, tab } = store.get();
      const off = mode === 'workbench' && tab === view.tab;
      store.dispatch(off ? { do: 'mode', mode: 'graph' } : { do: 'mode', mode: 'workbench', tab: view.tab });
    }),
  }));
  const colourTool = tool(
    'symbol-color',
    t('Colour by'),
    () => openMenu(colourTool, t('Colour by'), colourEntries(context)),
    { 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
  );
  const layersTool = tool('table', t('Layers'), () => store.dispatch({ do: 'mode', mode: 'workbench', tab: 'layers' }));
  const more = tool('ellipsis', t('More'), () => openMenu(more, t('More'), moreEntries(context)), {
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
  });
  const run = button(t('Run'), { icon: 'play', testId: 'run', onClick: () => startOrCancel(context) });
  run.title = t('Run an image through the network (R)');

  const line = (): HTMLElement => el('span', { class: 'head-line wide-only' });
  fill(
    parent,
    el('span', { class: 'head-file' }, icon('circuit-board'), title),
    facts,
    weights,
    field.element,
    colour.element,
    line(),
    el(
      'span',
      { class: 'tools' },
      course,
      find,
      el('span', { class: 'tools wide-only' }, modules, direction),
      el('span', { class: 'tools narrow-only' }, colourTool),
      fit,
      el('span', { class: 'tools wide-only' }, figure),
    ),
    line(),
    el(
      'span',
      { class: 'tools wide-only', role: 'group', attrs: { 'aria-label': t('View') } },
      graph,
      ...views.map((v) => v.element),
    ),
    el('span', { class: 'tools narrow-only' }, layersTool, more),
    line(),
    run,
  );

  const show = (state: AppState): void => {
    title.textContent = state.scene?.title ?? '';
    title.title = state.scene?.title ?? '';
    colour.show(state.colourBy);
    press(find, state.find.open);
    press(course, state.course.open);
    course.hidden = !state.course.open && !state.course.offered;
    press(graph, state.mode === 'graph');
    press(layersTool, state.mode === 'workbench' && state.tab === 'layers');
    for (const view of views) press(view.element, state.mode === 'workbench' && state.tab === view.tab);
    const busy = BUSY.has(state.run.phase);
    setButton(run, busy ? t('Cancel') : t('Run'), busy ? 'debug-stop' : 'play');
    run.setAttribute('appearance', busy ? 'secondary' : 'primary');
    run.toggleAttribute('disabled', !state.scene);
  };
  const facing = (state: AppState): void => {
    const kind = state.scene?.header.weights ?? null;
    weights.hidden = kind !== 'untrained' && kind !== 'missing';
    weights.textContent = kind === 'missing' ? t('missing weights') : t('untrained weights');
    field.show(state);
    fill(facts, ...(state.scene ? factSpans(state) : [state.phase === 'loading' ? t('reading the graph') : '']));
    // What has no room is told under the pointer.
    facts.title = [...facts.querySelectorAll('.facts-wide > .fact')].map((span) => span.textContent).join('  ');
    fitFacts(facts);
  };
  new ResizeObserver(() => fitFacts(facts)).observe(facts);
  show(store.get());
  facing(store.get());
  store.subscribe((state, previous) => {
    if (state.scene !== previous.scene || state.phase !== previous.phase) facing(state);
    if (
      state.scene !== previous.scene ||
      state.mode !== previous.mode ||
      state.tab !== previous.tab ||
      state.find.open !== previous.find.open ||
      state.course !== previous.course ||
      state.colourBy !== previous.colourBy ||
      state.run.phase !== previous.run.phase
    )
      show(state);
  });
}

const press = (element: HTMLElement, on: boolean): void => {
  element.classList.toggle('on', on);
  element.setAttribute('aria-pressed', String(on));
};

export function startOrCancel({ store, runner, announce }: PageContext): void {
  if (BUSY.has(store.get().run.phase)) {
    runner?.cancel();
    return;
  }
  if (!runner) {
    announce(t('This page cannot run models.'), true);
    return;
  }
  void runner.run();
}

const UNKNOWN_MACS = t('Not known: a size or an operator on the way is not. Set Input Size… gives the sizes a number.');

/** Both wordings are there; the width of the page decides which is seen. */
function factSpans({ scene }: AppState): HTMLElement[] {
  if (!scene) return [];
  const { header, ports } = scene;
  const outputs = ports.filter((port) => port.side === 'output').length;
  const macs = header.macs === null ? '?' : compact(header.macs);
  const wide = [
    fact(2, [header.format, header.opset].filter(Boolean).join(' · ')),
    fact(1, header.producer && `· ${header.producer}`, 'fact-more'),
    fact(4, placed(header.operators === 1 ? t('{0} operator') : t('{0} operators'), bold(integer(header.operators)))),
    fact(
      7,
      header.parameters === 1
        ? [t('1 parameter')]
        : placed(t('{0} parameters'), bold(compact(header.parameters), integer(header.parameters))),
    ),
    fact(6, [bold(macs, header.macs === null ? UNKNOWN_MACS : integer(header.macs)), ' MACs']),
    fact(5, header.input && placed(t('input {0}'), bold(header.input))),
    fact(3, outputs > 1 && placed(t('{0} outputs'), bold(String(outputs)))),
  ].filter((span) => span !== null);
  const short = header.input.replace(/^1×/, '');
  const narrow = [
    fact(10, [bold(compact(header.parameters)), ' par.']),
    fact(9, ['· ', bold(macs), ' MACs'], 'fact-more'),
    fact(8, short && ['· ', bold(short)], 'fact-more'),
  ].filter((span) => span !== null);
  return [el('span', { class: 'wide-only facts-wide' }, ...wide), el('span', { class: 'narrow-only' }, ...narrow)];
}

const bold = (text: string, title?: string): HTMLElement => el('b', title === undefined ? { text } : { text, title });

/** `rank`: the least goes first where there is no room. */
function fact(rank: number, content: string | false | readonly (Node | string)[], extra = ''): HTMLElement | null {
  if (!content) return null;
  const span = el('span', { class: `fact ${extra}`, attrs: { 'data-rank': rank } });
  fill(span, ...(typeof content === 'string' ? [content] : content));
  return span;
}

/** A fact is there whole or not at all; those of the other wording take no room, whether hidden or not. */
function fitFacts(facts: HTMLElement): void {
  const spans = [...facts.querySelectorAll<HTMLElement>('.fact')];
  const rank = (span: HTMLElement): number => Number(span.dataset.rank);
  for (const span of spans) span.hidden = false;
  for (const span of spans.sort((a, b) => rank(a) - rank(b))) {
    if (facts.scrollWidth <= facts.clientWidth) return;
    span.hidden = true;
  }
}

function colourSelect({ store }: PageContext): { element: HTMLElement; show: (by: ColourBy) => void } {
  const select = el(
    'select',
    { attrs: { 'aria-label': t('Colour by') } },
    ...COLOURS.map(({ by, label }) => el('option', { text: label, attrs: { value: by } })),
  );
  select.addEventListener('change', () => store.dispatch({ do: 'colourBy', by: select.value as ColourBy }));
  const element = el('span', { class: 'select wide-only' }, icon('symbol-color'), select, icon('chevron-down'));
  return { element, show: (by) => (select.value = by) };
}
