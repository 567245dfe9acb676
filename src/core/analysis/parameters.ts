import type { Dim } from '../ir/dim';
import type { Node, Value, ValueId } from '../ir/types';
import { allNumbers } from '../ops/operands';
import { countOf } from '../ops/contents';
import type { OpDef, ParameterRole, Port } from '../ops/operator';
import { confirms } from './declared';
import type { Parameter } from './facts';
import type { Inferred } from './inferred';

/** A value of one graph; graphs inside graphs count their values from 0 again. */
export interface Origin {
  readonly found: Inferred;
  readonly id: ValueId;
}

const elementsOf = (shape: readonly Dim[] | null | undefined): number | null =>
  shape && allNumbers(shape) ? countOf(shape) : null;

/** The one input whose elements the output holds again, in another order, form or number format. */
function soleSource(found: Inferred, value: Value): ValueId | null {
  const node = value.producer === null ? undefined : found.graph.nodes[value.producer];
  const definition = node && found.definitions[node.id];
  const context = node && found.contexts[node.id];
  if (!node || !definition || !context) return null;
  const rows = definition.dependence?.(context)[node.outputs.indexOf(value.id)];
  const carrying = node.inputs.filter((id, i) => id !== null && (!rows || (rows[i] ?? null) !== null));
  const [source] = carrying;
  if (carrying.length !== 1 || source === undefined || source === null) return null;
  const count = elementsOf(found.types[source]?.shape);
  return count !== null && count === elementsOf(found.types[value.id]?.shape) ? source : null;
}

/** Where a constant comes from. */
export interface Trace {
  /** Where it is stored, or made of nothing. */
  readonly stored: Origin;
  /**
   * What counts as the parameter: `stored`, but for plain copies. Exporters store equal values once (all biases 0 before training)
   * and hand each parameter its copy by an Identity with the parameter's own name.
   */
  readonly own: Origin;
}

/** Follows constants through Reshape, Transpose, Identity, Cast, DequantizeLinear and out of bodies; every step is taken once. */
export class Tracer {
  private readonly known = new Map<Inferred, Map<ValueId, Trace>>();

  trace(found: Inferred, id: ValueId): Trace {
    const path: Origin[] = [];
    let at: Origin | null = { found, id };
    let end: Trace | undefined;
    while (at && !(end = this.known.get(at.found)?.get(at.id))) {
      path.push(at);
      at = stepBack(at);
    }
    for (const step of path.reverse()) {
      end = { stored: end?.stored ?? step, own: !end || isCopy(step) ? step : end.own };
      this.remember(step, end);
    }
    return end ?? { stored: { found, id }, own: { found, id } };
  }

  private remember(at: Origin, trace: Trace): void {
    let ofGraph = this.known.get(at.found);
    if (!ofGraph) this.known.set(at.found, (ofGraph = new Map<ValueId, Trace>()));
    ofGraph.set(at.id, trace);
  }
}

/** The output of an operator that takes one input, has no settings and changes nothing: Identity. */
function isCopy({ found, id }: Origin): boolean {
  const producer = found.graph.values[id]?.producer ?? null;
  const node = producer === null ? undefined : found.graph.nodes[producer];
  if (!node || node.attrs.size || node.inputs.length !== 1 || !found.definitions[node.id]?.plumbing) return false;
  const [source = null] = node.inputs;
  const [from, to] = [source === null ? null : (found.types[source] ?? null), found.types[id] ?? null];
  return from?.dtype === to?.dtype && confirms(from, to);
}

function stepBack({ found, id }: Origin): Origin | null {
  const value = found.graph.values[id];
  if (!value || value.constant) return null;
  if (value.captured) return enclosingValue(found, value.name);
  if (value.producer === null) return argumentOf(found, id);
  const source = soleSource(found, value);
  return source === null ? null : { found, id: source };
}

function enclosingValue(found: Inferred, name: string): Origin | null {
  const around = found.enclosing;
  const id = around?.graph.valueByName.get(name);
  return around && id !== undefined ? { found: around, id } : null;
}

/** An input of a function's body is what the call hands in. */
function argumentOf(found: Inferred, id: ValueId): Origin | null {
  const argument = found.caller?.node.inputs[found.graph.inputs.indexOf(id)];
  return found.caller && argument !== undefined && argument !== null
    ? { found: found.caller.found, id: argument }
    : null;
}

const portOf = (definition: OpDef, input: number): Port | undefined =>
  definition.inputs[input] ?? (definition.variadic ? definition.inputs.at(-1) : undefined);

/** A parameter before it is known who else uses it. */
export interface Found {
  readonly trace: Trace;
  readonly role: ParameterRole;
  readonly input: number;
  readonly shape: readonly number[];
  readonly count: number;
}

/** The weights that the nodes of a function's body use, as the call sees them. */
function calledParameters(found: Inferred, node: Node, tracer: Tracer): readonly Found[] {
  const inside = (found.bodies.get(node.id) ?? []).flatMap((b) =>
    b.graph.nodes.flatMap((n) => parametersOf(b, n, tracer)),
  );
  const origins = node.inputs.map((id) => (id === null ? null : tracer.trace(found, id).own));
  return inside.map((p) => {
    const input = origins.findIndex((o) => o?.id === p.trace.own.id && o.found === p.trace.own.found);
    return { ...p, input };
  });
}

/** The stored constants a node uses as weights. A node that works on constants alone prepares weights for others and has none itself. */
export function parametersOf(found: Inferred, node: Node, tracer: Tracer): readonly Found[] {
  const definition = found.definitions[node.id];
  if (node.outputs.every((id) => id === null || found.constant[id])) return [];
  if (!definition) return calledParameters(found, node, tracer);
  const parameters: Found[] = [];
  node.inputs.forEach((id, input) => {
    const role = portOf(definition, input)?.parameter;
    if (id === null || !role || !found.constant[id]) return;
    const trace = tracer.trace(found, id);
    const shape = trace.stored.found.types[trace.stored.id]?.shape;
    if (!shape || !allNumbers(shape)) return;
    const count = countOf(shape);
    if (role === 'elementwise_const' && count <= 1) return;
    parameters.push({ trace, role, input, shape, count });
  });
  return parameters;
}

/** Parameters, each once however many nodes use it. */
export class ParameterLedger {
  private readonly uses = new Map<Inferred, Map<ValueId, { uses: number; found: Found }>>();

  add(found: Found): void {
    const { own } = found.trace;
    let ofGraph = this.uses.get(own.found);
    if (!ofGraph) this.uses.set(own.found, (ofGraph = new Map<ValueId, { uses: number; found: Found }>()));
    const entry = ofGraph.get(own.id);
    if (entry) entry.uses++;
    else ofGraph.set(own.id, { uses: 1, found });
  }

  usesOf({ trace: { own } }: Found): number {
    return this.uses.get(own.found)?.get(own.id)?.uses ?? 0;
  }

  distinct(): readonly Found[] {
    return [...this.uses.values()].flatMap((m) => [...m.values()].map((e) => e.found));
  }

  parameter(found: Found): Parameter {
    const { trace, role, input, shape, count } = found;
    const name = trace.own.found.graph.values[trace.own.id]?.name ?? '';
    return { role, input, source: trace.stored.id, name, shape, count, shared: this.usesOf(found) > 1 };
  }
}
