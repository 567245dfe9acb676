/** What the colours stand for, in one line at the lower left of the stage. */
import './legend.css';
import type { Family } from '../../src/core/view/types';
import type { AppState } from '../state/app';
import type { PageContext } from '../state/context';
import { el, fill } from '../ui/dom';
import { rampGradient } from '../ui/ramp';
import { themeKind, watchTheme } from '../ui/theme';

const WORDS: readonly (readonly [Family, string])[] = [
  ['convolution', 'Convolution'],
  ['pooling', 'Pooling'],
  ['normalisation', 'Normalisation'],
  ['activation', 'Activation'],
  ['upsampling', 'Upsampling'],
  ['join', 'Join, skip'],
  ['dense', 'Fully connected'],
  ['shape', 'Shape'],
];

export interface ScaleEnds {
  readonly title: string;
  readonly ends: string;
}

/** `scaleEnds` tells the ends of the scale while boxes are coloured by a number. */
export function mountLegend(
  parent: HTMLElement,
  { store }: PageContext,
  scaleEnds: (state: AppState) => ScaleEnds | null,
): void {
  const element = el('div', { class: 'legend' });
  parent.append(element);
  const show = (): void => {
    const state = store.get();
    const scale = scaleEnds(state);
    if (scale) {
      fill(
        element,
        el('span', { text: scale.title }),
        el('span', { class: 'num', text: '0' }),
        el('i', { class: 'legend-ramp', style: { background: rampGradient(themeKind()) } }),
        el('span', { class: 'num', text: scale.ends }),
      );
      return;
    }
    const there = new Set(state.scene?.nodes.filter((n) => !n.plumbing).map((n) => n.family));
    fill(
      element,
      ...WORDS.filter(([family]) => there.has(family)).map(([family, words]) =>
        el('span', {}, el('i', { class: 'swatch', style: { background: `var(--${family})` } }), words),
      ),
      state.scene?.imageSize
        ? el('span', {}, el('i', { class: 'swatch-gauge' }), 'seen by one unit, in the input')
        : null,
    );
  };
  show();
  watchTheme(show);
  store.subscribe((state, previous) => {
    if (state.scene !== previous.scene || state.colourBy !== previous.colourBy) show();
  });
}
