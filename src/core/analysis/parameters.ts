import type { Dim } from '../ir/dim';
import type { Node, Value, ValueId } from '../ir/types';
import { allNumbers } from '../ops/operands';
import { countOf } from '../ops/contents';
import type { OpDef, ParameterRole, Port } from '../ops/operator';
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

/** Follows a constant through Reshape, Transpose, Identity, Cast, DequantizeLinear and out of bodies, to where it is stored or made. */
export function originOf(found: Inferred, start: ValueId): Origin {
  let at: Origin = { found, id: start };
  for (;;) {
    const next = stepBack(at);
    if (!next) return at;
    at = next;
  }
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
  readonly origin: Origin;
  readonly role: ParameterRole;
  readonly input: number;
  readonly shape: readonly number[];
  readonly count: number;
}

/** The weights that the nodes of a function's body use, as the call sees them. */
function calledParameters(found: Inferred, node: Node): readonly Found[] {
  const inside = (found.bodies.get(node.id) ?? []).flatMap((b) => b.graph.nodes.flatMap((n) => parametersOf(b, n)));
  const origins = node.inputs.map((id) => (id === null ? null : originOf(found, id)));
  return inside.map((p) => {
    const input = origins.findIndex((o) => o?.id === p.origin.id && o.found === p.origin.found);
    return { ...p, input };
  });
}

/** The stored constants a node uses as weights. A node that works on constants alone prepares weights for others and has none itself. */
export function parametersOf(found: Inferred, node: Node): readonly Found[] {
  const definition = found.definitions[node.id];
  if (node.outputs.every((id) => id === null || found.constant[id])) return [];
  if (!definition) return calledParameters(found, node);
  const parameters: Found[] = [];
  node.inputs.forEach((id, input) => {
    const role = portOf(definition, input)?.parameter;
    if (id === null || !role || !found.constant[id]) return;
    const origin = originOf(found, id);
    const shape = origin.found.types[origin.id]?.shape;
    if (!shape || !allNumbers(shape)) return;
    const count = countOf(shape);
    if (role === 'elementwise_const' && count <= 1) return;
    parameters.push({ origin, role, input, shape, count });
  });
  return parameters;
}

/** Constants by where they are stored, each once. */
export class ParameterLedger {
  private readonly uses = new Map<Inferred, Map<ValueId, { uses: number; found: Found }>>();

  add(found: Found): void {
    const { origin } = found;
    let ofGraph = this.uses.get(origin.found);
    if (!ofGraph) this.uses.set(origin.found, (ofGraph = new Map<ValueId, { uses: number; found: Found }>()));
    const entry = ofGraph.get(origin.id);
    if (entry) entry.uses++;
    else ofGraph.set(origin.id, { uses: 1, found });
  }

  usesOf(origin: Origin): number {
    return this.uses.get(origin.found)?.get(origin.id)?.uses ?? 0;
  }

  distinct(): readonly Found[] {
    return [...this.uses.values()].flatMap((m) => [...m.values()].map((e) => e.found));
  }

  parameter(found: Found): Parameter {
    const { origin, role, input, shape, count } = found;
    const name = origin.found.graph.values[origin.id]?.name ?? '';
    return { role, input, source: origin.id, name, shape, count, shared: this.usesOf(origin) > 1 };
  }
}
