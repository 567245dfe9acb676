import type { Diagnostic, Location } from '../diagnostics/diagnostic';
import { t } from '../l10n/l10n';
import { capturedNames } from './captured';
import { orderNodes } from './order';
import * as problems from './problems';
import type { Attr, Constant, Graph, Node, NodeId, TensorType, Value, ValueId } from './types';

/** A node as a reader knows it: tensors by name, '' for an optional one that was left out. */
export interface NodeDraft {
  readonly name: string;
  readonly op: string;
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attrs?: ReadonlyMap<string, Attr>;
  readonly metadata?: ReadonlyMap<string, string>;
  readonly doc?: string;
  readonly origin?: Location | null;
}

export interface GraphOptions {
  readonly name?: string;
  readonly doc?: string;
  /** Says whether an enclosing graph knows a name: bodies of If and Loop see the tensors around them. */
  readonly enclosing?: (name: string) => boolean;
  /** The file ended early: names without a definition are its consequence, not worth a problem each. */
  readonly incomplete?: boolean;
  /** For a body: the node of the main graph that it belongs to, where its problems are shown. */
  readonly owner?: number | null;
}

export interface Built {
  readonly graph: Graph;
  readonly diagnostics: readonly Diagnostic[];
}

type Draft = { -readonly [K in keyof Value]: Value[K] };

/** No model has more; damaged ones can have one per node. */
const MOST_PROBLEMS = 100;
const NO_ATTRS: ReadonlyMap<string, Attr> = new Map();
const NO_METADATA: ReadonlyMap<string, string> = new Map();

/** The only way to make a Graph. Names may be used before they are defined; everything else is in file order. */
export class GraphBuilder {
  private readonly nodes: Node[] = [];
  private readonly values: Draft[] = [];
  private readonly byName = new Map<string, ValueId>();
  private readonly listedInputs: ValueId[] = [];
  /** Values that exist without a producer: graph inputs, and constants too broken to have a shape. */
  private readonly given = new Set<ValueId>();
  private readonly brokenConstants = new Set<ValueId>();
  private readonly outputs = new Set<ValueId>();
  private readonly suffixes = new Map<string, number>();
  private readonly captures = new Map<NodeId, readonly ValueId[]>();
  private readonly diagnostics: Diagnostic[] = [];
  private readonly counts = new Map<string, number>();

  constructor(private readonly options: GraphOptions = {}) {}

  input(name: string, type: TensorType | null, origin: Location | null = null): void {
    const value = this.value(name);
    this.refine(value, type, origin);
    if (this.given.has(value.id)) {
      this.report(problems.duplicateOutput({ location: origin, node: this.owner(null) }, name));
      return;
    }
    this.given.add(value.id);
    this.listedInputs.push(value.id);
  }

  /** `constant: null` for one whose declared extents are no extents; `type` then says what is known of it. */
  constant(name: string, constant: Constant | null, type: TensorType | null, origin: Location | null = null): void {
    let value = this.value(name);
    if (value.constant || value.producer !== null) {
      this.report(problems.duplicateOutput({ location: origin, node: this.owner(null) }, name));
      value = this.fresh(name);
    }
    value.constant = constant;
    if (!constant) {
      this.given.add(value.id);
      this.brokenConstants.add(value.id);
    }
    this.refine(value, type, origin);
  }

  /** What the file says about a tensor in passing (ONNX's value_info). */
  declare(name: string, type: TensorType | null): void {
    const id = this.byName.get(name);
    // A declaration of a tensor that nobody mentions would be a value nobody can see.
    if (id !== undefined) this.refine(this.values[id]!, type, null);
  }

  node(draft: NodeDraft): NodeId {
    const id = this.nodes.length as NodeId;
    const origin = draft.origin ?? null;
    const inputs = draft.inputs.map((name) => (name === '' ? null : this.value(name).id));
    const outputs = draft.outputs.map((name) => (name === '' ? null : this.produce(name, id, origin)));
    const attrs = draft.attrs ?? NO_ATTRS;
    const captured = capturedNames(attrs).map((name) => this.value(name).id);
    if (captured.length) this.captures.set(id, captured);
    this.nodes.push({
      id,
      name: draft.name,
      op: draft.op,
      domain: draft.domain ?? '',
      attrs,
      inputs,
      outputs,
      metadata: draft.metadata ?? NO_METADATA,
      doc: draft.doc ?? '',
      origin,
    });
    return id;
  }

