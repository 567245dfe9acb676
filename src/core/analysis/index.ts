import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Dim } from '../ir/dim';
import type { Model, Node, TensorType, ValueId } from '../ir/types';
import type { ParameterRole } from '../ops/operator';
import { bodiesOf, macsOf, macsOfAll } from './cost';
import { contradict } from './declared';
import type { AnalysisOptions, Facts, NodeFacts, Totals } from './facts';
import { chooseImageInput } from './imageInput';
import type { Inferred } from './inferred';
import { added, bytesOf, outputBytes, peakBytes } from './memory';
import { type Found, ParameterLedger, parametersOf, Tracer } from './parameters';
import * as problems from './problems';
import { type Given, Inference } from './shapes';

export type { AnalysisOptions, Facts, NodeFacts, Parameter, ReceptiveField, Totals } from './facts';

/** Everything that follows from a model without running it. Pure: the same model and options give the same facts. */
export function analyze(model: Model, options: AnalysisOptions = {}): Facts {
  const diagnostics = new Map<string, Diagnostic>();
  const report = (d: Diagnostic): void => {
    diagnostics.set(`${d.code}|${d.node ?? ''}|${d.message}`, d);
  };
  const found = infer(model, options, report);
  const softened = soften([...diagnostics.values()], model, options);
  const [ledger, tracer] = [new ParameterLedger(), new Tracer()];
  const perNode = model.graph.nodes.map((node) => parametersOf(found, node, tracer));
  for (const parameters of perNode) for (const p of parameters) ledger.add(p);
  const nodes = model.graph.nodes.map((node, i) => nodeFacts(found, node, perNode[i] ?? [], ledger));
  return {
    model,
    graph: model.graph,
    types: found.types,
    contents: found.contents,
    constant: found.constant,
    fields: found.types.map(() => null),
    imageInput: chooseImageInput(model.graph, found.types, options.imageInput),
    nodes,
    totals: { ...totalsOf(found, nodes, ledger), inSubgraphs: subgraphTotals(found, ledger, tracer) },
    diagnostics: softened,
  };
}

function infer(model: Model, options: AnalysisOptions, report: (d: Diagnostic) => void): Inferred {
  const { given, bindings } = overrides(model, options, report);
  return new Inference({ model, bindings, report, signal: options.signal }).main(given);
}

/** The sizes the user set, and what they say about the names the file uses for extents. */
function overrides(
  model: Model,
  options: AnalysisOptions,
  report: (d: Diagnostic) => void,
): { readonly given: ReadonlyMap<ValueId, Given>; readonly bindings: ReadonlyMap<string, number> } {
  const given = new Map<ValueId, Given>();
  const bindings = new Map<string, number>();
  for (const [name, shape] of options.inputShapes ?? []) {
    const id = model.graph.valueByName.get(name);
    if (id === undefined || !model.graph.inputs.includes(id)) {
      report(problems.unknownInput({}, name));
      continue;
    }
    const declared = model.graph.values[id]?.declared ?? null;
    bindNames(declared?.shape ?? [], shape, bindings);
    const type: TensorType = { dtype: declared?.dtype ?? 'float32', shape };
    const changed = !declared?.shape || contradict(type, declared) || declared.shape.some((d) => typeof d !== 'number');
    given.set(id, { operand: { type, contents: null, constant: false }, changed });
  }
  return { given, bindings };
}

/** `[N, 3, H, W]` set to `[1, 3, 64, 96]` says what N, H and W are everywhere. */
function bindNames(declared: readonly Dim[], shape: readonly Dim[], bindings: Map<string, number>): void {
  if (declared.length !== shape.length) return;
  declared.forEach((d, i) => {
    const extent = shape[i];
    const isName = typeof d === 'object' && d !== null && d.constant === 0 && d.terms.length === 1;
    if (isName && d.terms[0]?.factor === 1 && typeof extent === 'number') bindings.set(d.text, extent);
  });
}

/** An error that only the user's own input size brings about is none of the file's: a warning. */
function soften(found: readonly Diagnostic[], model: Model, options: AnalysisOptions): readonly Diagnostic[] {
  if (!options.inputShapes?.size || !found.some((d) => d.severity === 'error')) return found;
  const own = new Set<string>();
  infer(model, { ...options, inputShapes: new Map() }, (d) => own.add(`${d.code}|${d.node ?? ''}`));
  return found.map((d) =>
    d.severity !== 'error' || own.has(`${d.code}|${d.node ?? ''}`) ? d : problems.doesNotFit(d, d.message),
  );
}

function nodeFacts(found: Inferred, node: Node, parameters: readonly Found[], ledger: ParameterLedger): NodeFacts {
  const def = found.definitions[node.id] ?? null;
  const context = found.contexts[node.id] ?? null;
  return {
    def,
    context,
    windows: (context && def?.windows?.(context)) ?? null,
    parameters: parameters.map((p) => ledger.parameter(p)),
    parameterCount: parameters.reduce((sum, p) => sum + p.count, 0),
    macs: macsOf(found, node.id),
    synapses: (context && def?.synapses?.(context)) ?? null,
    activationBytes: outputBytes(found, node),
  };
}

const noRoles = (): Record<ParameterRole, number> => ({
  weight: 0,
  bias: 0,
  bn_scale: 0,
  bn_bias: 0,
  bn_mean: 0,
  bn_var: 0,
  scale: 0,
  elementwise_const: 0,
});

function totalsOf(found: Inferred, nodes: readonly NodeFacts[], ledger: ParameterLedger): Omit<Totals, 'inSubgraphs'> {
  const byRole = noRoles();
  const parameters = ledger.distinct();
  for (const p of parameters) byRole[p.role] += p.count;
  // Nodes that prepare weights hold no activations.
  const bytes = nodes.map((n, i) => (isPreparation(found, found.graph.nodes[i]) ? 0 : n.activationBytes));
  return {
    parameters: parameters.reduce((sum, p) => sum + p.count, 0),
    byRole,
    macs: nodes.reduce<number | null>((sum, n) => added(sum, n.macs), 0),
    activationBytes: bytes.reduce<number | null>((sum, b) => added(sum, b), 0),
    peakBytes: peakBytes(found),
    weightBytes: storedBytes(parameters),
  };
}

/** As stored: copies of the same constant weigh nothing. */
function storedBytes(parameters: readonly Found[]): number {
  const seen = new Map<Inferred, Set<ValueId>>();
  let bytes = 0;
  for (const { trace, count } of parameters) {
    const { found, id } = trace.stored;
    const ofGraph = seen.get(found) ?? new Set<ValueId>();
    seen.set(found, ofGraph);
    if (!ofGraph.has(id)) bytes += bytesOf(found.types[id]?.dtype ?? 'unknown', count) ?? 0;
    ofGraph.add(id);
  }
  return bytes;
}

const isPreparation = (found: Inferred, node: Node | undefined): boolean =>
  !!node && node.outputs.every((id) => id === null || found.constant[id]);

/** Bodies of If, Loop and Scan; a constant that the main graph uses too was counted there. */
function subgraphTotals(found: Inferred, main: ParameterLedger, tracer: Tracer): Totals['inSubgraphs'] {
  const inside = new ParameterLedger();
  let macs: number | null = 0;
  for (const body of bodiesOf(found)) {
    macs = added(macs, macsOfAll(body));
    for (const node of body.graph.nodes) for (const p of parametersOf(body, node, tracer)) inside.add(p);
  }
  const own = inside.distinct().filter((p) => !main.usesOf(p));
  return { parameters: own.reduce((sum, p) => sum + p.count, 0), macs };
}
