/** Modules by the names of weights: `layer1.0.conv1.weight`, `inception_3a/1x1_w_0`, for files whose nodes are only numbered. */
import type { Graph, Node, ValueId } from '../ir/types';

/** What torch's exporter puts before the name of a weight it has merged with a normalisation. */
const MERGED = /^ConvBnFusion_(W|BN_B)_/;
/** What a weight is to its layer, at the end of its name. */
const ROLE =
  /[._/-](w|b|weights?|bias(es)?|kernel|gamma|beta|filter|scale|moving_(mean|variance)|running_(mean|var)|mean|var)(_\d+)?(:\d+)?$/i;

/** From outermost to innermost; null where no constant of the node says a module. `constant`: by NodeId, see `constantNodes`. */
export function weightPath(graph: Graph, node: Node, constant: readonly boolean[]): readonly string[] | null {
  if (constant[node.id]) return null;
  for (const id of node.inputs) {
    const name = id === null ? null : constantName(graph, id, constant);
    const layer = name === null ? null : layerOf(name);
    if (layer) return layer;
  }
  return null;
}

function constantName(graph: Graph, id: ValueId, constant: readonly boolean[]): string | null {
  const value = graph.values[id];
  return value && (value.constant !== null || constant[value.producer ?? -1]) ? value.name : null;
}

function layerOf(name: string): readonly string[] | null {
  const plain = name.replace(MERGED, '');
  if (!ROLE.test(plain)) return null;
  const layer = plain.replace(ROLE, '');
  if (layer.includes('/')) {
    const parts = layer.split('/').filter((p) => p !== '');
    return parts.length ? parts : null;
  }
  const parts = layer.split('.');
  return parts.map((_, i) => parts.slice(0, i + 1).join('.'));
}
