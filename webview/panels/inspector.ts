/** Everything about the selected operator or module, pinned at the side. */
import './inspector.css';
import { t } from '../../src/core/l10n/l10n';
import type { Inspector } from '../../src/core/view/types';
import type { AppState } from '../state/app';
import type { PageContext } from '../state/context';
import { pickActions } from '../state/pick';
import { el, fill } from '../ui/dom';
import { tool } from '../ui/index';
import { openMenu } from '../ui/menu';
import { bytes, integer } from '../ui/numbers';
import { watchTheme } from '../ui/theme';
import { factsText } from './factsText';
import { factList, partsOf } from './factList';
import { createFormula, formulaNotes } from './formula';
import { groupPage } from './groupPage';
import { identity, problemList } from './identity';
import { pairList } from './pairList';
import { section } from './section';
import { synapseBars } from './synapses';
import { tensorList } from './tensorList';
import { createWeights, forgetSamples, type WeightView } from './weights';

export function mountInspector(parent: HTMLElement, context: PageContext): void {
  const { store, host, announce } = context;
  const root = el('div', { class: 'inspector-pages' });
  parent.append(root);
  let weights: readonly WeightView[] = [];
  let serial = 0;
  /** What is on show: `node 3`, `group 1`, or nothing. */
  let shown = '';
  let facts = '';

  const select = (node: number): void => {
    store.dispatch({ do: 'select', node });
    context.stage?.reveal(node);
  };
  const copy = (): void => {
    void host.copy(facts).then(() => announce(t('Facts copied')));
  };
  const more = tool(
    'list-filter',
    t('Trace and highlight'),
    () => openMenu(more, t('Trace and highlight'), pickActions(context)),
    {
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
    },
  );
  const close = tool('close', t('Close the inspector'), () => {
    store.dispatch({ do: 'inspector', open: false });
    context.stage?.focus();
  });

  const put = (key: string, ...children: readonly (HTMLElement | null)[]): void => {
    const had = root.contains(document.activeElement);
    const same = key === shown;
    const top = parent.scrollTop;
    for (const view of weights) view.dispose();
    weights = [];
    shown = key;
    const page = el(
      'div',
      { class: 'inspector-page', attrs: { 'data-testid': 'inspector', tabindex: -1 } },
      ...children,
    );
    fill(root, page);
    parent.scrollTop = same ? top : 0;
    // Whoever went on from here by keyboard goes on from here.
    if (had) page.focus({ preventScroll: true });
  };

  const showNode = async (node: number): Promise<void> => {
    const own = ++serial;
    let found: Inspector | null;
    try {
      found = await host.inspect(node);
    } catch (error) {
      if (own !== serial) return;
      const text = error instanceof Error ? error.message : String(error);
      put('', el('div', { class: 'inspector-head' }, el('div', { class: 'grow', text }), close));
      return;
    }
    const { scene } = store.get();
    if (own !== serial || !found || !scene) return;
    const name = scene.nodes[node]?.shortName ?? '';
    facts = factsText(found);
    const views = found.weights.map((row) => createWeights(row, host));
    put(
      `node ${node}`,
      el(
        'div',
        { class: 'inspector-head' },
        identity(found.card, found.card.path, found.position),
        el(
          'span',
          { class: 'tools' },
          tool('target', t('Show {0} in the graph', name), () => {
            // On a page with room for one of them only, the graph is behind.
            if (parent.closest('[data-width="tiny"]')) store.dispatch({ do: 'inspector', open: false });
            context.stage?.reveal(node);
          }),
          tool('inspect', t('Microscope'), () => store.dispatch({ do: 'mode', mode: 'workbench', tab: 'microscope' })),
          more,
          tool('copy', t('Copy the facts'), copy),
          close,
        ),
      ),
      found.card.problems.length ? problemList(found.card.problems) : null,
      el('div', { class: 'inspector-sections' }, ...sectionsOf(found, views, context, select)),
    );
    weights = views;
  };

  const showGroup = (state: AppState): void => {
    const { scene, selectedGroup } = state;
    serial++;
    if (!scene) return;
    const page = groupPage(scene, selectedGroup, {
      select,
      openGroup: (group) => store.dispatch({ do: 'select', node: null, group }),
      store,
    });
    facts = page.text;
    put(
      `group ${selectedGroup ?? ''}`,
      el(
        'div',
        { class: 'inspector-head' },
        page.head,
        el('span', { class: 'tools' }, more, tool('copy', t('Copy the facts'), copy), close),
      ),
      el('div', { class: 'inspector-sections' }, ...page.sections),
    );
  };

  const show = (state: AppState): void => {
    if (!state.inspectorOpen || !state.scene) return;
    if (state.selection !== null) void showNode(state.selection);
    else showGroup(state);
  };
  store.subscribe((state, previous) => {
    if (state.scene !== previous.scene) forgetSamples(host);
    if (state.inspectorOpen && !previous.inspectorOpen) announce(t('Pinned in the inspector. F6 goes there.'));
    if (
      state.scene !== previous.scene ||
      state.inspectorOpen !== previous.inspectorOpen ||
      (state.inspectorOpen &&
        (state.selection !== previous.selection || state.selectedGroup !== previous.selectedGroup))
    )
      show(state);
  });
  watchTheme(() => show(store.get()));
  parent.addEventListener('keydown', (event) => {
    const copies = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c';
    if (!copies || getSelection()?.toString()) return;
    copy();
    event.preventDefault();
  });
}

