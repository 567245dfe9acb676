import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Graph, Node, TensorType } from '../ir/types';
import { AttrReader } from '../ops/attributes';
import type { Operand, TypedContext } from '../ops/operator';

/** What the fold does for one node when its operator asks. */
export interface Services {
  subgraph(node: Node, graph: Graph, inputs: readonly (Operand | null)[]): readonly Operand[];
  report(diagnostic: Diagnostic): void;
}

const nothing: readonly (TensorType | null)[] = [];

/** The one context of a node: first without outputs, for its type rule, then with them, for all other rules. */
export class NodeContext implements TypedContext {
  readonly attrs: AttrReader;
  outputs: readonly (TensorType | null)[] = nothing;
  /** True after an error: the rules that follow would only repeat it. */
  failed = false;

  constructor(
    readonly node: Node,
    readonly opset: number,
    readonly inputs: readonly (Operand | null)[],
    private readonly services: Services,
  ) {
    this.attrs = new AttrReader(node.attrs);
  }

  subgraph(graph: Graph, inputs: readonly (Operand | null)[]): readonly Operand[] {
    return this.services.subgraph(this.node, graph, inputs);
  }

  report(diagnostic: Diagnostic): void {
    if (diagnostic.severity === 'error') this.failed = true;
    this.services.report(diagnostic);
  }
}
