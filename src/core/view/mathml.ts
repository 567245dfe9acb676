/** Formulas as MathML (plain data), as text and as LaTeX: three printers over one walk. */
import { dimText } from '../ir/dim';
import { t } from '../l10n/l10n';
import type { Expr, Formula, Index, TensorTerm } from '../ops/formula';
import { integer } from './numbers';
import type { FormulaView, MathNode } from './types';

const row = (...children: readonly MathNode[]): MathNode => ({ tag: 'mrow', children });
const mi = (text: string): MathNode => ({ tag: 'mi', text });
const mo = (text: string): MathNode => ({ tag: 'mo', text });
const mn = (text: string): MathNode => ({ tag: 'mn', text });

interface Printer<T> {
  identifier(text: string): T;
  operator(text: string): T;
  /** Before a negative number, with nothing at its left. */
  readonly minus: T;
  number(text: string): T;
  row(...parts: readonly T[]): T;
  fraction(above: T, below: T): T;
  power(base: T, exponent: T): T;
  root(of: T): T;
  /** `max`, Σ with letters underneath. */
  over(fn: string, letters: string): T;
}

const toMath: Printer<MathNode> = {
  identifier: mi,
  operator: mo,
  minus: mo('−'),
  number: mn,
  row,
  fraction: (above, below) => ({ tag: 'mfrac', children: [above, below] }),
  power: (base, exponent) => ({ tag: 'msup', children: [base, exponent] }),
  root: (of) => ({ tag: 'msqrt', children: [of] }),
  over: (fn, letters) => ({ tag: 'munder', children: [mo(fn), { tag: 'mtext', text: letters }] }),
};

/** Signs between two sides, with the commands that LaTeX has for those no keyboard has. */
const BETWEEN: ReadonlyMap<string, string> = new Map([
  ['+', '+'],
  ['−', '-'],
  ['=', '='],
  ['>', '>'],
  ['<', '<'],
  ['≥', '\\ge '],
  ['≤', '\\le '],
  ['∧', '\\wedge '],
  ['∨', '\\vee '],
  ['⊻', '\\veebar '],
  ['≪', '\\ll '],
  ['≫', '\\gg '],
]);

const toText: Printer<string> = {
  identifier: (text) => text,
  operator: (text) => (text === ',' ? ', ' : BETWEEN.has(text) ? ` ${text} ` : text),
  minus: '−',
  number: (text) => text,
  row: (...parts) => parts.join(''),
  fraction: (above, below) => `(${above}) / (${below})`,
  power: (base, exponent) => `${base}^${exponent}`,
  root: (of) => `√(${of})`,
  over: (fn, letters) => `${fn}[${letters}] `,
};

const LATEX_NAMES: ReadonlyMap<string, string> = new Map([
  ['β', '\\beta'],
  ['γ', '\\gamma'],
  ['μ', '\\mu'],
  ['σ', '\\sigma'],
  ['ε', '\\varepsilon'],
  ['α', '\\alpha'],
  ['¬', '\\neg'],
]);
const LATEX_SIGNS: ReadonlyMap<string, string> = new Map([
  ['Σ', '\\sum'],
  ['∏', '\\prod'],
  ['⌊', '\\lfloor '],
  ['⌋', '\\rfloor '],
  ['·', '\\cdot '],
]);
const toLatex: Printer<string> = {
  identifier: (text) =>
    LATEX_NAMES.get(text) ?? (text.length > 1 ? `\\mathrm{${text.replace(/[\\{}$&#^_%~]/g, '')}}` : text),
  operator: (text) => BETWEEN.get(text) ?? LATEX_SIGNS.get(text) ?? text,
  minus: '-',
  number: (text) => text,
  row: (...parts) => parts.join(' '),
  fraction: (above, below) => `\\frac{${above}}{${below}}`,
  power: (base, exponent) => `{${base}}^{${exponent}}`,
  root: (of) => `\\sqrt{${of}}`,
  over: (fn, letters) => {
    const named: Readonly<Record<string, string>> = { Σ: '\\sum', '∏': '\\prod', max: '\\max', min: '\\min' };
    return `${named[fn] ?? `\\operatorname{${fn}}`}_{${letters}}`;
  },
};

function printIndex<T>(p: Printer<T>, index: Index): T {
  const parts: T[] = [];
  for (const { letter, factor } of index.terms) {
    if (factor === 0) continue;
    if (parts.length) parts.push(p.operator(factor < 0 ? '−' : '+'));
    else if (factor < 0) parts.push(p.minus);
    if (Math.abs(factor) !== 1) parts.push(p.number(String(Math.abs(factor))));
    parts.push(p.identifier(letter));
  }
  if (index.constant || !parts.length) {
    if (parts.length) parts.push(p.operator(index.constant < 0 ? '−' : '+'));
    parts.push(p.number(String(parts.length ? Math.abs(index.constant) : index.constant)));
  }
  if (index.divisor === 1) return p.row(...parts);
  const inner = parts.length > 1 ? [p.operator('('), ...parts, p.operator(')')] : parts;
  return p.row(p.operator('⌊'), ...inner, p.operator('/'), p.number(String(index.divisor)), p.operator('⌋'));
}

