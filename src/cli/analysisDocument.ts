import type { Facts, Totals } from '../core/analysis';
import { contradict } from '../core/analysis/declared';
import { foldsInto } from '../core/analysis/foldable';
import { arithmeticIntensity } from '../core/analysis/intensity';
import { unproductiveBy } from '../core/analysis/effectiveField';
import type { Diagnostic } from '../core/diagnostics/diagnostic';
import type { Dim } from '../core/ir/dim';
import { dimText } from '../core/ir/dim';
import type { Constant, Attr, Node, TensorType, Value, ValueId } from '../core/ir/types';
import { modulePaths } from '../core/modules/scopes';
import type { Synapses } from '../core/ops/operator';
import { formulaText } from '../core/view/mathml';
import { atOnce } from '../core/steps';
import { readFlow, type Flow } from '../core/view/flow';
import { Entries, recordOf } from './json';
import type { Analysis } from './reading';

/** The document `analyze --json` prints; schemas/analysis.schema.json says what may be in it. */
export function analysisDocument({ reading, facts, diagnostics }: Analysis): object {
  const { name: file, model } = reading;
  return {
    schema: 1,
    file,
    format: model?.format ?? null,
    name: model?.graph.name ?? null,
    producer: model?.producer ?? null,
    opset: model ? recordOf(model.opsets) : null,
    fieldOf: facts && valueName(facts, facts.imageInput),
    inputs: facts ? facts.graph.inputs.map((id) => port(facts, id)) : [],
    outputs: facts ? facts.graph.outputs.map((id) => port(facts, id)) : [],
    totals: totalsOf(facts?.totals ?? null),
    values: facts ? Entries.record(valueEntries(facts)) : {},
    nodes: facts ? nodesOf(facts) : [],
    diagnostics: diagnostics.map(problem),
  };
}

/** A number, the formula of a symbolic extent, or null. */
const extent = (d: Dim): number | string | null => (d === null || typeof d === 'number' ? d : dimText(d));

const valueName = (facts: Facts, id: ValueId | null): string | null =>
  id === null ? null : (facts.graph.values[id]?.name ?? null);

interface TypeText {
  readonly dtype: string | null;
  readonly shape: readonly (number | string | null)[] | null;
  readonly container?: string;
}

const typeText = (type: TensorType | null): TypeText => ({
  dtype: !type || type.dtype === 'unknown' ? null : type.dtype,
  shape: type?.shape?.map(extent) ?? null,
  ...(type?.container ? { container: type.container } : {}),
});

const port = (facts: Facts, id: ValueId): object => ({
  name: valueName(facts, id) ?? '',
  ...typeText(facts.types[id] ?? null),
});

function totalsOf(totals: Totals | null): object {
  const { parameters, byRole, macs, activationBytes, peakBytes, weightBytes, weightBytesByType, inSubgraphs } =
    totals ?? {};
  return {
    parameters: parameters ?? null,
    byRole: byRole ?? null,
    macs: macs ?? null,
    activationBytes: activationBytes ?? null,
    peakBytes: peakBytes ?? null,
    weightBytes: weightBytes ?? null,
    weightBytesByType: weightBytesByType ?? null,
    inSubgraphs: inSubgraphs ?? { parameters: null, macs: null },
  };
}

function* valueEntries(facts: Facts): Iterable<readonly [string, object]> {
  for (const value of facts.graph.values) if (value.name !== '') yield [value.name, valueFacts(facts, value)];
}

function valueFacts(facts: Facts, { id, declared }: Value): object {
  const type = facts.types[id] ?? null;
  const field = facts.fields[id] ?? null;
  return {
    ...typeText(type),
    ...(declared && type && contradict(type, declared) ? { declared: typeText(declared) } : {}),
    receptiveField: field && {
      size: field.size,
      smallest: field.smallest,
      stride: field.stride,
      start: field.start,
      dense: field.dense,
      aligned: field.aligned,
      whole: field.whole,
    },
  };
}

