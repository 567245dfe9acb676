/** A formula as MathML, broken into lines where it is wider than its place. */
import './formula.css';
import type { FormulaView, MathNode } from '../../src/core/view/types';
import { el, fill } from '../ui/dom';
import { breaksAfter, fitLines, pieces } from './mathLines';

const MATHML = 'http://www.w3.org/1998/Math/MathML';
/** Nothing else is ever made, whatever a message says. */
const TAGS: ReadonlySet<string> = new Set<MathNode['tag']>([
  'mrow',
  'mi',
  'mo',
  'mn',
  'mtext',
  'msub',
  'msup',
  'munder',
  'mfrac',
  'msqrt',
  'mspace',
]);
const INDENT = 22;

function mathElement({ tag, text, children = [] }: MathNode): Element {
  if (!TAGS.has(tag)) throw new Error(`“${tag}” is no element of a formula`);
  const element = document.createElementNS(MATHML, tag);
  if (text !== undefined) element.textContent = text;
  // Between two operands even where it ends a line.
  if (tag === 'mo' && ['=', '+'].includes(text ?? '')) element.setAttribute('form', 'infix');
  // Around indices, which are never tall: not as high as whatever else stands in the line.
  if (tag === 'mo' && ['[', ']'].includes(text ?? '')) element.setAttribute('stretchy', 'false');
  element.append(...children.map(mathElement));
  return element;
}

function line(parts: readonly MathNode[]): Element {
  const math = document.createElementNS(MATHML, 'math');
  math.append(mathElement({ tag: 'mrow', children: parts }));
  return math;
}

export interface FormulaBox {
  readonly element: HTMLElement;
  show(math: MathNode, text: string): void;
}

/** Breaks again whenever its place changes its width. */
export function createFormula(): FormulaBox {
  const element = el('div', { class: 'formula', role: 'math' });
  let parts: readonly MathNode[] = [];
  let laidOut = 0;
  const layOut = (): void => {
    if (!parts.length) return;
    const whole = line(parts);
    element.style.fontSize = '';
    element.replaceChildren(whole);
    // Its place may grow with it; off the page there is no width to break for.
    const width = element.clientWidth;
    const { left } = whole.getBoundingClientRect();
    const rights = [...(whole.firstElementChild?.children ?? [])].map(
      (piece) => piece.getBoundingClientRect().right - left,
    );
    if (width > 0 && (rights.at(-1) ?? 0) > width) {
      const { starts, size } = fitLines(rights, breaksAfter(parts), width, INDENT);
      element.style.fontSize = size < 1 ? `${size}em` : '';
      fill(element, ...starts.map((from, i) => line(parts.slice(from, starts[i + 1]))));
    }
    laidOut = element.clientWidth;
  };
  // In the next frame: what is broken anew changes its height, which an observer must not do while it is told of sizes.
  new ResizeObserver(() => {
    if (element.clientWidth !== laidOut) requestAnimationFrame(layOut);
  }).observe(element);
  return {
    element,
    show(math, text) {
      parts = pieces(math);
      element.setAttribute('aria-label', text);
      layOut();
    },
  };
}

/** Ranges of the letters and notes, below a formula. */
export const formulaNotes = ({ ranges, notes }: FormulaView): HTMLElement =>
  el(
    'div',
    { class: 'formula-notes' },
    ...[ranges, notes]
      .filter((list) => list.length)
      .map((list) => el('div', {}, ...list.flatMap((text, i) => [i ? ' · ' : '', el('span', { text })]))),
  );
