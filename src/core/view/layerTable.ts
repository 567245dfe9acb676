/** The net as a table, one row an operator, for every skin: page, clipboard, terminal. */
import type { Facts, ReceptiveField } from '../analysis/facts';
import { t } from '../l10n/l10n';
import type { Cell, Column, Table } from './table';
import type { Scene, SceneNode } from './types';

/** Modules come before what is inside of them; `depth` says how deep a row lies. */
export type LayerRow =
  | {
      readonly kind: 'module';
      readonly depth: number;
      readonly group: number;
      readonly name: string;
      readonly parameters: number;
      readonly macs: number | null;
    }
  | {
      readonly kind: 'operator';
      readonly depth: number;
      readonly node: SceneNode;
      /** Path of the module around it; '' where there is none. */
      readonly module: string;
      /** Of the first output; null where it has none. */
      readonly field: ReceptiveField | null;
    };

type OperatorRow = Extract<LayerRow, { readonly kind: 'operator' }>;

/** Rows in the order data flows, module by module. Constants and shape arithmetic have none. */
export function layerRows(facts: Facts, scene: Scene): readonly LayerRow[] {
  const { graph, fields } = facts;
  const rows: LayerRow[] = [];
  const place = new Map(graph.order.map((id, i) => [id as number, i]));
  const inside = new Map<
    number | null,
    { readonly at: number; readonly node?: SceneNode; readonly group?: number }[]
  >();
  const put = (parent: number | null, entry: { at: number; node?: SceneNode; group?: number }): void => {
    const list = inside.get(parent);
    if (list) list.push(entry);
    else inside.set(parent, [entry]);
  };
  // A module stands where the first row inside of it does; constants, which stand at the front of many files, have none.
  const first = new Map<number, number>();
  for (const node of scene.nodes) {
    if (node.plumbing) continue;
    const at = place.get(node.id) ?? node.id;
    put(node.group, { at, node });
    for (let group = node.group; group !== null; group = scene.groups[group]?.parent ?? null)
      first.set(group, Math.min(at, first.get(group) ?? at));
  }
  for (const [group, at] of first) put(scene.groups[group]?.parent ?? null, { at, group });

  const walk = (parent: number | null, depth: number): void => {
    for (const { node, group } of (inside.get(parent) ?? []).sort((a, b) => a.at - b.at)) {
      const module = scene.groups[group ?? -1];
      if (node) {
        const value = graph.nodes[node.id]?.outputs.find((v) => v !== null);
        const field = value === undefined ? null : (fields[value] ?? null);
        rows.push({ kind: 'operator', depth, node, module: scene.groups[parent ?? -1]?.path ?? '', field });
      } else if (module && group !== undefined) {
        const { name, parameters, macs } = module;
        rows.push({ kind: 'module', depth, group, name, parameters, macs });
        walk(group, depth + 1);
      }
    }
  };
  walk(null, 0);
  return rows;
}

const LAYER: Column = { title: t('Layer') };
const COMMON: readonly Column[] = [
  { title: t('Operator') },
  { title: t('Output'), right: true },
  { title: t('Sees, px'), right: true },
  { title: t('Stride'), right: true },
  { title: t('Parameters'), right: true },
  { title: 'MACs', right: true },
];

/** The same number along every axis is said once: `3`, `3×7`; '' where there is none. */
function perAxis(values: readonly (number | null)[] | undefined, text = (n: number): string => short(n)): string {
  if (!values?.length) return '';
  const words = values.map((v) => (v === null ? t('all') : text(v)));
  return words.every((w) => w === words[0]) ? words[0]! : words.join('×');
}

const short = (n: number): string => String(Number(n.toPrecision(4)));

/** `7`, `7×9`, `5…7` where units differ, `all` after a global operator. */
export function seesText(field: ReceptiveField | null): string {
  if (!field) return '';
  if (field.whole) return t('all');
  const largest = perAxis(field.size);
  const smallest = perAxis(field.smallest);
  const range = smallest === largest ? largest : `${smallest}…${largest}`;
  return field.aligned && field.dense ? range : `${range} ${field.aligned ? '' : '≠'}${field.dense ? '' : '°'}`;
}

