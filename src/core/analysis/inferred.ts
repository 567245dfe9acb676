import type { Attr, Graph, Node, NodeId, TensorType, ValueId } from '../ir/types';
import type { Contents, OpDef, Operand } from '../ops/operator';
import type { NodeContext } from './context';

/** What one fold over a graph found, by ValueId and NodeId. */
export interface Inferred {
  readonly graph: Graph;
  readonly types: (TensorType | null)[];
  readonly contents: Map<ValueId, Contents>;
  readonly constant: boolean[];
  readonly contexts: (NodeContext | null)[];
  readonly definitions: (OpDef | null)[];
  /** Bodies of If, Loop, Scan and of functions, by the node that runs them. */
  readonly bodies: Map<NodeId, Inferred[]>;
  /** The graph around, where names that are captured mean something. */
  readonly enclosing: Inferred | null;
  /** For the body of a function: the call, whose inputs are the body's. */
  readonly caller: { readonly found: Inferred; readonly node: Node } | null;
  /** What a body was given by its node, in order. */
  readonly inputs: readonly (Operand | null)[];
}

export const operandOf = (found: Inferred, id: ValueId): Operand => ({
  type: found.types[id] ?? null,
  contents: found.contents.get(id) ?? null,
  constant: found.constant[id] ?? false,
});

/** Rules may ask for the same body twice (types, then contents): the answer is the same. */
export function sameInputs(before: Inferred, inputs: readonly (Operand | null)[]): boolean {
  if (before.inputs.length !== inputs.length) return false;
  return before.inputs.every((b, i) => b?.type === inputs[i]?.type && b?.contents === inputs[i]?.contents);
}

/** Graphs among a node's attributes: two for If, one for Loop and Scan. */
export function bodyCount(node: Node): number {
  let count = 0;
  for (const attr of node.attrs.values()) {
    if (attr.kind === 'graph') count++;
    else if (attr.kind === 'graphs') count += attr.value.length;
  }
  return count;
}

export const nodeTitle = (node: Node): string => (node.name ? `${node.op} “${node.name}”` : node.op);

/**
 * A node of a function's body with the call's attributes put in where it refers to them (`other`, with the attribute's name).
 * What the call does not say is left out, so that the operator's own default holds.
 */
export function withSettings(node: Node, settings: ReadonlyMap<string, Attr>): Node {
  if (![...node.attrs.values()].some((a) => a.kind === 'other')) return node;
  const attrs = new Map<string, Attr>();
  for (const [name, attr] of node.attrs) {
    const meant = attr.kind === 'other' ? settings.get(attr.value) : attr;
    if (meant) attrs.set(name, meant);
  }
  return { ...node, attrs };
}
