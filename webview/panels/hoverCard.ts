/** Beside the operator under the pointer: what it does, to what, and at what cost. */
import './hoverCard.css';
import { t } from '../../src/core/l10n/l10n';
import type { HoverCard } from '../../src/core/view/types';
import type { AppState } from '../state/app';
import type { PageContext } from '../state/context';
import { el, fill } from '../ui/dom';
import { tool } from '../ui/index';
import { placeCard } from './cardPlace';
import { factList } from './factList';
import { createFormula, formulaNotes } from './formula';
import { identity, problemList } from './identity';

const OPEN_MS = 300;
const LEAVE_MS = 150;

export function mountHoverCard(parent: HTMLElement, context: PageContext): void {
  const { store, host } = context;
  const element = el('section', { class: 'hover-card', attrs: { hidden: true, 'data-testid': 'hover-card' } });
  parent.append(element);
  const formula = createFormula();

  /** The operator on show; the one asked for, which may still be on its way. */
  let shown: number | null = null;
  let wanted: number | null = null;
  /** Closed by Escape: stays so while the pointer rests on this operator. */
  let dismissed: number | null = null;
  let escaping = false;
  let inside = false;
  let byKeyboard = false;
  let timer = 0;
  let cards = new Map<number, Promise<HoverCard | null>>();

  const cardOf = (node: number): Promise<HoverCard | null> => {
    let card = cards.get(node);
    if (!card) {
      card = host.card(node).catch((error: unknown) => {
        void host.log({ level: 'warn', text: `no card of operator ${node}: ${String(error)}` });
        cards.delete(node);
        return null;
      });
      cards.set(node, card);
    }
    return card;
  };

  const pin = (): void => {
    if (shown === null) return;
    store.dispatch({ do: 'select', node: shown });
    store.dispatch({ do: 'inspector', open: true });
    close();
  };

  const place = (): void => {
    const box = shown === null ? null : (context.stage?.nodeBox(shown) ?? null);
    if (!box) {
      if (shown !== null) close();
      return;
    }
    const stage = parent.getBoundingClientRect();
    const at = placeCard(
      { ...box, x: box.x - stage.x, y: box.y - stage.y },
      { width: element.offsetWidth, height: element.offsetHeight },
      { width: stage.width, height: stage.height },
    );
    element.style.left = `${at.x}px`;
    element.style.top = `${at.y}px`;
  };

  const show = (card: HoverCard): void => {
    shown = card.node;
    const body = card.formula
      ? el('div', { class: 'card-part' }, formula.element, formulaNotes(card.formula))
      : el('div', { class: 'card-part dim small', text: card.summary });
    fill(
      element,
      el(
        'div',
        { class: 'card-head' },
        identity(card, card.path),
        tool('pin', t('Pin in the inspector'), pin, { tabindex: '-1' }),
      ),
      card.rows.length > 0 && el('div', { class: 'card-part' }, factList(card.rows)),
      body,
      card.problems.length > 0 && problemList(card.problems),
    );
    element.setAttribute('aria-label', `${card.title} ${card.label}`);
    element.hidden = false;
    if (card.formula) formula.show(card.formula.index, card.formula.text);
    place();
    if (byKeyboard) context.announce(spoken(card));
  };

  function close(): void {
    clearTimeout(timer);
    shown = wanted = null;
    inside = false;
    element.hidden = true;
  }

  const want = (node: number): void => {
    clearTimeout(timer);
    wanted = node;
    if (node === shown) return;
    const card = cardOf(node);
    const open = (): void =>
      void card.then((found) => {
        if (wanted === node && found) show(found);
      });
    if (shown !== null || byKeyboard) open();
    else timer = window.setTimeout(open, OPEN_MS);
  };

  const leave = (): void => {
    clearTimeout(timer);
    if (shown === null) {
      wanted = null;
      return;
    }
    timer = window.setTimeout(() => {
      if (!inside) close();
    }, LEAVE_MS);
  };

  /** What the inspector already says needs no card, unless somebody asks for it. */
  const redundant = ({ selection, inspectorOpen, mode, docked }: AppState, node: number): boolean =>
    (mode === 'workbench' && !docked) || (!byKeyboard && inspectorOpen && selection === node);

  store.subscribe((state, previous) => {
    if (state.scene !== previous.scene) {
      cards = new Map();
      close();
    }
    const { hover } = state;
    // A card opened by a key goes along with the selection.
    if (byKeyboard && hover !== null && state.selection !== previous.selection && state.selection !== hover) {
      queueMicrotask(() => store.dispatch({ do: 'hover', node: state.selection }));
      return;
    }
    if (hover !== null && redundant(state, hover)) {
      close();
      return;
    }
    if (hover === previous.hover) return;
    if (!escaping && hover !== dismissed) dismissed = null;
    if (hover === null) leave();
    else if (hover === dismissed && !byKeyboard) close();
    else want(hover);
  });
  context.stage?.onMove(place);
  element.addEventListener('pointerenter', () => (inside = true));
  element.addEventListener('pointerleave', () => {
    inside = false;
    leave();
  });
  element.addEventListener('click', (event) => {
    const chosen = getSelection()?.toString() ?? '';
    if (event.target instanceof Element && !event.target.closest('button') && !chosen) pin();
  });
  document.addEventListener(
    'keydown',
    (event) => (byKeyboard = event.key === ' ' || (byKeyboard && shown !== null)),
    true,
  );
  document.addEventListener('pointermove', () => (byKeyboard = false), true);
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || shown === null) return;
      dismissed = store.get().hover;
      escaping = true;
      store.dispatch({ do: 'hover', node: null });
      escaping = false;
      close();
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}

/** The card for a screen reader: one sentence a fact. */
const spoken = ({ title, label, rows, formula }: HoverCard): string =>
  [`${title} ${label}`, ...rows.map((row) => `${row.label}: ${row.value}`), formula?.text ?? ''].join('. ');
