/**
 * Graphs inside operators as parts of the picture: branches of If, bodies of Loop and Scan, functions that are called. Their
 * operators and values are numbered after those of the graph around, body by body.
 */
import type { BodyFacts, Facts } from '../analysis/facts';
import type { Node, NodeId, ValueId } from '../ir/types';
import type { Body, Drawing } from './drawing';

/** Graphs in graphs of a damaged or hostile file could be without number: these are drawn, operators all together. */
const MOST_OPERATORS = 20_000;

/** Bodies from the outermost to the innermost. `draw` makes a drawing of what looks like facts of a whole net. */
export function bodiesOf(facts: Facts, draw: (facts: Facts) => Drawing): readonly Body[] {
  const bodies: Body[] = [];
  let [nodes, values] = [facts.graph.nodes.length, facts.graph.values.length];
  const limit = nodes + MOST_OPERATORS;
  const enter = (around: Facts, outer: Body | null): void => {
    for (const [ownerId, list] of around.bodies)
      for (const body of list) {
        const count = body.graph.nodes.length;
        const node = around.graph.nodes[ownerId];
        if (!node || !count || nodes + count > limit) continue;
        bodies.push({
          drawing: draw(asNet(body, facts)),
          firstNode: nodes,
          firstValue: values,
          owner: (outer?.firstNode ?? 0) + ownerId,
          ownerId,
          branch: list.length > 1 ? branchOf(node, body) : '',
          outer,
        });
        nodes += count;
        values += body.graph.values.length;
      }
  };
  enter(facts, null);
  // Grows while it is walked.
  for (const body of bodies) enter(body.drawing.facts, body);
  return bodies;
}

/** Receptive fields refer to the input of the net: inside of a body they are not told. */
function asNet(body: BodyFacts, { model, totals }: Facts): Facts {
  const { parameters, macs } = totals.inSubgraphs;
  const all = totals.macs === null || macs === null ? null : totals.macs + macs;
  return {
    ...body,
    model,
    fields: [],
    imageInput: null,
    totals: { ...totals, parameters: totals.parameters + parameters, macs: all },
    diagnostics: [],
  };
}

function branchOf(node: Node, { graph }: BodyFacts): string {
  for (const [name, attr] of node.attrs) {
    if (attr.kind === 'graph' && attr.value === graph) return name;
    const at = attr.kind === 'graphs' ? attr.value.indexOf(graph) : -1;
    if (at >= 0) return `${name} ${at + 1}`;
  }
  return '';
}

/** A value of the scene's numbering, where it lies. */
interface Place<T> {
  readonly drawing: Drawing;
  readonly body: Body | null;
  readonly id: T;
}

/** The graph an operator of the scene belongs to. */
export function placeOfNode(drawing: Drawing, node: number): Place<NodeId> {
  const body = last(drawing.bodies, ({ firstNode }) => firstNode <= node);
  return { drawing: body?.drawing ?? drawing, body, id: (node - (body?.firstNode ?? 0)) as NodeId };
}

/** The same for a value. */
export function placeOfValue(drawing: Drawing, value: number): Place<ValueId> {
  const body = last(drawing.bodies, ({ firstValue }) => firstValue <= value);
  return { drawing: body?.drawing ?? drawing, body, id: (value - (body?.firstValue ?? 0)) as ValueId };
}

function last(bodies: readonly Body[], test: (body: Body) => boolean): Body | null {
  for (let at = bodies.length - 1; at >= 0; at--) if (test(bodies[at]!)) return bodies[at]!;
  return null;
}

/** Where a value of a body comes from; the same value where it is made there, one of a graph around where it is handed in. */
export interface Source {
  readonly body: Body | null;
  readonly value: ValueId;
}

/** Null for what a body makes up on its own turn by turn (the number of a Loop's turn) and for inputs that were left out. */
export function sourceOf(main: Drawing, from: Source): Source | null {
  let at = from;
  for (;;) {
    const { body } = at;
    const { graph } = (body?.drawing ?? main).facts;
    const value = graph.values[at.value];
    if (!value) return null;
    if (!body || value.producer !== null || value.constant) return at;
    const around = (body.outer?.drawing ?? main).facts.graph;
    const outside = value.captured
      ? around.valueByName.get(value.name)
      : handedIn(around.nodes[body.ownerId], graph.inputs.indexOf(at.value));
    if (outside === undefined || outside === null) return null;
    at = { body: body.outer, value: outside };
  }
}

function handedIn(owner: Node | undefined, input: number): ValueId | null {
  const turn = owner?.op === 'Loop' && owner.domain === '' && input === 0;
  return turn || input < 0 ? null : (owner?.inputs[input] ?? null);
}
