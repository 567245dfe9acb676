import type { Attr, Graph } from '../../ir/types';
import { lowerTensor, type Surroundings } from './lowerTensor';
import type { RawAttribute, RawGraph } from './messages';

/** AttributeProto.AttributeType. */
enum Type {
  Float = 1,
  Int,
  String,
  Tensor,
  Graph,
  Floats,
  Ints,
  Strings,
  Tensors,
  Graphs,
}

/** The kind the file states; files older than IR 3 state none, there the content tells. */
export function lowerAttribute(
  raw: RawAttribute,
  around: Surroundings,
  node: number | null,
  lowerBody: (body: RawGraph) => Graph,
): Attr {
  // In a function's body: the value of the call's attribute of that name.
  if (raw.reference) return { kind: 'other', value: `@${raw.reference}` };
  switch (raw.type || guessType(raw)) {
    case Type.Float:
      return { kind: 'float', value: raw.float ?? 0 };
    case Type.Int:
      return { kind: 'int', value: raw.int ?? 0 };
    case Type.String:
      return { kind: 'string', value: raw.string ?? '' };
    case Type.Floats:
      return { kind: 'floats', value: raw.floats };
    case Type.Ints:
      return { kind: 'ints', value: raw.ints };
    case Type.Strings:
      return { kind: 'strings', value: raw.strings };
    case Type.Tensor: {
      const constant = raw.tensor && lowerTensor(raw.tensor, around, node).constant;
      return constant ? { kind: 'tensor', value: constant } : { kind: 'other', value: 'a tensor that cannot be read' };
    }
    case Type.Graph:
      return raw.graph
        ? { kind: 'graph', value: lowerBody(raw.graph) }
        : { kind: 'other', value: raw.other || 'a graph that cannot be read' };
    case Type.Graphs:
      return { kind: 'graphs', value: raw.graphs.map(lowerBody) };
    case Type.Tensors:
      return { kind: 'other', value: `${raw.tensors} tensors` };
    default:
      return { kind: 'other', value: raw.other || `a value of the unknown type ${raw.type}` };
  }
}

function guessType(raw: RawAttribute): Type | 0 {
  if (raw.float !== null) return Type.Float;
  if (raw.int !== null) return Type.Int;
  if (raw.string !== null) return Type.String;
  if (raw.tensor) return Type.Tensor;
  if (raw.graph) return Type.Graph;
  if (raw.floats.length) return Type.Floats;
  if (raw.ints.length) return Type.Ints;
  if (raw.strings.length) return Type.Strings;
  if (raw.graphs.length) return Type.Graphs;
  return raw.tensors ? Type.Tensors : 0;
}
