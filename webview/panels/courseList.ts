/** The chapters of the course and where one is. */
import type { CourseView } from '../../src/core/course/types';
import { t } from '../../src/core/l10n/l10n';
import { el, fill, icon } from '../ui/dom';

export interface ChapterList {
  /** `4 of 13`: opens and closes the list. */
  readonly button: HTMLElement;
  readonly element: HTMLElement;
  show(chapters: CourseView['chapters'], at: number | null, another: boolean): void;
}

export function chapterList(choose: (chapter: number) => void): ChapterList {
  const words = el('span');
  const button = el(
    'button',
    {
      class: 'course-place',
      attrs: {
        type: 'button',
        'aria-expanded': 'false',
        'aria-controls': 'course-list',
        'data-testid': 'course-place',
      },
    },
    words,
    icon('chevron-down'),
  );
  const list = el('ol', { class: 'course-list' });
  const element = el('nav', { attrs: { id: 'course-list', 'aria-label': t('Chapters'), hidden: true } }, list);
  const unfold = (on: boolean): void => {
    element.hidden = !on;
    button.setAttribute('aria-expanded', String(on));
  };
  button.addEventListener('click', () => unfold(button.getAttribute('aria-expanded') !== 'true'));
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    unfold(false);
    button.focus();
  });
  return {
    button,
    element,
    show(chapters, at, another) {
      words.textContent = at === null ? t('Course') : t('{0} of {1}', at + 1, chapters.length);
      if (!another && list.children.length) return;
      fill(
        list,
        ...chapters.map(({ id, title }, place) =>
          el(
            'li',
            {},
            el('button', {
              class: 'course-chapter',
              text: title,
              attrs: { type: 'button', 'data-chapter': id, 'aria-current': place === at ? 'step' : null },
              on: {
                click: () => {
                  choose(place);
                  if (place !== at) return;
                  // Of the chapter that stands there already nothing else would put the list away.
                  unfold(false);
                  button.focus();
                },
              },
            }),
          ),
        ),
      );
      // Where no chapter is open, one is to be chosen.
      unfold(at === null);
    },
  };
}
