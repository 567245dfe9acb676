/** Everything there is to say of one operator, as plain data. */
import type { Facts } from '../analysis/facts';
import type { Location, Span } from '../diagnostics/diagnostic';
import type { Node, ValueId } from '../ir/types';
import { t } from '../l10n/l10n';
import type { Port } from '../ops/operator';
import { attributeRows, contentsText } from './attributes';
import { hoverCard, macsRow, memoryRow, sizeRows } from './card';
import { growsRow, seesRows } from './fieldRows';
import { hintRows } from './hints';
import { integer, size } from './numbers';
import type { Drawing } from './scene';
import { LIBRARY, sourceFrames } from './sourceFrames';
import { synapseView } from './synapseView';
import type { Inspector, TensorRow } from './types';
import { weightRows } from './weightRows';

function spanOf(location: Location | null): Span | null {
  let at = location;
  while (at?.kind === 'derived') at = at.from;
  return at?.kind === 'bytes' ? at.span : null;
}

function tensorRow(facts: Facts, value: ValueId, port: Port | undefined, links: readonly number[]): TensorRow {
  const { graph, types, constant, contents } = facts;
  const type = types[value] ?? null;
  const kind = graph.inputs.includes(value)
    ? 'input'
    : graph.outputs.includes(value)
      ? 'output'
      : constant[value]
        ? 'constant'
        : 'data';
  return {
    name: graph.values[value]?.name ?? '',
    port: port?.name ?? '',
    dtype: type?.dtype ?? 'unknown',
    size: size(type) || '?',
    value,
    links,
    kind,
    // Weights are shown on their own.
    contents: constant[value] && !port?.parameter ? contentsText(contents.get(value)) : '',
  };
}

function inputRows(facts: Facts, node: Node): readonly TensorRow[] {
  const def = facts.nodes[node.id]?.def;
  return node.inputs.flatMap((value, i) => {
    if (value === null) return [];
    const port = def?.inputs[i] ?? (def?.variadic ? def.inputs.at(-1) : undefined);
    const producer = facts.graph.values[value]?.producer ?? null;
    return [tensorRow(facts, value, port, producer === null ? [] : [producer])];
  });
}

const outputRows = (facts: Facts, node: Node): readonly TensorRow[] =>
  node.outputs.flatMap((value) =>
    value === null ? [] : [tensorRow(facts, value, undefined, [...new Set(facts.graph.consumers[value])])],
  );

function operatorText({ model }: Facts, node: Node): string {
  const domain = node.domain || 'ai.onnx';
  const version = model.opsets.get(domain);
  return version === undefined
    ? t('{0} of {1}', node.op, domain)
    : t('{0} of {1}, opset {2}', node.op, domain, version);
}

/** Where it stands in the order of the data; shape arithmetic and constants stand beside it. */
function positionOf({ facts, flow }: Drawing, node: Node): string {
  if (flow.plumbing[node.id]) return t('works on shapes or constants alone');
  const order = facts.graph.order.filter((id) => !flow.plumbing[id]);
  return t('operator {0} of {1}', integer(order.indexOf(node.id) + 1), integer(order.length));
}

function sourceText(node: Node): string {
  const [frame] = sourceFrames(node).filter(({ file }) => !LIBRARY.test(file));
  return frame ? t('{0}, line {1}', frame.file.split(/[\\/]/).at(-1) ?? '', frame.line) : '';
}

/** Null where there is no such operator. */
export function inspector(drawing: Drawing, id: number): Inspector | null {
  const { facts } = drawing;
  const node = facts.graph.nodes[id];
  const card = hoverCard(drawing, id);
  if (!node || !card) return null;
  const output = node.outputs.find((v) => v !== null);
  const rows = [
    ...sizeRows(facts, node),
    ...seesRows(facts, output ?? undefined),
    growsRow(facts, node),
    macsRow(facts, node),
    memoryRow(facts, node),
    ...hintRows(facts, node),
  ];
  return {
    card,
    position: positionOf(drawing, node),
    rows: rows.filter((row) => row !== null),
    synapses: synapseView(facts, node.id),
    weights: weightRows(facts, node),
    attributes: attributeRows(node, facts.nodes[node.id]),
    inputs: inputRows(facts, node),
    outputs: outputRows(facts, node),
    operator: operatorText(facts, node),
    origin: spanOf(node.origin),
    source: sourceText(node),
    metadata: [
      ...(node.doc ? [{ name: 'documentation', value: node.doc }] : []),
      ...[...node.metadata].map(([name, value]) => ({ name, value })),
    ],
  };
}
