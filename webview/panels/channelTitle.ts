/** `Channel 5 of 64`, where the number can be typed. */
import './channelTitle.css';
import { t } from '../../src/core/l10n/l10n';
import { el } from '../ui/dom';
import { integer } from '../ui/numbers';

export interface ChannelTitle {
  readonly element: HTMLElement;
  show(what: string, channel: number, of: number): void;
  /** Puts the keyboard on the number, ready to be typed over. */
  focus(): void;
}

/** `choose` is told a channel there is, with each key. */
export function createChannelTitle(choose: (channel: number) => void): ChannelTitle {
  const input = el('input', {
    class: 'channel-number num',
    attrs: { type: 'number', min: 0, step: 1, 'data-testid': 'channel-number' },
  });
  const name = el('span');
  const count = el('span', { class: 'channel-of num' });
  let [last, shown] = [0, 0];
  const restore = (): void => {
    input.value = String(shown);
  };
  input.addEventListener('input', () => {
    const channel = input.valueAsNumber;
    if (Number.isInteger(channel) && channel >= 0 && channel <= last) choose(channel);
  });
  // What is none of this layer is not left standing.
  input.addEventListener('blur', restore);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    restore();
    input.closest<HTMLElement>('.workbench')?.focus();
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    element: el('h2', { class: 'grow channel-title' }, name, input, count),
    show(what, channel, of) {
      [last, shown] = [of - 1, channel];
      name.textContent = what;
      input.setAttribute('aria-label', what);
      input.title = t('{0} of the layer: 0 … {1} (N)', what, last);
      input.max = String(last);
      input.style.width = `${String(last).length + 1.6}ch`;
      count.textContent = t('of {0}', integer(of));
      // A number that is being typed is not written over: 1 on the way to 12.
      if (document.activeElement !== input) restore();
      else if (input.valueAsNumber !== channel && input.value !== '') restore();
    },
    focus() {
      input.focus();
      input.select();
    },
  };
}
