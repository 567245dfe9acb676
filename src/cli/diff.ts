import { compareModels, type Comparison, type Difference } from '../core/compare';
import { entriesOf, subject, totalRows, type Entry, type Status } from '../core/compare/listing';
import { bytes } from '../core/view/numbers';
import { printable } from '../core/view/plainText';
import { buildScene, draw, type Drawing } from '../core/view/scene';
import { grouped, markdownText, toMarkdown, toText, type Table } from '../core/view/table';
import type { Scene } from '../core/view/types';
import { type Inputs, parseInput, parseOptions } from './arguments';
import { diffDocument, refusedDiff } from './diffDocument';
import { jsonDocument } from './json';
import { printProblems } from './problems';
import { type Analysis, analyse, hasErrors, read, type Reading } from './reading';
import { heading } from './remarks';
import type { Terminal } from './terminal';
import { UsageError } from './usage';

export { refusedDiff };

/** As `diff` ends. */
const EQUAL = 0;
const DIFFERENT = 1;
const TROUBLE = 2;

/** `diff`: two models against each other. */
export async function diffCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    input: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    markdown: { type: 'boolean' },
    all: { type: 'boolean' },
  });
  const [first, second, surplus] = positionals;
  if (first === undefined || second === undefined) throw new UsageError('which two files?');
  if (surplus !== undefined) throw new UsageError(`two files at a time: what is “${surplus}”?`);
  if (values.json && values.markdown) throw new UsageError('--json or --markdown? One form at a time');
  const inputs = new Map(((values.input ?? []) as readonly string[]).map(parseInput));
  const readings = [await read(first), await read(second)];
  const sides = readings.map((reading) => analyse(reading, meantFor(reading, readings, inputs), undefined));
  const [before, after] = sides as [Analysis, Analysis];
  const comparison = before.facts && after.facts ? compareModels(drawn(before), drawn(after)) : null;
  if (values.json) for (const part of jsonDocument(diffDocument(before, after, comparison))) terminal.out(part);
  else {
    if (comparison) {
      const write = values.markdown ? markdown : text;
      terminal.out(write(comparison, before, after, values.all === true, terminal.columns));
    }
    for (const side of sides) printProblems(terminal, side);
  }
  if (!comparison || sides.some(hasErrors)) return TROUBLE;
  return comparison.equal ? EQUAL : DIFFERENT;
}

/** Sizes go to the model that has an input of that name; what neither has is asked of both, and refused. */
function meantFor(own: Reading, all: readonly Reading[], inputs: Inputs): Inputs {
  const has = ({ model }: Reading, name: string): boolean =>
    !!model?.graph.inputs.some((id) => model.graph.values[id]?.name === name);
  return new Map([...inputs].filter(([name]) => has(own, name) || !all.some((one) => has(one, name))));
}

const drawn = ({ facts, reading }: Analysis): Drawing => draw(facts!, reading.diagnostics);

const MARKS: Readonly<Record<Status, string>> = { same: ' ', follows: '>', changed: '~', added: '+', removed: '-' };

/** Plain digits on a terminal: what stands there gets copied. */
const said = (words: string): string => (words === '' ? '—' : words.replace(/(?<=\d)\u202f/g, ','));

interface Names {
  readonly before: Scene;
  readonly after: Scene;
}

function changesTable({ entries, names }: { entries: readonly Entry[]; names: Names }): Table {
  const rows = entries.flatMap((entry) => {
    const scene = entry.after === null ? names.before : names.after;
    const node = scene.nodes[entry.after ?? entry.before ?? -1];
    const module = scene.groups[node?.group ?? -1]?.path;
    const name = [module, [node?.shortName, node?.name].find(Boolean)].filter(Boolean).join('/');
    const operator = [node?.title ?? '', ...(node?.label ?? [])].join(' ');
    const lines = entry.differences.map((d): readonly string[] => [subject(d), said(d.before), said(d.after)]);
    const [line = ['', '', ''], ...more] = lines;
    return [[`${MARKS[entry.status]} ${name}`, operator, ...line], ...more.map((next) => ['', '', ...next])];
  });
  return { columns: ['Layer', 'Operator', 'What', 'Before', 'After'].map((title) => ({ title })), rows };
}

function totalsTable(comparison: Comparison): Table {
  const written = (n: number | null, isBytes: boolean): string =>
    n === null ? 'unknown' : isBytes ? bytes(n).replace('\u00a0', ' ') : grouped(n);
  const change = (before: number | null, after: number | null, isBytes: boolean): string => {
    if (before === null || after === null) return '';
    const by = after - before;
    return by === 0 ? '=' : `${by > 0 ? '+' : '-'}${written(Math.abs(by), isBytes)}`;
  };
  return {
    columns: [{ title: '' }, ...['Before', 'After', 'Change'].map((title) => ({ title, right: true }))],
    rows: totalRows(comparison).map(({ label, bytes: isBytes, before, after }) => [
      label,
      written(before, isBytes),
      written(after, isBytes),
      change(before, after, isBytes),
    ]),
  };
}

const endsTable = (ends: readonly Difference[]): Table => ({
  columns: ['Input or output', 'Before', 'After'].map((title) => ({ title })),
  rows: ends.map(({ name, kind, before, after }) => [
    `${kind === 'input size' ? 'input' : 'output'} ${name}`,
    said(before),
    said(after),
  ]),
});

interface Parts {
  readonly heads: readonly [string, string];
  readonly tables: readonly Table[];
  readonly lines: readonly string[];
}

function partsOf(comparison: Comparison, before: Analysis, after: Analysis, all: boolean): Parts {
  const names: Names = {
    before: buildScene(comparison.before, before.reading.name),
    after: buildScene(comparison.after, after.reading.name),
  };
  const entries = entriesOf(comparison).filter(
    ({ status, plumbing }) => status !== 'same' && (all || (status !== 'follows' && !plumbing)),
  );
  const { counts, plumbing, ends } = comparison;
  const beside = plumbing.added + plumbing.removed + plumbing.changed;
  return {
    heads: [heading(names.before).trimEnd(), heading(names.after).trimEnd()],
    tables: [
      ...(entries.length ? [changesTable({ entries, names })] : []),
      ...(ends.length ? [endsTable(ends)] : []),
      totalsTable(comparison),
    ],
    lines: [
      comparison.equal
        ? `The same net: ${grouped(counts.same)} operators correspond.`
        : `${grouped(counts.changed)} changed (~), ${grouped(counts.added)} added (+), ${grouped(counts.removed)} removed (-); ` +
          `${grouped(counts.follows)} follow with other sizes, cost or receptive fields, ${grouped(counts.same)} are the same.`,
      beside ? `Constants and shape arithmetic differ in ${grouped(beside)} operators, which is not counted.` : '',
    ].filter(Boolean),
  };
}

function text(comparison: Comparison, before: Analysis, after: Analysis, all: boolean, columns: number): string {
  const { heads, tables, lines } = partsOf(comparison, before, after, all);
  return [
    `--- ${heads[0]}\n+++ ${heads[1]}\n`,
    ...tables.map((table) => `\n${toText(table, columns)}`),
    ...lines.map((line) => `${printable(line)}\n`),
  ].join('');
}

function markdown(comparison: Comparison, before: Analysis, after: Analysis, all: boolean): string {
  const { tables, lines } = partsOf(comparison, before, after, all);
  const name = ({ reading }: Analysis): string => markdownText(reading.name);
  return [
    `# ${name(before)} → ${name(after)}\n\n`,
    ...lines.map((line) => `${line}\n`),
    ...tables.map((table) => `\n${toMarkdown(table)}`),
  ].join('');
}