  output(name: string, type: TensorType | null, origin: Location | null = null): void {
    const value = this.value(name);
    this.refine(value, type, origin);
    this.outputs.add(value.id);
  }

  build(): Built {
    const consumers: NodeId[][] = this.values.map(() => []);
    for (const node of this.nodes) {
      for (const id of node.inputs) {
        // `Mul(x, x)` consumes x once: the ids of one node come in a row.
        if (id !== null && consumers[id]!.at(-1) !== node.id) consumers[id]!.push(node.id);
      }
    }
    this.settleUndefined(consumers);
    const { order, cycle } = orderNodes(this.nodes, this.values, this.captures);
    if (cycle.length) this.reportCycle(cycle);
    for (const [code, count] of this.counts) {
      if (count > MOST_PROBLEMS) this.diagnostics.push(problems.more({}, count - MOST_PROBLEMS, code));
    }
    const graph: Graph = {
      name: this.options.name ?? '',
      doc: this.options.doc ?? '',
      nodes: this.nodes,
      values: this.values,
      inputs: this.listedInputs.filter((id) => !this.values[id]!.constant && !this.brokenConstants.has(id)),
      outputs: [...this.outputs],
      order,
      consumers,
      valueByName: this.byName,
    };
    return { graph, diagnostics: this.diagnostics };
  }

  private owner(node: number | null): number | null {
    return this.options.owner ?? node;
  }

  private value(name: string): Draft {
    const id = this.byName.get(name);
    return id === undefined ? this.add(name) : this.values[id]!;
  }

  private add(name: string): Draft {
    const value: Draft = {
      id: this.values.length as ValueId,
      name,
      declared: null,
      constant: null,
      captured: false,
      producer: null,
      origin: null,
    };
    this.values.push(value);
    this.byName.set(name, value.id);
    return value;
  }

  /** A second definition of a name: the same words, told apart by a number. */
  private fresh(name: string): Draft {
    let suffix = this.suffixes.get(name) ?? 2;
    while (this.byName.has(`${name}#${suffix}`)) suffix++;
    this.suffixes.set(name, suffix + 1);
    return this.add(`${name}#${suffix}`);
  }

  private produce(name: string, node: NodeId, origin: Location | null): ValueId {
    let value = this.value(name);
    if (value.producer !== null || value.constant || this.given.has(value.id)) {
      this.report(problems.duplicateOutput({ location: origin, node: this.owner(node) }, name));
      value = this.fresh(name);
    }
    value.producer = node;
    return value.id;
  }

  /** The declaration that knows more wins; between equals, the first. */
  private refine(value: Draft, type: TensorType | null, origin: Location | null): void {
    value.origin ??= origin;
    if (type && (!value.declared || (value.declared.shape === null && type.shape !== null))) value.declared = type;
  }

  private settleUndefined(consumers: readonly (readonly NodeId[])[]): void {
    for (const value of this.values) {
      if (value.producer !== null || value.constant || this.given.has(value.id)) continue;
      if (this.options.enclosing?.(value.name)) {
        value.captured = true;
      } else if (!this.options.incomplete) {
        const consumer = consumers[value.id]![0] ?? null;
        if (consumer !== null) {
          const location = this.nodes[consumer]!.origin;
          this.report(problems.undefinedInput({ location, node: this.owner(consumer) }, value.name));
        } else if (this.outputs.has(value.id)) {
          this.report(problems.undefinedOutput({ location: value.origin, node: this.owner(null) }, value.name));
        }
      }
    }
  }

  private reportCycle(cycle: readonly NodeId[]): void {
    const first = this.nodes[cycle[0]!]!;
    const names = cycle.slice(0, 5).map((id) => this.nodes[id]!.name || t('{0} (node {1})', this.nodes[id]!.op, id));
    if (cycle.length > 5) names.push('…');
    const place = { location: first.origin, node: this.owner(first.id) };
    this.report(problems.cycle(place, names.join(' → '), cycle.length));
  }

  private report(problem: Diagnostic): void {
    const count = (this.counts.get(problem.code) ?? 0) + 1;
    this.counts.set(problem.code, count);
    if (count <= MOST_PROBLEMS) this.diagnostics.push(problem);
  }
}
