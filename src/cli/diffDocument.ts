import type { Comparison } from '../core/compare';
import { entriesOf, totalRows } from '../core/compare/listing';
import type { Diagnostic } from '../core/diagnostics/diagnostic';
import { buildScene, type Drawing } from '../core/view/scene';
import type { SceneNode } from '../core/view/types';
import { recordOf } from './json';
import type { Analysis } from './reading';

/** The document `diff --json` prints; schemas/diff.schema.json says what may be in it. */
export function diffDocument(before: Analysis, after: Analysis, comparison: Comparison | null): object {
  const entries = comparison ? entriesOf(comparison) : [];
  const nodes = comparison && { before: nodesOf(comparison.before), after: nodesOf(comparison.after) };
  const operator = (side: 'before' | 'after', id: number | null): object | null =>
    id === null || !nodes ? null : (nodes[side](id) ?? null);
  return {
    schema: 1,
    before: fileOf(before),
    after: fileOf(after),
    equal: comparison?.equal ?? null,
    counts: comparison?.counts ?? null,
    plumbing: comparison?.plumbing ?? null,
    totals: recordOf(
      (comparison ? totalRows(comparison) : []).map((row) => [row.key, [row.before, row.after]] as const),
    ),
    ends: comparison?.ends ?? [],
    same: entries.flatMap((entry) => (entry.status === 'same' ? [[entry.before, entry.after]] : [])),
    changes: entries.flatMap((entry) => {
      if (entry.status === 'same') return [];
      const { status, plumbing, differences } = entry;
      return [
        {
          status,
          plumbing,
          before: operator('before', entry.before),
          after: operator('after', entry.after),
          differences,
        },
      ];
    }),
    error: null,
  };
}

/** What is printed where there is no comparison at all. */
export const refusedDiff = (why: string): object => ({
  schema: 1,
  before: null,
  after: null,
  equal: null,
  counts: null,
  plumbing: null,
  totals: {},
  ends: [],
  same: [],
  changes: [],
  error: why,
});

const fileOf = ({ reading, diagnostics }: Analysis): object => ({
  file: reading.name,
  format: reading.model?.format ?? null,
  name: reading.model?.graph.name ?? null,
  producer: reading.model?.producer ?? null,
  opset: reading.model ? recordOf(reading.model.opsets) : null,
  diagnostics: diagnostics.map(({ severity, code, message, node }: Diagnostic) => ({ severity, code, message, node })),
});

function nodesOf(drawing: Drawing): (id: number) => object | undefined {
  const scene = buildScene(drawing, '');
  return (id) => {
    const node = scene.nodes[id];
    return node && facts(node, scene.groups[node.group ?? -1]?.path ?? '');
  };
}

const facts = (node: SceneNode, module: string): object => ({
  index: node.id,
  name: node.name,
  op: node.op,
  module,
  size: node.sizeOut || null,
  sees: node.sees,
  parameters: node.parameters,
  macs: node.macs,
});
