/** A table as plain data, and how it is written: CSV, Markdown, LaTeX, text. Strings may come from a model: each writer makes them harmless. */
import { columnsOf, printable } from './plainText';

export interface Column {
  readonly title: string;
  /** Numbers stand at the right. */
  readonly right?: boolean;
}

/** Text, a number, or null where something is not known. */
export type Cell = string | number | null;

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

const UNKNOWN = '?';

/** 12345.678 -> `12,345.678`: at most six significant digits behind the mark, whole numbers exact. */
export function grouped(n: number, mark = ','): string {
  const text = Number.isInteger(n) ? String(n) : String(Number(n.toPrecision(6)));
  const [whole = '', rest] = text.split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, mark) + (rest === undefined ? '' : `.${rest}`);
}

const written = (cell: Cell, text: (words: string) => string, mark?: string): string =>
  cell === null ? UNKNOWN : typeof cell === 'number' ? grouped(cell, mark) : text(cell);

/** `-3`, `-3x-1`: begins like a formula and is none. */
const EXTENTS = /^-?\d+(\.\d+)?(x-?\d+(\.\d+)?)*$/;

/** RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it; unknown is empty. */
export function toCsv(table: Table): string {
  const field = (cell: Cell): string => {
    if (cell === null) return '';
    if (typeof cell === 'number') return String(cell);
    const text = printable(cell);
    const inert = /^[=+\-@]/.test(text) && !EXTENTS.test(text) ? `'${text}` : text;
    return /[",]|^\s|\s$/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
  };
  const lines = [table.columns.map(({ title }) => title), ...table.rows].map((row) => row.map(field).join(','));
  return lines.map((line) => `${line}\r\n`).join('');
}

/** Text of a model within Markdown: no markup, no cell border, no address that would become a link. */
export const markdownText = (text: string): string =>
  printable(text)
    .replace(/[\\`*_{}[\]<>|~#&!$]/g, '\\$&')
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, '\\$&')
    .trim();

/** A GitHub table. */
export function toMarkdown(table: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return [
    line(table.columns.map(({ title }) => markdownText(title))),
    line(table.columns.map(({ right }) => (right ? '---:' : '---'))),
    ...table.rows.map((row) => line(row.map((cell) => written(cell, markdownText)))),
  ].join('');
}

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '×': '$\\times$',
  '·': '$\\cdot$',
  '−': '$-$',
  '≠': '$\\neq$',
  '⌊': '$\\lfloor$',
  '⌋': '$\\rfloor$',
  '⌈': '$\\lceil$',
  '⌉': '$\\rceil$',
  '…': '\\ldots{}',
  '→': '$\\rightarrow$',
  Δ: '$\\Delta$',
};

const latexText = (text: string): string =>
  printable(text).replace(/[\\{}$&#_%^~<>|×·−≠⌊⌋⌈⌉…→Δ]/g, (char) => LATEX[char] ?? char);

/** A long table with the rules of booktabs. */
export function toLatex(table: Table): string {
  const line = (cells: readonly string[]): string => `${cells.join(' & ')} \\\\\n`;
  // A bracket after a line's end would be read as its argument.
  const start = (text: string): string => (text.startsWith('[') || text.startsWith('*') ? `{}${text}` : text);
  return [
    '% \\usepackage{booktabs,longtable}\n',
    `\\begin{longtable}{${table.columns.map(({ right }) => (right ? 'r' : 'l')).join('')}}\n\\toprule\n`,
    line(table.columns.map(({ title }) => latexText(title))),
    '\\midrule\n\\endhead\n',
    ...table.rows.map((row) => line(row.map((cell, i) => (i ? String : start)(written(cell, latexText, '{,}'))))),
    '\\bottomrule\n\\end{longtable}\n',
  ].join('');
}

/** Cuts in the middle, where long names differ least. */
function shortened(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  const chars = Array.from(text);
  let [head, tail] = [Math.ceil(chars.length / 2), Math.floor(chars.length / 2)];
  const cut = (): string => `${chars.slice(0, head).join('')}…${chars.slice(chars.length - tail).join('')}`;
  while (head > 1 && columnsOf(cut()) > columns) {
    if (head > tail) head--;
    else tail--;
  }
  return cut();
}

const NARROWEST = 12;
const GAP = '  ';

/** Aligned columns for a terminal; the first column gives way where the table is wider than `width` columns. */
export function toText(table: Table, width = Infinity): string {
  const cells = [
    table.columns.map(({ title }) => title),
    ...table.rows.map((row) => row.map((c) => written(c, printable))),
  ];
  const widths = table.columns.map((_, i) => cells.reduce((most, row) => Math.max(most, columnsOf(row[i] ?? '')), 0));
  const total = widths.reduce((a, b) => a + b, 0) + GAP.length * (widths.length - 1);
  if (total > width) widths[0] = Math.max(NARROWEST, (widths[0] ?? 0) - (total - width));
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) => {
        const shown = shortened(text, widths[i] ?? 0);
        const fill = ' '.repeat(Math.max(0, (widths[i] ?? 0) - columnsOf(shown)));
        return table.columns[i]?.right ? fill + shown : shown + fill;
      })
      .join(GAP)
      .trimEnd();
  const rule = '─'.repeat(widths.reduce((a, b) => a + b, 0) + GAP.length * (widths.length - 1));
  const [head = [], ...body] = cells;
  return [line(head), rule, ...body.map(line), rule].map((text) => `${text}\n`).join('');
}