function sectionsOf(
  found: Inspector,
  views: readonly WeightView[],
  context: PageContext,
  select: (node: number) => void,
): (HTMLElement | null)[] {
  const { store, host } = context;
  const scene = store.get().scene!;
  const { synapses, weights, attributes, inputs, outputs, origin, metadata } = found;
  const stored = attributes.filter((a) => !a.isDefault).length;
  return [
    section(
      store,
      { id: 'facts', title: t('Facts') },
      factList(found.rows),
      el('p', { class: 'about', text: found.card.summary }),
    ),
    formulaSection(found, context),
    synapses &&
      section(
        store,
        { id: 'synapses', title: t('Synapses'), aside: synapses.counts.length ? t('log scale') : '' },
        el('div', { class: 'product' }, ...partsOf(synapses.product)),
        synapses.counts.length ? synapseBars(synapses) : null,
      ),
    weights.length
      ? el(
          'div',
          { class: 'sect-weights' },
          ...weights.map(({ role, size }, i) =>
            section(
              store,
              { id: `weights ${role}`, title: role, code: size, aside: views[i]!.aside },
              views[i]!.element,
            ),
          ),
        )
      : null,
    attributes.length
      ? section(
          store,
          {
            id: 'attributes',
            title: t('Attributes'),
            aside: stored < attributes.length ? t('{0} in the file', stored) : '',
          },
          pairList(
            attributes.map(({ name, value, isDefault }) => ({
              name,
              value,
              ...(isDefault ? { note: t('default') } : {}),
            })),
          ),
        )
      : null,
    inputs.length
      ? section(store, { id: 'inputs', title: t('Inputs') }, tensorList(inputs, 'from', scene, select))
      : null,
    outputs.length
      ? section(store, { id: 'outputs', title: t('Outputs') }, tensorList(outputs, 'to', scene, select))
      : null,
    section(
      store,
      { id: 'origin', title: t('In the file') },
      el('div', { text: found.operator }),
      origin
        ? el(
            'div',
            { class: 'origin' },
            el('span', {
              class: 'num',
              text: `${t('bytes {0}…{1}', integer(origin.start), integer(origin.end - 1))} · ${bytes(origin.end - origin.start)}`,
            }),
            el('button', {
              class: 'link',
              text: t('show bytes'),
              attrs: { type: 'button' },
              on: { click: () => void host.reveal({ bytes: origin }) },
            }),
          )
        : null,
      found.source
        ? el(
            'div',
            { class: 'origin' },
            el('span', { text: found.source }),
            el('button', {
              class: 'link',
              text: t('reveal in source'),
              attrs: { type: 'button', 'data-testid': 'reveal-source' },
              on: { click: () => void host.revealSource(found.card.node) },
            }),
          )
        : null,
      metadata.length ? pairList(metadata) : null,
    ),
  ];
}

function formulaSection({ card }: Inspector, { store, host, announce }: PageContext): HTMLElement | null {
  const view = card.formula;
  if (!view) return null;
  const formula = createFormula();
  let written = false;
  const show = (): void => formula.show(written && view.sums ? view.sums : view.index, view.text);
  const sums = el('button', {
    class: 'link',
    text: t('write the sums out'),
    attrs: { type: 'button', 'aria-pressed': 'false' },
  });
  sums.addEventListener('click', () => {
    written = !written;
    sums.textContent = written ? t('in index notation') : t('write the sums out');
    sums.setAttribute('aria-pressed', String(written));
    show();
  });
  const latex = el('button', {
    class: 'link',
    text: t('copy LaTeX'),
    attrs: { type: 'button' },
    on: { click: () => void host.copy(view.latex).then(() => announce(t('Formula copied'))) },
  });
  show();
  return section(
    store,
    { id: 'formula', title: t('Formula'), aside: el('span', { class: 'links' }, latex, view.sums ? sums : null) },
    formula.element,
    formulaNotes(view),
  );
}
