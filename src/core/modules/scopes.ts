/** Which module each node belongs to, by the names exporters leave behind. */
import type { Graph, Node, NodeId } from '../ir/types';
import type { Steps } from '../steps';
import { constantNodes } from './constants';
import { weightPath } from './weightNames';

/** Module path of a node from outermost to innermost, the layer's own module included: `['layer1', 'layer1.0', 'conv1']`. */
export type Path = readonly string[];

/** torch's `pkg.torch.onnx.name_scopes`: a Python list of dotted scopes, the last one the node itself. */
function torchScopes(node: Node): Path | null {
  const text = node.metadata.get('pkg.torch.onnx.name_scopes');
  if (text === undefined) return null;
  const scopes = [...text.matchAll(/'([^']*)'|"([^"]*)"/g)].map((m) => m[1] ?? m[2] ?? '');
  return scopes.slice(0, -1).filter((s) => s !== '');
}

/** TensorFlow's names of operators, as the ends of its scopes. */
const TENSORFLOW =
  /^(conv[123]d(transpose|backpropinput)?|depthwise(conv2dnative)?|separable_conv2d|biasadd|fusedbatchnorm(v[23])?|batchnorm|relu6?|elu|selu|sigmoid|tanh|softmax|matmul|max_?pool(3d)?|avg_?pool(3d)?|mean|concat(v2)?|add(v2|_n)?|sub|mul|pad(v2)?|reshape|transpose|squeeze|resize(bilinear|nearestneighbor)|strided_?slice|identity)$/;

/** `Conv`, `Conv_3`, `conv2d` and `Conv2D__12` end a torch or TensorFlow name; they say the operator again, not a module. */
export function saysOperator(segment: string, op: string): boolean {
  const word = segment.toLowerCase().replace(/_+\d+$/, '');
  return word.replace(/\dd$/, '') === op.toLowerCase().replace(/\dd$/, '') || TENSORFLOW.test(word);
}

function slashed(name: string, op: string): Path | null {
  if (!name.includes('/')) return null;
  const segments = name.split('/').filter((s) => s !== '');
  const last = segments.at(-1);
  if (segments.length > 1 && last !== undefined && saysOperator(last, op)) segments.pop();
  else if (name.startsWith('/') && segments.length === 1) return [];
  return segments;
}

function outputName(graph: Graph, node: Node): Path | null {
  const id = node.outputs[0];
  const name = id === null || id === undefined ? '' : (graph.values[id]?.name ?? '');
  // torch: `/conv1/Conv_output_0`
  return slashed(name.replace(/_output_\d+$/, ''), node.op);
}

/** Paths as the file says them, null where it says nothing. `constant`: by NodeId. */
function* spoken(graph: Graph, constant: readonly boolean[]): Steps<(Path | null)[]> {
  const byName = graph.nodes.map((n) => torchScopes(n) ?? slashed(n.name, n.op));
  const named = (paths: readonly (Path | null)[]): boolean =>
    paths.filter((path, id) => !constant[id] && path !== null && path.length > 1).length > 1;
  yield;
  if (named(byName)) return byName;
  const byWeights = graph.nodes.map((n) => weightPath(graph, n, constant));
  yield;
  if (named(byWeights)) return byWeights;
  const byOutput = graph.nodes.map((n) => outputName(graph, n));
  return named(byOutput) ? byOutput : byName;
}

const commonPrefix = (a: Path, b: Path): Path => {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return a.slice(0, n);
};

function producersOf(graph: Graph, node: Node, constant: readonly boolean[]): NodeId[] {
  return node.inputs.flatMap((v) => {
    const producer = v === null ? null : (graph.values[v]?.producer ?? null);
    return producer === null || constant[producer] ? [] : [producer];
  });
}

const consumersOf = (graph: Graph, node: Node): NodeId[] =>
  node.outputs.flatMap((v) => (v === null ? [] : (graph.consumers[v] ?? [])));

/**
 * Nodes without a name of their own: what ends a module belongs to it, what only one module uses beside others of its own (the
 * pooling of an inception module) belongs to that, all else to what producer and consumer share.
 */
function* fillGaps(graph: Graph, paths: (Path | null)[], constant: readonly boolean[]): Steps<Path[]> {
  const parent = (p: Path): Path => p.slice(0, -1);
  const rank = new Map(graph.order.map((id, i) => [id, i]));
  const byRank = (a: NodeId, b: NodeId): number => (rank.get(b) ?? 0) - (rank.get(a) ?? 0);
  const said = paths.map((p) => p !== null);
  const ahead = modulesAhead(graph, paths);
  yield;
  const ends = new Set<NodeId>();
  for (const id of graph.order) {
    const node = graph.nodes[id];
    if (paths[id] !== null || !node) continue;
    const producers = producersOf(graph, node, constant);
    const before = producers.sort(byRank).map((p) => parent(paths[p] ?? []));
    // A join ends its module: what follows belongs to what comes next. Anything else stays with what it follows.
    const isAfterEnd = producers.some((p) => ends.has(p));
    const after = consumersOf(graph, node).flatMap((c) => (said[c] || isAfterEnd ? (ahead[c] ?? []) : []));
    if (before.length > 1) ends.add(id);
    const siblings = producers.flatMap((p) => consumersOf(graph, graph.nodes[p]!)).filter((c) => c !== id);
    const beside = siblings.map((c) => paths[c] ?? []);
    const next = after.length ? after.reduce(commonPrefix) : null;
    const place = before.length > 1 ? joinPlace(before, beside) : placeOf(before[0] ?? [], next, beside);
    paths[id] = [...place, ''];
    yield;
  }
  return paths.map((p) => p ?? []);
}

/** By NodeId: the module of the next node with a name, what several share; null where none follows. */
function modulesAhead(graph: Graph, paths: readonly (Path | null)[]): readonly ([Path] | null)[] {
  const ahead: ([Path] | null)[] = paths.map((p) => (p ? [p.slice(0, -1)] : null));
  for (const id of [...graph.order].reverse()) {
    const node = graph.nodes[id];
    if (paths[id] !== null || !node) continue;
    const [first, ...others] = consumersOf(graph, node).flatMap((c) => ahead[c] ?? []);
    if (first) ahead[id] = [others.reduce(commonPrefix, first)];
  }
  return ahead;
}

const isInside = (path: Path, module: Path): boolean =>
  path.length > module.length && commonPrefix(path, module).length === module.length;

/**
 * `before`: modules of what is joined, the last to be worked out first; `beside`: paths of what else uses it. When the last module
 * works on the other input too, the join ends it: a skip connection.
 */
function joinPlace(before: readonly Path[], beside: readonly Path[]): Path {
  const [last = [], ...others] = before;
  return beside.some((path) => isInside(path, last)) ? last : others.reduce(commonPrefix, last);
}

/** `last`: module of the producer; `module`: what the consumers share, null where nothing with a name follows. */
function placeOf(last: Path, module: Path | null, beside: readonly Path[]): Path {
  if (module === null) return last;
  const usedTogether = module.length > 0 && beside.some((path) => isInside(path, module));
  return usedTogether ? module : commonPrefix(last, module);
}

/** One path per node, by NodeId; the last part is the layer's own module ('' where it has none). */
export function* modulePaths(graph: Graph): Steps<readonly Path[]> {
  const constant = constantNodes(graph);
  yield;
  const said = yield* spoken(graph, constant);
  yield;
  return yield* fillGaps(graph, said, constant);
}
