import { flatTable, layerRows, plainTable, type LayerRow } from '../../core/view/layerTable';
import { toCsv, toLatex, toMarkdown, type Table } from '../../core/view/table';
import type { TableFormat } from '../../protocol/host';
import { record, whole } from './checks';
import type { Analysis } from './reading';

type Shown = Pick<Analysis, 'facts' | 'scene'>;

const WRITERS: Readonly<Record<TableFormat, (rows: readonly LayerRow[]) => string>> = {
  csv: (rows) => toCsv(plainTable(rows)),
  markdown: (rows) => toMarkdown(flatTable(rows)),
  latex: (rows) => toLatex(flatTable(rows)),
  json: (rows) => `${JSON.stringify(objectsOf(plainTable(rows)), null, 2)}\n`,
};

/** One object a row, by the titles of the columns; what is not known is null. */
const objectsOf = ({ columns, rows }: Table): readonly object[] =>
  rows.map((cells) => Object.fromEntries(columns.map(({ title }, at) => [title, cells[at] ?? null])));

/** The layer table as text. The request comes from the page: a format that is none or a node that is not there throws. */
export function tableText({ facts, scene }: Shown, request: unknown): string {
  const { format, nodes } = record(request, 'request');
  const write = Object.entries(WRITERS).find(([name]) => name === format)?.[1];
  if (!write) throw new TypeError('No format of tables');
  const all = layerRows(facts, scene);
  if (nodes === null) return write(all);
  if (!Array.isArray(nodes) || nodes.length > scene.nodes.length) throw new TypeError('nodes is no list of operators');
  const known = new Map(all.flatMap((row) => (row.kind === 'operator' ? [[row.node.id, row] as const] : [])));
  return write(nodes.map((id) => known.get(whole(id, 'node')) ?? plumbingRow({ facts, scene }, whole(id, 'node'))));
}

/** Shape arithmetic has no row of its own, but may be asked for. */
function plumbingRow({ facts, scene }: Shown, id: number): LayerRow {
  const node = scene.nodes[id];
  if (!node) throw new RangeError(`No operator ${id}`);
  const value = node.outputs[0]?.value;
  const field = value === undefined ? null : (facts.fields[value] ?? null);
  return { kind: 'operator', depth: 0, node, module: scene.groups[node.group ?? -1]?.path ?? '', field };
}
