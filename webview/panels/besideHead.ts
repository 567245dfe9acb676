/** Above the layers side by side: which they are, which channel of them, and their colours. */
import { t } from '../../src/core/l10n/l10n';
import type { AppState, AppStore } from '../state/app';
import { el } from '../ui/dom';
import { tool } from '../ui/index';
import { integer } from '../ui/numbers';

export interface BesideHead {
  readonly element: HTMLElement;
  /** Opens and closes the choice of layers. */
  readonly choose: HTMLElement;
  /** `channels`: as many as the layer with most of them has. */
  show(state: AppState, channels: number): void;
  /** `open`: layers are being chosen. */
  setChoosing(open: boolean): void;
}

export interface HeadActions {
  readonly choose: () => void;
  readonly channelBy: (step: number) => void;
  readonly close: () => void;
}

export function createBesideHead(store: AppStore, actions: HeadActions): BesideHead {
  const choose = el('button', {
    class: 'wb-choice beside-choose',
    text: t('Choose layers…'),
    attrs: { type: 'button', 'aria-expanded': 'false', 'data-testid': 'beside-choose' },
    on: { click: actions.choose },
  });
  const channel = el('span', { class: 'num', attrs: { 'aria-live': 'polite' } });
  const before = tool('chevron-left', t('Channel before ([)'), () => actions.channelBy(-1));
  const next = tool('chevron-right', t('Next channel (])'), () => actions.channelBy(1));
  const scales = [true, false].map((common) =>
    el('button', {
      class: 'wb-choice',
      text: common ? t('one scale') : t('each its own'),
      title: common
        ? t('The same colours for the same values in all layers')
        : t('Colours by the values of each layer'),
      attrs: { type: 'button', 'data-common': String(common) },
      on: { click: () => store.dispatch({ do: 'beside', beside: { common } }) },
    }),
  );
  const element = el(
    'div',
    { class: 'wb-row beside-head' },
    el('h2', { text: t('Side by side') }),
    choose,
    el('span', { class: 'grow' }),
    el('span', { class: 'beside-channel' }, before, channel, next),
    el('span', { class: 'wb-choices', role: 'group', attrs: { 'aria-label': t('Range of the colours') } }, ...scales),
    tool('close', t('Back to all maps'), actions.close, { 'data-testid': 'beside-close' }),
  );
  return {
    element,
    choose,
    show(state, channels) {
      before.disabled = state.channel <= 0;
      next.disabled = state.channel >= channels - 1;
      channel.textContent = t('Channel {0}', integer(state.channel));
      scales.forEach((button, at) => {
        const on = state.beside.common === (at === 0);
        button.classList.toggle('on', on);
        button.setAttribute('aria-pressed', String(on));
      });
    },
    setChoosing(open) {
      choose.setAttribute('aria-expanded', String(open));
      choose.classList.toggle('on', open);
    },
  };
}