/** Labels group digits for the eye; elsewhere a comma does. */
export const labels = ({ label }: Pick<SceneNode, 'label'>): readonly string[] =>
  label.map((part) => part.replace(/(?<=\d)\u202f/g, ','));

export const operatorText = (node: SceneNode): string =>
  node.label.length ? `${node.title} ${labels(node).join(' · ')}` : node.title;

const common = ({ node, field }: OperatorRow): readonly Cell[] => [
  operatorText(node),
  node.sizeOut,
  seesText(field),
  perAxis(field?.stride),
  node.parameters,
  node.macs,
];

/** `layer1/conv2`: a layer after its modules. */
export const fullName = ({ node, module }: Pick<OperatorRow, 'node' | 'module'>): string =>
  [module, node.shortName || node.name].filter(Boolean).join('/');

/** One row an operator, for Markdown and LaTeX. */
export const flatTable = (rows: readonly LayerRow[]): Table => ({
  columns: [LAYER, ...COMMON],
  rows: rows.flatMap((row) => (row.kind === 'operator' ? [[fullName(row), ...common(row)]] : [])),
});

/** Modules with their sums, and what is inside of them further in. */
export function treeTable(rows: readonly LayerRow[]): Table {
  const branches = branchesOf(rows);
  return {
    columns: [LAYER, ...COMMON],
    rows: rows.map((row, i) => {
      const branch = branches[i] ?? '';
      if (row.kind === 'module') return [branch + row.name, '', '', '', '', row.parameters, row.macs];
      return [branch + (row.node.shortName || row.node.name), ...common(row)];
    }),
  };
}

/** `├─ ` and `└─ ` before each row, by its depth and whether a brother follows. */
function branchesOf(rows: readonly LayerRow[]): readonly string[] {
  const text: string[] = [];
  /** By depth: a later row of the same parent. */
  const more: boolean[] = [];
  for (let i = rows.length - 1; i >= 0; i--) {
    const depth = rows[i]?.depth ?? 0;
    const lanes = Array.from({ length: Math.max(0, depth - 1) }, (_, d) => (more[d + 1] ? '│  ' : '   '));
    text[i] = depth === 0 ? '' : lanes.join('') + (more[depth] ? '├─ ' : '└─ ');
    more[depth] = true;
    more.length = depth + 1;
  }
  return text;
}

/** Everything the table knows with one fact a column, for spreadsheets and scripts; numbers are bare. */
export function plainTable(rows: readonly LayerRow[]): Table {
  const columns = ['index', 'name', 'module', 'op', 'attributes', 'input', 'output', 'dtype'].map((title) => ({
    title,
  }));
  const numbers = ['field', 'smallest', 'stride', 'start', 'dense', 'aligned', 'whole', 'parameters', 'macs', 'bytes'];
  return {
    columns: [...columns, ...numbers.map((title) => ({ title, right: true }))],
    rows: rows.flatMap((row) => {
      if (row.kind !== 'operator') return [];
      const { node, module, field } = row;
      const axes = (values: readonly (number | null)[] | undefined): string =>
        (values ?? []).map((v) => (v === null ? 'all' : String(v))).join('x');
      const flags = field ? [field.dense, field.aligned, field.whole].map(String) : ['', '', ''];
      const seen = [axes(field?.size), axes(field?.smallest), axes(field?.stride), axes(field?.start), ...flags];
      const sizes = [node.sizeIn, node.sizeOut].map((size) => size.replace(/×/g, 'x'));
      const text = [node.name, module, node.op, labels(node).join(' '), ...sizes, node.dtype];
      return [[node.id, ...text, ...seen, node.parameters, node.macs, node.activationBytes]];
    }),
  };
}
