/** The course: one idea after the other, with numbers of the net that is open, and steps that do something to it. */
import './course.css';
import type { CourseAction, CourseView } from '../../src/core/course/types';
import { t } from '../../src/core/l10n/l10n';
import type { PageContext } from '../state/context';
import { el, fill, icon } from '../ui/dom';
import { button, setButton, tool } from '../ui/index';
import { courseBlocks } from './courseBlocks';
import { chapterList } from './courseList';
import { courseTurn } from './courseTurn';
import { latest } from './latest';

export interface CoursePanel {
  /** Puts the keyboard on the chapter's title, where a reader begins. */
  focus(): void;
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** `run`: on a picture that comes with the net, or a sample. */
export function mountCourse(parent: HTMLElement, context: PageContext, run: () => void): CoursePanel {
  const { store, host } = context;
  let view: CourseView | null = null;
  let settings: Readonly<Record<string, number>> = {};

  const turn = courseTurn(
    () => view?.chapters.length ?? 0,
    async (chapter) => {
      const id = view?.chapters[chapter]?.id;
      return id !== undefined && host.openChapter(id);
    },
    () => showTurn(),
    (error) => fail(t('The chapter could not be opened: {0}', words(error)), null),
  );
  const by = (step: number) => (): void => turn.by(step);
  const previous = tool('chevron-left', t('Previous chapter'), by(-1), { 'data-testid': 'course-previous' });
  const next = tool('chevron-right', t('Next chapter'), by(1), { 'data-testid': 'course-next' });
  // Where one is already, what was changed there stays: to begin anew there is a button that says so.
  const list = chapterList((chapter) => {
    if (chapter !== turn.at()) turn.to(chapter);
  });
  const failure = el('div', { class: 'course-failure', attrs: { role: 'alert', hidden: true } });
  const close = tool('close', t('Close the course'), () => {
    store.dispatch({ do: 'course', course: { open: false } });
    context.stage?.focus();
  });
  const title = el('h2', { class: 'course-title', attrs: { tabindex: -1, 'data-testid': 'course-title' } });
  const text = el('div', { class: 'course-text' });
  const blocks = courseBlocks({
    slide: (id, value) => {
      settings = { ...settings, [id]: value };
      refresh();
    },
    select: (node) => act({ do: 'select', node }),
  });
  const steps = el('ul', { class: 'course-steps' });
  const question = el('p', { class: 'course-question' });
  const onward = button('', { onClick: by(1), testId: 'course-onward' });
  const again = el('button', {
    class: 'link',
    text: t('Begin this chapter anew'),
    attrs: { type: 'button' },
    on: { click: by(0) },
  });
  const chapterBody = el(
    'div',
    { class: 'course-body' },
    el('div', { class: 'course-said' }, title, text, question, el('h3', { text: t('Try this') }), steps),
    blocks.element,
    el('div', { class: 'course-end' }, onward, again),
  );
  fill(
    parent,
    el('div', { class: 'course-head' }, list.button, previous, next, el('span', { class: 'grow' }), close),
    list.element,
    failure,
    chapterBody,
  );

  /** Says what went wrong, and offers to try again where that may help. */
  function fail(text: string, retry: (() => void) | null): void {
    failure.hidden = false;
    const again =
      retry && el('button', { class: 'link', text: t('Try again'), attrs: { type: 'button' }, on: { click: retry } });
    fill(failure, icon('error'), el('span', { text }), again);
  }

  function showTurn(): void {
    const at = turn.at();
    for (const [one, step] of [
      [previous, -1],
      [next, 1],
    ] as const)
      one.toggleAttribute('disabled', at === null || view?.chapters[at + step] === undefined);
  }

  function act(action: CourseAction): void {
    switch (action.do) {
      case 'select':
        store.dispatch({ do: 'mode', mode: 'graph' });
        store.dispatch({ do: 'select', node: action.node });
        context.stage?.reveal(action.node);
        break;
      case 'tab':
        if (action.node !== null) store.dispatch({ do: 'select', node: action.node });
        store.dispatch({ do: 'mode', mode: 'workbench', tab: action.tab });
        break;
      case 'run':
        run();
        break;
      case 'beside':
        store.dispatch({ do: 'beside', beside: { layers: action.nodes, open: true } });
        store.dispatch({ do: 'mode', mode: 'workbench', tab: 'maps' });
        if (store.get().run.serial === 0) run();
        break;
      case 'cut':
        void host.cut(action.node);
        break;
      case 'edit':
        void host.courseEdit(action.edit);
        break;
      case 'sample':
        void host.openSample(action.path);
        break;
    }
  }

  /** Buttons stay the same ones: what was pressed keeps the focus, whatever it says now. */
  function showSteps(now: CourseView): void {
    while (steps.children.length > now.steps.length) steps.lastElementChild?.remove();
    now.steps.forEach(({ text: words }, at) => {
      const item = steps.children[at];
      if (item?.firstElementChild) {
        item.firstElementChild.textContent = words;
        return;
      }
      const one = el('button', { class: 'link', text: words, attrs: { type: 'button' } });
      one.addEventListener('click', () => {
        const step = view?.steps[at];
        if (step) act(step.action);
      });
      steps.append(el('li', {}, one));
    });
  }

  function show(now: CourseView): void {
    const another = view?.at !== now.at;
    const had = parent.contains(document.activeElement) ? document.activeElement : null;
    view = now;
    const { at, chapters } = now;
    list.show(chapters, at, another);
    turn.shown(at);
    showTurn();
    chapterBody.hidden = at === null;
    if (at === null) {
      if (another) readOn(had, list.button);
      return;
    }
    title.textContent = chapters[at]?.title ?? '';
    fill(text, ...now.text.map((words) => el('p', { text: words })));
    question.textContent = now.question;
    blocks.show(now.blocks, another);
    showSteps(now);
    const following = chapters[at + 1];
    onward.hidden = !following;
    if (following) setButton(onward, t('Next: {0}', following.title));
    if (!another) return;
    chapterBody.scrollTop = 0;
    readOn(had, title);
  }

  /** What led to another chapter (`had`) is of no more use, or out of sight: but for the tools at the top. */
  function readOn(had: Element | null, from: HTMLElement): void {
    const stays = [previous, next, list.button].some((one) => one === had && !one.hasAttribute('disabled'));
    if (had && !stays) from.focus({ preventScroll: true });
  }

  const refresh = latest(async () => {
    const { scene, course } = store.get();
    // Of a file of bytes nobody needs to ask before the panel is open.
    if (!scene || (!course.open && !scene.header.isDefinition)) return;
    try {
      await ask();
      failure.hidden = true;
    } catch (error) {
      fail(t('The course could not be worked out: {0}', words(error)), refresh);
    }
  });

  async function ask(): Promise<void> {
    const { selection } = store.get();
    const known = view?.at ?? null;
    const now = await host.course({ node: selection, settings });
    if (now.at !== known) settings = {};
    store.dispatch({ do: 'course', course: { offered: now.at !== null } });
    const { at } = now;
    const moved = view !== null && at !== null && at !== known;
    show(moved ? await host.course({ node: null, settings }) : now);
    if (!moved || !store.get().course.open) return;
    // Another net: nothing of where one looked before is in it.
    store.dispatch({ do: 'mode', mode: 'graph' });
    context.stage?.lookAnew();
    context.announce(t('Chapter {0}: {1}', at + 1, now.chapters[at]?.title ?? ''));
  }
  refresh();
  store.subscribe((state, before) => {
    const asked = state.course.open && (!before.course.open || state.selection !== before.selection);
    if (state.scene !== before.scene || asked) refresh();
    // The stage is another size now.
    if (state.course.open && !before.course.open) context.stage?.lookAnew();
  });
  return {
    focus: () => (view?.at === null ? list.button : title).focus(),
  };
}
