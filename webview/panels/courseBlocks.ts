/** What a chapter shows of the net: facts, formula, sliders, small pictures, bars. */
import './courseBlocks.css';
import type { CourseBlock } from '../../src/core/course/types';
import { el } from '../ui/dom';
import { courseBars } from './courseBars';
import { fieldFigure, gridFigure } from './courseGrids';
import { factList } from './factList';
import { createFormula, formulaNotes } from './formula';

type SliderBlock = Extract<CourseBlock, { readonly kind: 'slider' }>;

export interface BlockDoings {
  readonly slide: (id: string, value: number) => void;
  readonly select: (node: number) => void;
}

export interface CourseBlocks {
  readonly element: HTMLElement;
  /** `another`: of a chapter that was not there before. */
  show(blocks: readonly CourseBlock[], another: boolean): void;
}

/** A slider that is being dragged stays the one it is; all else is drawn anew where it changed. */
export function courseBlocks(doings: BlockDoings): CourseBlocks {
  const element = el('div', { class: 'course-blocks' });
  let shown: { readonly said: string; readonly block: CourseBlock; readonly element: HTMLElement }[] = [];
  return {
    element,
    show(blocks, another) {
      const before = another ? [] : shown;
      const typing = element.contains(document.activeElement) ? document.activeElement : null;
      const cell = typing?.getAttribute('data-cell') ?? null;
      shown = blocks.map((block, at) => {
        const said = JSON.stringify(block);
        const old = before[at];
        if (old?.said === said) return old;
        if (old?.block.kind === 'slider' && block.kind === 'slider' && old.block.id === block.id) {
          slideTo(old.element, block);
          return { said, block, element: old.element };
        }
        return { said, block, element: drawn(block, doings) };
      });
      const wanted = new Set<Element>(shown.map((one) => one.element));
      for (const child of [...element.children]) if (!wanted.has(child)) child.remove();
      shown.forEach((one, at) => {
        if (element.children[at] !== one.element) element.insertBefore(one.element, element.children[at] ?? null);
      });
      // The digits are drawn anew around whoever is typing one.
      if (cell === null || typing?.isConnected) return;
      const again = element.querySelector<HTMLInputElement>(`[data-cell="${CSS.escape(cell)}"]`);
      again?.focus({ preventScroll: true });
      again?.select();
    },
  };
}

function drawn(block: CourseBlock, { slide, select }: BlockDoings): HTMLElement {
  switch (block.kind) {
    case 'facts':
      return section(block.title, factList(block.rows));
    case 'note':
      return el('p', { class: 'course-note', text: block.text });
    case 'formula': {
      const box = createFormula();
      const { index, text } = block.formula;
      const whole = section(block.title, box.element, formulaNotes(block.formula));
      requestAnimationFrame(() => box.show(index, text));
      return whole;
    }
    case 'grids':
      return section(
        block.title,
        el('div', { class: 'course-grids' }, ...block.grids.map((grid) => gridFigure(grid, slide))),
      );
    case 'fields':
      return section(block.title, el('div', { class: 'course-grids' }, ...block.fields.map(fieldFigure)));
    case 'bars':
      return section(block.title, courseBars(block, select));
    case 'slider':
      return slider(block, slide);
  }
}

const section = (title: string, ...children: readonly Node[]): HTMLElement =>
  el('section', { class: 'course-block' }, title ? el('h3', { text: title }) : null, ...children);

function slider(block: SliderBlock, slide: BlockDoings['slide']): HTMLElement {
  const { id, label, min, max, step } = block;
  const input = el('input', {
    attrs: { type: 'range', min, max, step, 'data-slider': id, 'aria-label': label },
    on: { input: () => slide(id, Number(input.value)) },
  });
  const whole = el(
    'label',
    { class: 'course-slider' },
    el('span', { text: label }),
    el('output', { class: 'num' }),
    input,
  );
  slideTo(whole, block);
  return whole;
}

function slideTo(whole: HTMLElement, { value, text }: SliderBlock): void {
  const input = whole.querySelector('input')!;
  // Answers come later than the hand moves.
  if (document.activeElement !== input) input.value = String(value);
  input.setAttribute('aria-valuetext', text);
  whole.querySelector('output')!.textContent = text;
}
