/** Which module each node belongs to, by the names exporters leave behind. */
import type { Graph, Node } from '../ir/types';

/** Module path of a node from outermost to innermost, the layer's own module included: `['layer1', 'layer1.0', 'conv1']`. */
export type Path = readonly string[];

/** Deeper modules are drawn as one: nobody nests this deep but a file that means harm. */
const DEEPEST = 24;

/** torch's `pkg.torch.onnx.name_scopes`: a Python list of dotted scopes, the last one the node itself. */
function torchScopes(node: Node): Path | null {
  const text = node.metadata.get('pkg.torch.onnx.name_scopes');
  if (text === undefined) return null;
  const scopes = [...text.matchAll(/'([^']*)'|"([^"]*)"/g)].map((m) => m[1] ?? m[2] ?? '');
  return scopes
    .slice(0, -1)
    .filter((s) => s !== '')
    .slice(0, DEEPEST);
}

/** `Conv`, `Conv_3` and `conv2d` end a torch or TensorFlow name; they say the operator again, not a module. */
const saysOperator = (segment: string, op: string): boolean =>
  segment.toLowerCase().replace(/_\d+$/, '').replace(/\d?d$/, '') === op.toLowerCase();

function slashed(name: string, op: string): Path | null {
  if (!name.includes('/')) return null;
  const segments = name.split('/').filter((s) => s !== '');
  const last = segments.at(-1);
  if (segments.length > 1 && last !== undefined && saysOperator(last, op)) segments.pop();
  else if (name.startsWith('/') && segments.length === 1) return [];
  return segments.slice(0, DEEPEST);
}

/** `layer1.0.conv1.weight` -> layer1, layer1.0, layer1.0.conv1; for files whose nodes are only numbered. */
function dotted(graph: Graph, node: Node): Path | null {
  for (const id of node.inputs) {
    const value = id === null ? undefined : graph.values[id];
    if (!value?.constant || !/^[A-Za-z_][\w.]*\.[A-Za-z_]\w*$/.test(value.name)) continue;
    const parts = value.name.split('.').slice(0, -1).slice(0, DEEPEST);
    return parts.map((_, i) => parts.slice(0, i + 1).join('.'));
  }
  return null;
}

function outputName(graph: Graph, node: Node): Path | null {
  const id = node.outputs[0];
  const name = id === null || id === undefined ? '' : (graph.values[id]?.name ?? '');
  return slashed(name, node.op);
}

/** Paths as the file says them, null where it says nothing. */
function spoken(graph: Graph): (Path | null)[] {
  const byName = graph.nodes.map((n) => torchScopes(n) ?? slashed(n.name, n.op));
  if (byName.some((p) => p !== null && p.length > 1)) return byName;
  const byWeights = graph.nodes.map((n) => dotted(graph, n));
  if (byWeights.filter((p) => p !== null && p.length > 1).length > 1) return byWeights;
  const byOutput = graph.nodes.map((n) => outputName(graph, n));
  return byOutput.some((p) => p !== null && p.length > 1) ? byOutput : byName;
}

const commonPrefix = (a: Path, b: Path): Path => {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return a.slice(0, n);
};

/** Nodes without a name of their own take the module their producer and their consumer share. */
function fillGaps(graph: Graph, paths: (Path | null)[]): Path[] {
  const parent = (p: Path): Path => p.slice(0, -1);
  for (const id of graph.order) {
    if (paths[id] !== null) continue;
    const node = graph.nodes[id];
    const before = node?.inputs
      .map((v) => (v === null ? null : (graph.values[v]?.producer ?? null)))
      .map((p) => (p === null ? null : paths[p]))
      .find((p) => p !== null && p !== undefined);
    const out = node?.outputs[0];
    const consumer = out === null || out === undefined ? undefined : graph.consumers[out]?.[0];
    const after = consumer === undefined ? null : (paths[consumer] ?? null);
    const inner = before ? parent(before) : [];
    paths[id] = [...(after ? commonPrefix(inner, parent(after)) : inner), ''];
  }
  return paths.map((p) => p ?? []);
}

/** One path per node, by NodeId; the last part is the layer's own module ('' where it has none). */
export function modulePaths(graph: Graph): readonly Path[] {
  return fillGaps(graph, spoken(graph));
}
