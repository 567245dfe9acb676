/** The pictures at hand, each with what came out: one press switches, and the session stays. */
import './pictureStrip.css';
import { t } from '../../src/core/l10n/l10n';
import type { ImageEntry } from '../../src/protocol/host';
import type { RunState, StripPicture } from '../state/app';
import type { PageContext } from '../state/context';
import type { Runner } from '../state/runner';
import { el, fill, icon } from '../ui/dom';
import { duration } from '../ui/numbers';
import { addressOf } from './imagePicker';

export interface PictureStrip {
  readonly element: HTMLElement;
  show(run: RunState): void;
  /** Switches to the picture so many places on. */
  step(by: number): void;
}

const isSame = (a: ImageEntry, b: ImageEntry | null): boolean => a.name === b?.name && a.group === b.group;

/** `Egyptian cat`, `57 %`; without classes how long it took; nothing yet. */
export function resultWords({ top, ms }: Pick<StripPicture, 'top' | 'ms'>): readonly [string, string] {
  if (top) return [top.label ?? t('class {0}', top.index), `${(top.probability * 100).toFixed(0)} %`];
  return ms === null ? [t('not run yet'), ''] : [duration(ms), ''];
}

export function createPictureStrip(context: PageContext, runner: Runner): PictureStrip {
  const items = el('div', {
    class: 'strip-items',
    role: 'listbox',
    attrs: { 'aria-label': t('Pictures to switch between'), 'aria-orientation': 'horizontal' },
  });
  const runAll = el('button', {
    class: 'link-quiet',
    attrs: { type: 'button', 'data-testid': 'run-all' },
    on: {
      click: () => (context.store.get().run.working?.what === 'pictures' ? runner.stopWork() : void runner.runAll()),
    },
  });
  const how = el('span', { class: 'wb-small dim', attrs: { 'aria-live': 'polite', 'data-testid': 'strip-how' } });
  const foot = el('div', { class: 'strip-foot' }, how, runAll);
  const element = el('div', { class: 'strip', attrs: { 'data-testid': 'strip' } }, items, foot);
  let shown: readonly StripPicture[] = [];
  let drawn: readonly unknown[] = [];

  const currentAt = (): number => shown.findIndex(({ image }) => isSame(image, runner.chosen));
  const choose = (at: number, focus: boolean): void => {
    const next = shown[at];
    if (!next) return;
    void runner.choose(next.image);
    if (focus) items.querySelectorAll<HTMLElement>('.strip-item')[at]?.focus();
  };
  const drop = (at: number): void => {
    const picture = shown[at];
    if (!picture || shown.length < 2) return;
    void runner.drop(picture.image).then(() => {
      items.querySelectorAll<HTMLElement>('.strip-item')[Math.min(at, shown.length - 1)]?.focus();
    });
  };

  function item(picture: StripPicture, at: number, current: number): HTMLElement {
    const { image } = picture;
    const [words, share] = resultWords(picture);
    const address = addressOf(image);
    const own = at === current;
    // For the pointer alone: the keyboard's way is Delete, and an option holds nothing that can have the focus.
    const remove = el(
      'span',
      {
        class: 'strip-remove',
        title: t('Take {0} out (Delete)', image.name),
        attrs: { 'aria-hidden': 'true' },
        on: {
          click: (event) => {
            event.stopPropagation();
            drop(at);
          },
        },
      },
      icon('close'),
    );
    return el(
      'div',
      {
        class: own ? 'strip-item on' : 'strip-item',
        role: 'option',
        title: `${image.name}: ${words} ${share}`.trim(),
        attrs: {
          tabindex: own || (current < 0 && at === 0) ? 0 : -1,
          'data-strip': image.name,
          'aria-selected': String(own),
          'aria-keyshortcuts': 'Delete',
          'aria-label': `${image.name}, ${words} ${share}`.trim(),
        },
        on: { click: () => choose(at, true) },
      },
      address === null
        ? icon('file-media')
        : el('img', { attrs: { src: address, alt: '', loading: 'lazy', draggable: 'false' } }),
      el('span', { class: 'strip-words', text: words }),
      el('span', { class: 'strip-share', text: share }),
      shown.length > 1 ? remove : null,
    );
  }

  items.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const all = [...items.querySelectorAll<HTMLElement>('.strip-item')];
    const at = all.indexOf(event.target as HTMLElement);
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: all.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) all[to]?.focus();
    else if (event.key === 'Enter' || event.key === ' ') choose(at, true);
    else if (event.key === 'Delete' || event.key === 'Backspace') drop(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    element,
    show({ strip, stripHow, working }) {
      shown = strip;
      element.hidden = strip.length < 2;
      const busy = working?.what === 'pictures';
      how.textContent = busy ? t('Running all, {0} % done', Math.round(working.done * 100)) : (stripHow ?? '');
      runAll.textContent = busy ? t('Stop') : t('Run all {0}', strip.length);
      const current = currentAt();
      const next = [strip, current];
      // Only anew for something new, or the focus would be lost at every step of a run.
      if (next.every((one, i) => one === drawn[i])) return;
      drawn = next;
      const focused = [...items.children].indexOf(document.activeElement!);
      fill(items, ...strip.map((picture, at) => item(picture, at, current)));
      if (focused >= 0) (items.children[Math.min(focused, strip.length - 1)] as HTMLElement | undefined)?.focus();
      items.children[current]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    },
    step(by) {
      if (shown.length < 2) return;
      const next = (currentAt() + by + shown.length) % shown.length;
      choose(next, false);
      context.announce(shown[next]?.image.name ?? '');
    },
  };
}
