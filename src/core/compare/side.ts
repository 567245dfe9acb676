/** One of the two models as the alignment sees it: who feeds whom, and each operator's own signature. */
import type { Facts } from '../analysis/facts';
import { dimText } from '../ir/dim';
import type { ModelFunction, Node, NodeId } from '../ir/types';
import type { Drawing } from '../view/scene';
import { graphText, settingsOf, type Settings } from './settings';

/** Where data comes from: output `output` of a node, or (`node: null`) the graph's input number `output`; −1 for nobody knows where. */
export interface Source {
  readonly node: NodeId | null;
  readonly output: number;
}

export interface Side {
  readonly drawing: Drawing;
  readonly facts: Facts;
  readonly nodes: readonly Node[];
  /** By NodeId; of data alone: weights and shapes are settings. */
  readonly sources: readonly (readonly Source[])[];
  /** Nodes that take data of a node, each once, by NodeId. */
  readonly readers: readonly (readonly NodeId[])[];
  readonly settings: readonly Settings[];
  readonly parameters: readonly string[];
  /** Domain and operator. */
  readonly kind: Int32Array;
  /** Operator, settings and parameters; what the sizes around it are does not count. Equal numbers in both models mean equal operators. */
  readonly signature: Int32Array;
  /** The signature and those of three operators down the way. */
  readonly ahead: Int32Array;
  /** Place of each node in an order that follows from the structure alone. */
  readonly place: Int32Array;
}

/** Gives equal texts equal numbers. */
export class Numbers {
  readonly #known = new Map<string, number>();
  of(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, this.#known.size);
    return this.#known.size - 1;
  }
}

/** Their operands may be swapped. */
const COMMUTATIVE = new Set(['Add', 'Mul', 'Sum', 'Max', 'Min', 'Mean', 'And', 'Or', 'Xor', 'Equal']);
export const commutative = (node: Node): boolean => node.domain === '' && COMMUTATIVE.has(node.op);

export function sideOf(drawing: Drawing, numbers: Numbers): Side {
  const { facts, flow } = drawing;
  const { graph } = facts;
  const { nodes } = graph;
  const sources = nodes.map((node) => sourcesOf(facts, node, flow.plumbing));
  const readers = nodes.map((): NodeId[] => []);
  for (const node of nodes)
    for (const { node: from } of sources[node.id]!)
      if (from !== null && readers[from]?.at(-1) !== node.id) readers[from]?.push(node.id);
  const settings = nodes.map((node) => settingsOf(facts, node, flow.plumbing));
  const parameters = nodes.map((node) => parameterText(facts, node));
  const bodies = functionTexts(facts.model.functions);
  const kinds = nodes.map((node) => `${node.domain}:${node.op}${bodies.get(`${node.domain}:${node.op}`) ?? ''}`);
  const kind = Int32Array.from(kinds, (text) => numbers.of(text));
  const signature = Int32Array.from(nodes, (_, id) =>
    numbers.of([`#${kind[id]!}`, settingText(settings[id]!), parameters[id]].join('\n')),
  );
  let ahead = signature;
  for (let round = 0; round < 3; round++) {
    const last = ahead;
    ahead = Int32Array.from(nodes, (_, id) => {
      const next = readers[id]!.map((reader) => last[reader]!).sort((a, b) => a - b);
      return numbers.of(`${last[id]!}>${next.join(',')}`);
    });
  }
  const place = placesOf(drawing, sources);
  return { drawing, facts, nodes, sources, readers, settings, parameters, kind, signature, ahead, place };
}

const settingText = (settings: Settings): string =>
  [...settings]
    .filter(([, { usual, derived }]) => !usual && !derived)
    .map(([name, { text }]) => `${name}=${text}`)
    .sort()
    .join('\n');

function functionTexts(functions: readonly ModelFunction[]): ReadonlyMap<string, string> {
  return new Map(functions.map(({ domain, name, body }) => [`${domain}:${name}`, `\n${graphText(body)}`]));
}

/** `weight float32 64×3×7×7`, one a line: what is stored, not what the elements are. */
function parameterText(facts: Facts, node: Node): string {
  const { graph, types } = facts;
  return (facts.nodes[node.id]?.parameters ?? [])
    .map(({ role, input, shape }) => {
      const value = node.inputs[input] ?? null;
      const type = value === null ? null : types[value];
      const own = type?.shape?.map((d) => dimText(d)).join('×') ?? shape.join('×');
      const stored = value === null ? undefined : graph.values[value]?.constant?.dtype;
      return `${role} ${stored ?? type?.dtype ?? 'unknown'} ${own}`;
    })
    .join('\n');
}

function sourcesOf(facts: Facts, node: Node, plumbing: readonly boolean[]): readonly Source[] {
  const { graph, constant } = facts;
  return node.inputs.flatMap((value): readonly Source[] => {
    if (value === null) return [];
    const producer = graph.values[value]?.producer ?? null;
    const own = plumbing[node.id] === true;
    if (!own && (constant[value] || (producer !== null && plumbing[producer]))) return [];
    if (producer !== null) return [{ node: producer, output: graph.nodes[producer]?.outputs.indexOf(value) ?? 0 }];
    return own && constant[value] ? [] : [{ node: null, output: graph.inputs.indexOf(value) }];
  });
}

/** Deeper branches first, then the operator itself: the same for every file that holds this net, whatever its order and names. */
function placesOf({ facts: { graph }, flow }: Drawing, sources: Side['sources']): Int32Array {
  const place = new Int32Array(graph.nodes.length).fill(-1);
  const begun = new Uint8Array(graph.nodes.length);
  let next = 0;
  const inputsOf = (id: number): number[] => {
    const from = sources[id]!.flatMap(({ node }) => (node === null ? [] : [node as number]));
    const node = graph.nodes[id];
    if (from.length < 2 || !node || !commutative(node)) return from;
    return from.sort((a, b) => (flow.depth[b] ?? 0) - (flow.depth[a] ?? 0));
  };
  const walk = (root: number): void => {
    if (begun[root]) return;
    begun[root] = 1;
    const stack = [{ id: root, inputs: inputsOf(root), at: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const input = top.inputs[top.at++];
      if (input === undefined) {
        place[top.id] = next++;
        stack.pop();
      } else if (!begun[input]) {
        begun[input] = 1;
        stack.push({ id: input, inputs: inputsOf(input), at: 0 });
      }
    }
  };
  for (const output of graph.outputs) {
    const producer = graph.values[output]?.producer ?? null;
    if (producer !== null) walk(producer);
  }
  for (const id of graph.order) walk(id);
  return place;
}
