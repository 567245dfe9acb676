import type { Node, NodeId, TensorType, ValueId } from '../ir/types';
import { type Dependence, pointwise } from '../ops/dependence';
import { atOnce, pacer, type Steps } from '../steps';
import type { BodyFacts, Facts } from './facts';
import { type Link, linksOf } from './fieldLinks';

/** What of the facts receptive fields are made from. */
export type FieldFacts = Pick<Facts, 'graph' | 'nodes' | 'types' | 'constant' | 'bodies'>;

/** The links into the outputs of one node. */
export interface Step {
  readonly node: Node;
  /** The node of the main graph it belongs to: itself, or the If or call around it. */
  readonly owner: NodeId;
  readonly links: readonly Link[];
}

/** All links in topological order, those inside of branches and called functions among them. */
export interface FieldSteps {
  readonly steps: readonly Step[];
  /** By ValueId; values of bodies follow after those of the main graph. */
  readonly types: readonly (TensorType | null)[];
}

/** A graph being walked, with the number each of its values has among all. */
interface Scope {
  readonly facts: Pick<BodyFacts, 'graph' | 'nodes' | 'types' | 'constant' | 'bodies'>;
  readonly ids: readonly ValueId[];
  readonly outer: Scope | null;
}

export const fieldSteps = (facts: FieldFacts): FieldSteps => atOnce(walkedFields(facts));

/** The same in steps of an operator each. */
export function* walkedFields(facts: FieldFacts): Steps<FieldSteps> {
  const walk = new Walk(facts);
  yield* walk.graph({ facts, ids: facts.graph.values.map((v) => v.id), outer: null }, null);
  return walk;
}

class Walk implements FieldSteps {
  readonly steps: Step[] = [];
  readonly types: (TensorType | null)[];

  constructor(facts: FieldFacts) {
    this.types = [...facts.types];
  }

  *graph(scope: Scope, owner: NodeId | null): Steps<void> {
    const { graph, bodies } = scope.facts;
    const due = pacer();
    for (const id of graph.order) {
      const node = graph.nodes[id];
      if (!node) continue;
      const inside = this.#running(scope, node, bodies.get(id) ?? []);
      const mine = owner ?? id;
      if (inside.length && this.#mirrors(scope, node, inside)) {
        for (const body of inside) this.#enter(scope, node, body, mine);
      } else this.#step(scope, node, inside, mine);
      if (due()) yield;
    }
  }

  /** Only one branch where it is known which. */
  #running(scope: Scope, { id }: Node, bodies: readonly BodyFacts[]): readonly BodyFacts[] {
    if (bodies.length < 2) return bodies;
    const { def = null, context = null } = scope.facts.nodes[id] ?? {};
    const graph = (context && def?.body?.(context)) ?? null;
    return graph ? bodies.filter((body) => body.graph === graph) : bodies;
  }

  /** A call of a function, or branches that have no inputs of their own: what the body's outputs are, the node's are. */
  #mirrors(scope: Scope, node: Node, bodies: readonly BodyFacts[]): boolean {
    const call = scope.facts.nodes[node.id]?.def === null;
    return bodies.every((b) => b.graph.outputs.length >= node.outputs.length && (call || b.graph.inputs.length === 0));
  }

  #enter(outer: Scope, node: Node, facts: BodyFacts, owner: NodeId): void {
    const { graph } = facts;
    const handed = new Map(graph.inputs.map((id, i) => [id, node.inputs[i] ?? null]));
    const ids = graph.values.map((value): ValueId => {
      const input = handed.get(value.id) ?? null;
      if (input !== null) return outer.ids[input]!;
      return (value.captured ? captured(outer, value.name) : null) ?? this.#fresh(facts.types[value.id] ?? null);
    });
    atOnce(this.graph({ facts, ids, outer }, owner));
    const links = node.outputs.flatMap((to, i): Link[] => {
      const from = graph.outputs[i];
      if (to === null || from === undefined) return [];
      const [shape, outside] = [facts.types[from]?.shape ?? null, outer.facts.types[to]?.shape ?? null];
      const dependence = shape ? pointwise(shape.length, shape.length) : null;
      return [{ node: owner, from: ids[from]!, to: outer.ids[to]!, dependence, fromShape: shape, toShape: outside }];
    });
    this.steps.push({ node, owner, links });
  }

  #fresh(type: TensorType | null): ValueId {
    return (this.types.push(type) - 1) as ValueId;
  }

  #step(scope: Scope, node: Node, bodies: readonly BodyFacts[], owner: NodeId): void {
    const { types, constant, nodes } = scope.facts;
    const own = linksOf(node, nodes[node.id], types, constant);
    const links = [...this.#looped(scope, node, bodies), ...own];
    const outer = scope.outer === null && !bodies.length;
    this.steps.push({
      node,
      owner,
      links: outer ? own : links.map((l) => ({ ...l, node: owner, from: scope.ids[l.from]!, to: scope.ids[l.to]! })),
    });
  }

  /** A body that runs again and again may carry anything it sees to any place. */
  #looped(scope: Scope, node: Node, bodies: readonly BodyFacts[]): Link[] {
    const { graph, types, constant } = scope.facts;
    const around = new Set(bodies.flatMap((body) => capturedNames(body)));
    return [...around].flatMap((name) => {
      const from = graph.valueByName.get(name);
      if (from === undefined || constant[from]) return [];
      return node.outputs.flatMap((to): Link[] => {
        if (to === null) return [];
        const [fromShape, toShape] = [types[from]?.shape ?? null, types[to]?.shape ?? null];
        const dependence: Dependence = { axes: (toShape ?? []).map(() => []), global: true };
        return [{ node: node.id, from, to, dependence, fromShape, toShape }];
      });
    });
  }
}

const capturedNames = (body: BodyFacts): readonly string[] => [
  ...body.graph.values.filter((v) => v.captured).map((v) => v.name),
  ...[...body.bodies.values()].flat().flatMap(capturedNames),
];

/** The value of that name in the graphs around. */
function captured(scope: Scope | null, name: string): ValueId | null {
  for (let around = scope; around; around = around.outer) {
    const id = around.facts.graph.valueByName.get(name);
    if (id !== undefined && !around.facts.graph.values[id]?.captured) return around.ids[id] ?? null;
  }
  return null;
}
