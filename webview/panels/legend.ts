/** What the colours stand for, in one line at the lower left of the stage; and what is picked out of the graph. */
import './legend.css';
import { t } from '../../src/core/l10n/l10n';
import type { AppState } from '../state/app';
import type { PageContext } from '../state/context';
import { endPick, pickFamily } from '../state/pick';
import { gradient, scaleFor } from '../ui/colourMaps';
import { el, fill, type Child } from '../ui/dom';
import { FAMILY_WORDS } from '../ui/families';
import { tool } from '../ui/index';
import { rampGradient } from '../ui/ramp';
import { themeKind, watchTheme } from '../ui/theme';

/** Ends of a scale, or kinds by their colours. */
export type ColourLegend =
  | { readonly kind: 'number'; readonly title: string; readonly ends: string }
  | {
      readonly kind: 'kinds';
      readonly title: string;
      readonly kinds: readonly { readonly colour: string; readonly words: string }[];
    };

/** `colours` tells what they stand for while boxes are not coloured by family; null where that is not known yet. */
export function mountLegend(
  parent: HTMLElement,
  context: PageContext,
  colours: (state: AppState) => ColourLegend | null,
): void {
  const { store } = context;
  const element = el('div', {
    class: 'legend',
    role: 'group',
    attrs: { 'aria-label': t('Legend'), 'data-testid': 'legend' },
  });
  parent.append(element);
  new ResizeObserver(() => {
    if (context.stage) context.stage.covered = element.offsetHeight;
  }).observe(element);
  let folded = false;
  const fold = tool('chevron-down', t('Fold the legend'), () => {
    folded = !folded;
    element.classList.toggle('folded', folded);
    const words = folded ? t('Show the legend') : t('Fold the legend');
    fold.title = words;
    fold.setAttribute('aria-label', words);
    fold.setAttribute('aria-expanded', String(!folded));
  });
  fold.classList.add('legend-fold');
  fold.setAttribute('aria-expanded', 'true');
  const show = (): void => {
    const state = store.get();
    const had = element.contains(document.activeElement) ? document.activeElement?.getAttribute('data-family') : null;
    element.classList.toggle('picked', state.lit !== null);
    const maps = context.stage?.wearsMaps() ? mapsEntry() : null;
    fill(element, fold, ...picked(context, state), ...entries(context, state, colours(state)), maps);
    if (had) element.querySelector<HTMLElement>(`[data-family="${had}"]`)?.focus();
  };
  show();
  watchTheme(show);
  store.subscribe((state, previous) => {
    if (
      state.scene !== previous.scene ||
      state.colourBy !== previous.colourBy ||
      state.lit !== previous.lit ||
      state.run.times !== previous.run.times ||
      state.run.working !== previous.run.working ||
      state.thumbnails !== previous.thumbnails ||
      state.run.serial !== previous.run.serial
    )
      show();
  });
  let worn = false;
  context.stage?.onMove(() => {
    if (worn !== (worn = context.stage?.wearsMaps() === true)) show();
  });
}

/** What the pictures in the boxes are. */
const mapsEntry = (): HTMLElement =>
  el(
    'span',
    { attrs: { 'data-testid': 'legend-maps' } },
    t('strongest maps of a layer'),
    el('i', { class: 'legend-ramp legend-maps', style: { background: gradient(scaleFor(0, 1)) } }),
    t('from 0 to the largest'),
    el('i', { class: 'legend-ramp legend-maps', style: { background: gradient(scaleFor(-1, 1)) } }),
    t('where values are below 0 too: 0 in the middle'),
  );

function picked(context: PageContext, { lit }: AppState): Child[] {
  if (!lit) return [];
  const end = tool('close', t('Show all (Escape)'), () => {
    endPick(context);
    context.stage?.focus();
  });
  return [el('span', { class: 'legend-lit', attrs: { 'data-testid': 'lit' } }, el('b', { text: lit.words }), end)];
}

function entries(context: PageContext, state: AppState, facts: ColourLegend | null): Child[] {
  if (facts?.kind === 'number')
    return [
      el('span', { text: facts.title }),
      el('span', { class: 'num', text: '0' }),
      el('i', { class: 'legend-ramp', style: { background: rampGradient(themeKind()) } }),
      el('span', { class: 'num', text: facts.ends }),
    ];
  if (facts?.kind === 'kinds')
    return [
      el('span', { text: facts.title }),
      ...facts.kinds.map(({ colour, words }) =>
        el('span', {}, el('i', { class: 'swatch', style: { background: colour } }), words),
      ),
    ];
  return [...(state.colourBy === 'time' ? [unmeasured(context, state)] : []), ...families(context, state)];
}

/** Colour by time before there are times. */
function unmeasured(context: PageContext, { run }: AppState): HTMLElement {
  if (run.working?.what === 'times') return el('span', { text: t('Measuring each layer…') });
  return el('button', {
    class: 'link',
    text: t('Measure each layer'),
    title: t('Runs the model a few times and takes the time of each layer'),
    attrs: { type: 'button' },
    on: { click: () => void context.runner?.measure() },
  });
}

function families(context: PageContext, { scene, lit }: AppState): Child[] {
  const there = new Set(scene?.nodes.filter((n) => !n.plumbing).map((n) => n.family));
  return [
    ...FAMILY_WORDS.filter(([family]) => there.has(family)).map(([family, words]) =>
      el(
        'button',
        {
          class: 'legend-family',
          title: t('Show all of this family: {0}', words),
          attrs: {
            type: 'button',
            'data-family': family,
            'aria-pressed': String(lit?.key === JSON.stringify({ family })),
          },
          on: { click: () => pickFamily(context, family, words) },
        },
        el('i', { class: 'swatch', style: { background: `var(--${family})` } }),
        words,
      ),
    ),
    scene?.imageSize ? el('span', {}, el('i', { class: 'swatch-gauge' }), t('seen by one unit, in the input')) : null,
  ];
}
