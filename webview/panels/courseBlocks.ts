/** What a chapter shows of the net: facts, formula, sliders, small pictures, bars. */
import './courseBlocks.css';
import type { CourseBlock, CourseGrid } from '../../src/core/course/types';
import { t } from '../../src/core/l10n/l10n';
import { el } from '../ui/dom';
import { colourRgb, scaleFor } from '../ui/colourMaps';
import { courseBars } from './courseBars';
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
      return section(block.title, el('div', { class: 'course-grids' }, ...block.grids.map(gridFigure)));
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

/** Numbers of at most two signs can be read in a cell. */
const LONGEST = 2;

function gridFigure(grid: CourseGrid): HTMLElement {
  const { title, caption, rows, columns, cells, look } = grid;
  const scale = scaleFor(Math.min(0, ...cells), Math.max(...cells), 'linear');
  const around = { ...scale, map: 'diverging' as const, low: -Math.max(scale.high, -scale.low) };
  const written = (value: number): string => String(Math.round(value * 100) / 100).replace('-', '−');
  const readable = look === 'digits' && cells.every((value) => written(value).length <= LONGEST + 2) && columns <= 5;
  const cell = (value: number): HTMLElement => {
    if (look === 'lit') return el('td', { class: value === 0 ? 'hole' : 'lit' });
    const rgb = colourRgb(value, around);
    // Black or white, whichever can be read on it.
    const light = (0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]) / 255 > 0.42;
    const style = { background: `rgb(${rgb.join(' ')})`, color: light ? '#000' : '#fff' };
    return el('td', { style, ...(readable ? { text: written(value) } : { title: written(value) }) });
  };
  const lines = Array.from({ length: rows }, (_, r) =>
    el('tr', {}, ...cells.slice(r * columns, (r + 1) * columns).map(cell)),
  );
  const spoken = look === 'lit' ? t('{0}: {1} rows, {2} columns; {3}', title, rows, columns, caption) : title;
  const table = el('table', {
    class: `course-grid ${readable ? 'course-digits' : ''}`,
    style: { '--columns': String(columns), '--rows': String(rows) },
    attrs: { 'aria-label': spoken, role: readable ? null : 'img' },
  });
  table.append(el('tbody', {}, ...lines));
  return el(
    'figure',
    { class: `course-figure course-${look}`, attrs: { 'data-grid': title } },
    table,
    el('figcaption', {}, el('span', { text: title }), caption ? el('span', { class: 'dim', text: caption }) : null),
  );
}
