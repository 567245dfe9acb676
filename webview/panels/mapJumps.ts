/** On narrow pages the parts of a run stand below one another: where one is, and the way to the others, always in sight. */
import { t } from '../../src/core/l10n/l10n';
import { el } from '../ui/dom';

/** A part counts as reached a little before it touches the upper edge, px. */
const REACHED = 60;

/** `scroller` holds the parts; the bar comes first in it and is shown by the style where the parts are stacked. */
export function mountMapJumps(
  scroller: HTMLElement,
  [picture, maps, channel]: readonly [HTMLElement, HTMLElement, HTMLElement],
): void {
  const parts = [
    { text: t('Picture'), part: picture },
    { text: t('Maps'), part: maps },
    { text: t('Channel'), part: channel },
  ];
  const buttons = parts.map(({ text, part }) =>
    el('button', {
      class: 'wb-choice',
      text,
      attrs: { type: 'button' },
      on: {
        click: () => {
          part.scrollIntoView({ block: 'start' });
          mark();
        },
      },
    }),
  );
  const bar = el('nav', { class: 'wb-jumps', attrs: { 'aria-label': t('Parts of the run') } }, ...buttons);
  const mark = (): void => {
    const top = scroller.getBoundingClientRect().top + bar.offsetHeight + REACHED;
    const below = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
    const reached = parts.filter(({ part }) => part.getBoundingClientRect().top <= top).length;
    const at = below ? parts.length - 1 : Math.max(0, reached - 1);
    buttons.forEach((button, index) => {
      button.classList.toggle('on', index === at);
      if (index === at) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    });
  };
  scroller.prepend(bar);
  scroller.addEventListener('scroll', mark, { passive: true });
  // Nothing has been scrolled yet, and nothing can be measured.
  buttons[0]!.classList.add('on');
  buttons[0]!.setAttribute('aria-current', 'true');
}
