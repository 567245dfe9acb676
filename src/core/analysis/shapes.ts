import { Cancelled, type Diagnostic } from '../diagnostics/diagnostic';
import type { Attr, Graph, Model, ModelFunction, Node, NodeId, TensorType, Value, ValueId } from '../ir/types';
import { mostElements } from '../ops/contents';
import { lookup } from '../ops/index';
import type { Contents, OpDef, Operand } from '../ops/operator';
import { atOnce, PIECES, type Steps } from '../steps';
import { contentsOfValue } from './constants';
import { NodeContext, type Services } from './context';
import { type Bindings, bound, completed, confirms, contradict, sane } from './declared';
import { bodyCount, type Inferred, nodeTitle, operandOf, sameInputs, withSettings } from './inferred';
import * as problems from './problems';

/** Deeper nesting than any exporter writes; a hostile file's has an end. */
const deepest = 16;
/** ONNX's own opset where the file names none: files before IR 3 had none to name. */
const [firstOpset, newestOpset] = [1, 24];

export interface Start {
  readonly model: Model;
  readonly bindings: Bindings;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly signal: AbortSignal | undefined;
}

interface Frame {
  readonly enclosing: Inferred | null;
  readonly caller: Inferred['caller'];
  readonly opsets: ReadonlyMap<string, number>;
  /** In the body of a function: the attributes of the call, which those of the body's nodes may refer to. */
  readonly settings: ReadonlyMap<string, Attr> | null;
  readonly depth: number;
  /** One of several bodies, of which a run takes one: what is wrong with it need not be wrong with the model. */
  readonly alternative: boolean;
  /** The node of the main graph everything in here belongs to. */
  readonly owner: NodeId | null;
}

/** One input of a graph as it comes: its type and whether it is not what the file was written for. */
export interface Given {
  readonly operand: Operand | null;
  readonly changed: boolean;
}

const functionKey = (domain: string, name: string): string => `${domain === 'ai.onnx' ? '' : domain}:${name}`;

/** Folds a graph in order: every node's types follow from those before it. Linear, and iterative but for bodies inside bodies. */
export class Inference {
  private readonly functions: ReadonlyMap<string, ModelFunction>;

  constructor(private readonly start: Start) {
    this.functions = new Map(start.model.functions.map((f) => [functionKey(f.domain, f.name), f]));
  }

  main(given: ReadonlyMap<ValueId, Given>): Steps<Inferred> {
    const { graph, opsets } = this.start.model;
    const frame: Frame = {
      enclosing: null,
      caller: null,
      settings: null,
      opsets,
      depth: 0,
      alternative: false,
      owner: null,
    };
    return new Fold(this.start, this, graph, given, [], frame).run();
  }

  body(graph: Graph, inputs: readonly (Operand | null)[], frame: Frame): Inferred {
    const given = new Map<ValueId, Given>();
    graph.inputs.forEach((id, i) => given.set(id, { operand: inputs[i] ?? null, changed: false }));
    return atOnce(new Fold(this.start, this, graph, given, inputs, frame).run());
  }

  functionOf(node: Node): ModelFunction | null {
    return this.functions.size ? (this.functions.get(functionKey(node.domain, node.op)) ?? null) : null;
  }
}

class Fold {
  private readonly found: Inferred;
  /** Values whose declaration can no longer be believed: after an error, or downstream of a size the user changed. */
  private readonly stale: boolean[];
  /** Values downstream of a size the user set. */
  private readonly touched: boolean[];
  private readonly done: boolean[];
  private readonly services: Services;

  constructor(
    private readonly start: Start,
    private readonly inference: Inference,
    private readonly graph: Graph,
    private readonly given: ReadonlyMap<ValueId, Given>,
    inputs: readonly (Operand | null)[],
    private readonly frame: Frame,
  ) {
    const { values, nodes } = graph;
    this.found = {
      graph,
      types: Array<TensorType | null>(values.length).fill(null),
      contents: new Map(),
      constant: Array<boolean>(values.length).fill(false),
      contexts: Array<NodeContext | null>(nodes.length).fill(null),
      definitions: Array<OpDef | null>(nodes.length).fill(null),
      bodies: new Map(),
      enclosing: frame.enclosing,
      caller: frame.caller,
      inputs,
    };
    this.stale = Array<boolean>(values.length).fill(false);
    this.touched = Array<boolean>(values.length).fill(false);
    this.done = Array<boolean>(values.length).fill(false);
    this.services = {
      subgraph: (node, body, inputs) => this.subgraph(node, body, inputs),
      report: (diagnostic) => this.report(diagnostic),
    };
  }