function printTensor<T>(p: Printer<T>, term: TensorTerm): T {
  if (!term.indices.length) return p.identifier(term.name);
  const list = term.indices.flatMap((index, i) =>
    i ? [p.operator(','), printIndex(p, index)] : [printIndex(p, index)],
  );
  return p.row(p.identifier(term.name), p.operator('['), ...list, p.operator(']'));
}

const compound = (e: Expr): boolean => e.kind === 'sum' || e.kind === 'difference';

function print<T>(p: Printer<T>, e: Expr): T {
  const bracketed = (part: Expr): T =>
    compound(part) ? p.row(p.operator('('), print(p, part), p.operator(')')) : print(p, part);
  switch (e.kind) {
    case 'tensor':
      return printTensor(p, e);
    case 'number':
      return p.row(
        ...(e.value < 0 ? [p.minus] : []),
        p.number(Number.isFinite(e.value) ? String(Math.abs(e.value)) : '∞'),
      );
    case 'symbol':
      return p.identifier(e.text);
    case 'sum':
      return p.row(...e.terms.flatMap((t, i) => (i ? [p.operator('+'), print(p, t)] : [print(p, t)])));
    case 'difference':
      return p.row(print(p, e.left), p.operator('−'), bracketed(e.right));
    case 'relation':
      return p.row(p.operator('('), print(p, e.left), p.operator(e.sign), print(p, e.right), p.operator(')'));
    case 'product':
      return p.row(...e.factors.map(bracketed));
    case 'fraction':
      return p.fraction(print(p, e.above), print(p, e.below));
    case 'power':
      return p.power(bracketed(e.base), print(p, e.exponent));
    case 'root':
      return p.root(print(p, e.of));
    case 'call': {
      const args = e.args.flatMap((a, i) => (i ? [p.operator(','), print(p, a)] : [print(p, a)]));
      return p.row(p.identifier(e.fn), p.operator('('), ...args, p.operator(')'));
    }
    case 'over':
      return p.row(p.over(e.fn, e.letters.join(', ')), bracketed(e.of));
  }
}

/** Where Einstein's convention hides a sum: each product gets its Σ; letters are those marked as summed that the product uses. */
function withSums(e: Expr, summed: ReadonlySet<string>): Expr {
  const recurse = (x: Expr): Expr => withSums(x, summed);
  switch (e.kind) {
    case 'product': {
      const letters = [...new Set(e.factors.flatMap(lettersOf))].filter((l) => summed.has(l));
      return letters.length ? { kind: 'over', fn: 'Σ', letters, of: e } : e;
    }
    case 'sum':
      return { ...e, terms: e.terms.map(recurse) };
    case 'call':
      return { ...e, args: e.args.map(recurse) };
    case 'difference':
    case 'relation':
      return { ...e, left: recurse(e.left), right: recurse(e.right) };
    case 'fraction':
      return { ...e, above: recurse(e.above), below: recurse(e.below) };
    default:
      return e;
  }
}

function lettersOf(e: Expr): readonly string[] {
  if (e.kind === 'tensor') return e.indices.flatMap((i) => i.terms.map((t) => t.letter));
  if (e.kind === 'product') return e.factors.flatMap(lettersOf);
  return [];
}

/** `g` wraps the right side when an activation is fused after the layer. */
const rightSide = (formula: Formula, fused: boolean): Expr =>
  fused ? { kind: 'call', fn: 'g', args: [formula.right] } : formula.right;

/** `FormulaView.text` alone. */
export const formulaText = (formula: Formula, fused: boolean): string =>
  toText.row(printTensor(toText, formula.left), toText.operator('='), print(toText, rightSide(formula, fused)));

export function formulaView(formula: Formula, fused: { readonly text: string } | null): FormulaView {
  const right = rightSide(formula, fused !== null);
  const summed = new Set(formula.ranges.filter((r) => r.summed).flatMap((r) => r.letters));
  const line = <T>(p: Printer<T>, e: Expr): T => p.row(printTensor(p, formula.left), p.operator('='), print(p, e));
  const written = withSums(right, summed);
  const ranges = formula.ranges.map((r) => {
    const last = typeof r.count === 'number' ? integer(r.count - 1) : `${dimText(r.count)}−1`;
    const text = r.count === 1 ? `${r.letters.join(', ')} = 0` : `${r.letters.join(', ')} = 0…${last}`;
    return r.summed ? t('{0}, summed', text) : text;
  });
  return {
    index: line(toMath, right),
    sums: summed.size && JSON.stringify(written) !== JSON.stringify(right) ? line(toMath, written) : null,
    text: formulaText(formula, fused !== null),
    latex: line(toLatex, right),
    ranges,
    notes: fused ? [`g = ${fused.text}`, ...formula.notes] : formula.notes,
  };
}
