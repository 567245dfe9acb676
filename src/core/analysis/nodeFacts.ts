import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Node, NodeId } from '../ir/types';
import { atOnce, pacer, type Steps } from '../steps';
import { bodiesOf, macsOf } from './cost';
import type { BodyFacts, NodeFacts } from './facts';
import { type Inferred, nodeTitle } from './inferred';
import { outputBytes } from './memory';
import { type Found, ParameterLedger, parametersOf, Tracer } from './parameters';
import { ruleFailed } from './problems';

/** What every node says of itself once all sizes are known. */
export class NodeReport {
  /** Parameters the main graph uses, and those of the bodies of If, Loop and Scan. */
  readonly ledger = new ParameterLedger();
  readonly inside = new ParameterLedger();
  private readonly tracer = new Tracer();

  constructor(
    private readonly found: Inferred,
    private readonly report: (diagnostic: Diagnostic) => void,
  ) {}

  /** First of all: who uses which parameters. */
  *collect(): Steps<void> {
    const { found } = this;
    const due = pacer();
    for (const node of found.graph.nodes) {
      this.enter(found, node, this.ledger);
      if (due()) yield;
    }
    for (const body of bodiesOf(found)) for (const node of body.graph.nodes) this.enter(body, node, this.inside);
  }

  nodes(): Steps<readonly NodeFacts[]> {
    return this.factsOf(this.found, this.ledger);
  }

  bodies(): ReadonlyMap<NodeId, readonly BodyFacts[]> {
    return this.bodiesIn(this.found);
  }

  private enter(found: Inferred, node: Node, ledger: ParameterLedger): void {
    for (const p of parametersOf(found, node, this.tracer)) ledger.add(p);
  }

  private bodiesIn(found: Inferred): ReadonlyMap<NodeId, readonly BodyFacts[]> {
    return new Map([...found.bodies].map(([id, bodies]) => [id, bodies.map((body) => this.bodyFacts(body))]));
  }

  private bodyFacts(body: Inferred): BodyFacts {
    const { graph, types, contents, constant } = body;
    return {
      graph,
      types,
      contents,
      constant,
      nodes: atOnce(this.factsOf(body, this.inside)),
      bodies: this.bodiesIn(body),
    };
  }

  private *factsOf(found: Inferred, ledger: ParameterLedger): Steps<readonly NodeFacts[]> {
    const facts: NodeFacts[] = [];
    const due = pacer();
    for (const node of found.graph.nodes) {
      const parameters = parametersOf(found, node, this.tracer);
      try {
        facts.push(nodeFacts(found, node, parameters, ledger));
      } catch (error) {
        // Rules are total by contract; should one not be, the fault stays with its node.
        const why = error instanceof Error ? error.message : String(error);
        this.report(ruleFailed({ location: node.origin, node: node.id }, nodeTitle(node), why));
        facts.push({ ...noFacts, def: found.definitions[node.id] ?? null, context: found.contexts[node.id] ?? null });
      }
      if (due()) yield;
    }
    return facts;
  }
}

const noFacts: NodeFacts = {
  def: null,
  context: null,
  windows: null,
  parameters: [],
  parameterCount: 0,
  macs: null,
  synapses: null,
  activationBytes: null,
};

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