  *run(): Steps<Inferred> {
    for (const value of this.graph.values) if (value.producer === null) this.beginWith(value);
    let steps = 0;
    for (const id of this.graph.order) {
      if ((++steps & 1023) === 0 && this.start.signal?.aborted) throw new Cancelled();
      const node = this.graph.nodes[id];
      if (node) this.visit(node);
      if (steps % PIECES === 0) yield;
    }
    return this.found;
  }

  /** A value that no node makes: a constant, an input, or one of the enclosing graph. */
  private beginWith(value: Value): void {
    const { types, contents, constant } = this.found;
    this.done[value.id] = true;
    const captured = value.captured ? this.captured(value.name) : null;
    const given = this.given.get(value.id);
    const declared = bound(value.declared, this.start.bindings);
    if (value.constant) {
      types[value.id] = sane({ dtype: value.constant.dtype, shape: value.constant.shape });
      constant[value.id] = true;
    } else {
      const operand = captured ?? given?.operand ?? null;
      types[value.id] = sane(completed(operand?.type ?? null, declared, true));
      constant[value.id] = operand?.constant ?? false;
      const known = operand?.contents;
      if (known) contents.set(value.id, known);
    }
    const stored = contentsOfValue(value);
    if (stored) contents.set(value.id, stored);
    if (given?.changed) {
      this.touched[value.id] = true;
      this.stale[value.id] = !confirms(types[value.id] ?? null, declared);
    }
  }

  private captured(name: string): Operand | null {
    for (let around = this.frame.enclosing; around; around = around.enclosing) {
      const id = around.graph.valueByName.get(name);
      if (id === undefined || around.graph.values[id]?.captured) continue;
      return operandOf(around, id);
    }
    return null;
  }

  private visit(node: Node): void {
    if (node.inputs.some((id) => id !== null && !this.done[id])) {
      this.settleUnreached(node);
      return;
    }
    const inputs = node.inputs.map((id) => (id === null ? null : operandOf(this.found, id)));
    const settled = this.frame.settings ? withSettings(node, this.frame.settings) : node;
    const context = new NodeContext(settled, this.opsetOf(node.domain), inputs, this.services);
    this.found.contexts[node.id] = context;
    const called = this.inference.functionOf(node);
    const definition = called ? null : lookup(node.domain, node.op);
    this.found.definitions[node.id] = definition;
    let inferred: readonly (TensorType | null)[] = [];
    let contents: readonly (Contents | null)[] = [];
    if (called) {
      const outputs = this.call(node, called, inputs);
      inferred = outputs.map((o) => o.type);
      contents = outputs.map((o) => o.contents);
    } else if (definition) {
      inferred = this.guard(context, () => definition.types(context)) ?? [];
    } else {
      this.report(problems.unknownOperator(this.placeOf(node), node.op, node.domain));
    }
    this.settle(context, inferred);
    if (definition?.evaluate && !context.failed) {
      contents = this.guard(context, () => definition.evaluate?.(context) ?? []) ?? [];
    }
    this.keep(node, contents);
    for (const name of context.attrs.mistyped) {
      this.report(problems.mistypedAttribute(this.placeOf(node), nodeTitle(node), name));
    }
  }

  /** In a cycle: nothing follows from anything, only declarations speak. */
  private settleUnreached(node: Node): void {
    for (const id of node.outputs) {
      if (id === null) continue;
      this.found.types[id] = sane(bound(this.graph.values[id]?.declared ?? null, this.start.bindings));
      this.done[id] = true;
    }
  }