function nodesOf(facts: Facts): Entries {
  const paths = atOnce(modulePaths(facts.graph));
  const flow = atOnce(readFlow(facts));
  return Entries.list(facts.graph.nodes, (node) => ({
    index: node.id,
    name: node.name,
    op: node.op,
    domain: node.domain,
    inputs: node.inputs.map((id) => valueName(facts, id) ?? ''),
    outputs: node.outputs.map((id) => valueName(facts, id) ?? ''),
    module: moduleOf(paths[node.id] ?? []),
    attributes: recordOf([...node.attrs].map(([name, attr]) => [name, attributeText(attr)] as const)),
    ...nodeNumbers(facts, node),
    formula: formulaOf(facts, flow, node),
    foldsInto: foldsInto(facts, node),
    unproductive: unproductiveBy(facts, node) !== null,
  }));
}

/** Scopes as exporters nest them: the innermost often says the outer ones again (`layer1`, `layer1.0`), and then says it all. */
function moduleOf(path: readonly string[]): string {
  const parts = path.filter((part) => part !== '');
  return parts.reduce((outer, part) => (outer === '' || part.startsWith(`${outer}.`) ? part : `${outer}.${part}`), '');
}

function nodeNumbers(facts: Facts, node: Node): object {
  const {
    parameters = [],
    parameterCount = 0,
    macs = null,
    activationBytes = null,
    synapses = null,
  } = facts.nodes[node.id] ?? {};
  const byRole = new Map<string, number>();
  for (const { role, count } of parameters) byRole.set(role, (byRole.get(role) ?? 0) + count);
  return {
    parameters: recordOf(byRole),
    parameterCount,
    macs,
    activationBytes,
    intensity: arithmeticIntensity(facts, node.id),
    synapses: synapses && synapseNumbers(synapses),
  };
}

const known = (d: Dim): number | null => (typeof d === 'number' && Number.isSafeInteger(d) ? d : null);

const synapseNumbers = ({ shared, unshared, fullyConnected }: Synapses): object => ({
  shared: known(shared),
  unshared: known(unshared),
  fullyConnected: known(fullyConnected),
});

/** With the activation around it when one follows. */
function formulaOf(facts: Facts, flow: Flow, node: Node): string | null {
  const { def = null, context = null } = facts.nodes[node.id] ?? {};
  const formula = context && def?.formula?.(context);
  if (!formula) return null;
  const next = facts.nodes[flow.pill[node.id] ?? -1];
  const activation = next?.context && next.def?.activation?.(next.context);
  const text = formulaText(formula, !!activation);
  return activation ? `${text}, g = ${activation}` : text;
}

/** Numbers that JSON cannot write are written as words. */
const real = (n: number): number | string =>
  Number.isFinite(n) ? n : Number.isNaN(n) ? 'nan' : n > 0 ? 'inf' : '-inf';

/** Elements of a tensor attribute beyond these are left out. */
const MOST_ELEMENTS = 64;

function constantText({ dtype, shape, elements }: Constant): object {
  const small = elements.kind === 'inline' && elements.values.length <= MOST_ELEMENTS;
  const element = (v: number | bigint | string): number | string =>
    typeof v === 'number' ? real(v) : typeof v === 'bigint' ? String(v) : v;
  return { dtype, shape, ...(small ? { values: elements.values.map(element) } : {}) };
}

function attributeText(attr: Attr): unknown {
  switch (attr.kind) {
    case 'float':
    case 'int':
      return real(attr.value);
    case 'floats':
    case 'ints':
      return attr.value.map(real);
    case 'tensor':
      return constantText(attr.value);
    case 'graph':
      return { graph: attr.value.name, nodes: attr.value.nodes.length };
    case 'graphs':
      return attr.value.map((graph) => ({ graph: graph.name, nodes: graph.nodes.length }));
    case 'string':
    case 'strings':
    case 'other':
      return attr.value;
  }
}

const problem = ({ code, severity, message, node, location }: Diagnostic): object => ({
  severity,
  code,
  message,
  node,
  bytes: location?.kind === 'bytes' ? [location.span.start, location.span.end] : null,
  ...(location?.kind === 'text' && location.line ? { line: location.line, column: location.column } : {}),
});
