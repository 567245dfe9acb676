import { flatTable, layerRows, plainTable, type LayerRow } from '../../core/view/layerTable';
import { toCsv, toLatex, toMarkdown, type Table } from '../../core/view/table';
import type { TableFormat } from '../../protocol/host';
import { record, whole } from './checks';
import type { Analysis } from './reading';

type Shown = Pick<Analysis, 'facts' | 'scene'>;

interface Writer {
  /** With one fact a column, or as people read it. */
  readonly bare: boolean;
  readonly write: (table: Table) => string;
}

const WRITERS: Readonly<Record<TableFormat, Writer>> = {
  csv: { bare: true, write: toCsv },
  markdown: { bare: false, write: toMarkdown },
  latex: { bare: false, write: toLatex },
  json: { bare: true, write: (table) => `${JSON.stringify(objectsOf(table), null, 2)}\n` },
};

/** Throws for what is no format of tables. */
export function writerFor(format: unknown): Writer {
  const writer = Object.entries(WRITERS).find(([name]) => name === format)?.[1];
  if (!writer) throw new TypeError('No format of tables');
  return writer;
}

/** Operators a page asks for; throws for what is no list of them. */
export const nodesOf = (nodes: unknown, count: number): readonly number[] =>
  listOf(nodes, count, 'nodes', (id) => whole(id, 'node'));

/** One object a row, by the titles of the columns; what is not known is null. */
const objectsOf = ({ columns, rows }: Table): readonly object[] =>
  rows.map((cells) => Object.fromEntries(columns.map(({ title }, at) => [title, cells[at] ?? null])));

/** The layer table as text. The request comes from the page: a format that is none or a node that is not there throws. */
export function tableText({ facts, scene }: Shown, request: unknown): string {
  const { format, nodes, times } = record(request, 'request');
  const { bare, write } = writerFor(format);
  const table = bare ? plainTable : flatTable;
  const ms = times === null ? null : listOf(times, scene.nodes.length, 'times', milliseconds);
  const all = layerRows(facts, scene).filter((row) => row.kind === 'operator');
  if (nodes === null) return write(timed(table(all), all, ms));
  const known = new Map(all.map((row) => [row.node.id, row]));
  const wanted = nodesOf(nodes, scene.nodes.length);
  const rows = wanted.map((id) => known.get(id) ?? plumbingRow({ facts, scene }, id));
  return write(timed(table(rows), rows, ms));
}

type OperatorRow = Extract<LayerRow, { readonly kind: 'operator' }>;

/** What the page has measured, as one more column. */
function timed(table: Table, rows: readonly OperatorRow[], ms: readonly (number | null)[] | null): Table {
  if (!ms) return table;
  return {
    columns: [...table.columns, { title: 'ms', right: true }],
    rows: table.rows.map((cells, at) => [...cells, ms[rows[at]?.node.id ?? -1] ?? null]),
  };
}

function listOf<T>(value: unknown, most: number, what: string, check: (entry: unknown) => T): readonly T[] {
  if (!Array.isArray(value) || value.length > most) throw new TypeError(`${what} is no list`);
  return value.map(check);
}

function milliseconds(value: unknown): number | null {
  if (value === null || (typeof value === 'number' && Number.isFinite(value) && value >= 0)) return value;
  throw new TypeError('That is no time');
}

/** Shape arithmetic has no row of its own, but may be asked for. */
function plumbingRow({ facts, scene }: Shown, id: number): OperatorRow {
  const node = scene.nodes[id];
  if (!node) throw new RangeError(`No operator ${id}`);
  const value = node.outputs[0]?.value;
  const field = value === undefined ? null : (facts.fields[value] ?? null);
  return { kind: 'operator', depth: 0, node, module: scene.groups[node.group ?? -1]?.path ?? '', field };
}