  private settle(context: NodeContext, inferred: readonly (TensorType | null)[]): void {
    const { node } = context;
    const isStale = context.failed || node.inputs.some((id) => id !== null && this.stale[id]);
    const isTouched = node.inputs.some((id) => id !== null && this.touched[id]);
    const isConstant = context.inputs.every((o) => !o || o.constant) && !bodyCount(node);
    context.outputs = node.outputs.map((id, i) => {
      if (id === null) return inferred[i] ?? null;
      const type = sane(inferred[i] ?? null);
      const declared = bound(this.graph.values[id]?.declared ?? null, this.start.bindings);
      const disagree = type && declared && contradict(type, declared);
      if (disagree && !isTouched && !isStale) {
        const name = this.graph.values[id]?.name ?? '';
        this.report(problems.disagrees(this.placeOf(node), nodeTitle(node), name, declared, type));
      }
      const settled = sane(completed(type, disagree ? null : declared, !isStale));
      this.found.types[id] = settled;
      this.found.constant[id] = isConstant;
      this.stale[id] = isStale && (context.failed || !confirms(type, declared));
      this.touched[id] = isTouched;
      this.done[id] = true;
      return settled;
    });
  }

  private keep(node: Node, contents: readonly (Contents | null)[]): void {
    node.outputs.forEach((id, i) => {
      const known = contents[i];
      if (id === null || !known || known.values.length > mostElements) return;
      this.found.contents.set(id, known);
      const type = this.found.types[id];
      if (!type?.shape) this.found.types[id] = { dtype: type?.dtype ?? known.dtype, shape: known.shape };
    });
  }

  private opsetOf(domain: string): number {
    const own = domain === '' || domain === 'ai.onnx';
    const version = this.frame.opsets.get(own ? 'ai.onnx' : domain) ?? (own ? this.frame.opsets.get('') : undefined);
    if (version !== undefined) return version;
    const { irVersion } = this.start.model;
    return own && !(irVersion !== null && irVersion < 3) ? newestOpset : firstOpset;
  }

  private subgraph(node: Node, body: Graph, inputs: readonly (Operand | null)[]): readonly Operand[] {
    const alternative = this.frame.alternative || bodyCount(node) > 1;
    const frame = { ...this.frame, enclosing: this.found, caller: null, alternative };
    return this.nested(node, body, inputs, frame);
  }

  /** A function sees its arguments and nothing around the call. */
  private call(node: Node, called: ModelFunction, inputs: readonly (Operand | null)[]): readonly Operand[] {
    const opsets = new Map([...this.start.model.opsets, ...called.opsets]);
    const caller = { found: this.found, node };
    const settings = new Map([...called.defaults, ...node.attrs]);
    return this.nested(node, called.body, inputs, { ...this.frame, enclosing: null, caller, opsets, settings });
  }

  private nested(node: Node, body: Graph, inputs: readonly (Operand | null)[], frame: Frame): readonly Operand[] {
    if (this.frame.depth >= deepest) {
      this.report(problems.tooDeep(this.placeOf(node), nodeTitle(node), deepest));
      return body.outputs.map(() => ({ type: null, contents: null, constant: false }));
    }
    const bodies = this.found.bodies.get(node.id) ?? [];
    const before = bodies.find((b) => b.graph === body);
    if (before && sameInputs(before, inputs)) return body.outputs.map((id) => operandOf(before, id));
    const owner = this.frame.owner ?? node.id;
    const found = this.inference.body(body, inputs, { ...frame, depth: this.frame.depth + 1, owner });
    this.found.bodies.set(node.id, [...bodies.filter((b) => b !== before), found]);
    return body.outputs.map((id) => operandOf(found, id));
  }

  private placeOf(node: Node): { readonly location: Node['origin']; readonly node: NodeId } {
    return { location: node.origin, node: this.frame.owner ?? node.id };
  }

  private report(diagnostic: Diagnostic): void {
    const { owner, alternative } = this.frame;
    if (owner === null) this.start.report(diagnostic);
    else {
      const severity = alternative && diagnostic.severity === 'error' ? 'warning' : diagnostic.severity;
      this.start.report({ ...diagnostic, severity, node: owner });
    }
  }

  /** Rules are total by contract; should one not be, the fault stays with its node. */
  private guard<T>(context: NodeContext, rule: () => T): T | null {
    try {
      return rule();
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      const why = error instanceof Error ? error.message : String(error);
      this.report(problems.ruleFailed(this.placeOf(context.node), nodeTitle(context.node), why));
      return null;
    }
  }
}
