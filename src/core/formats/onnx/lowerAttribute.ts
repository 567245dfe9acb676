import type { Attr, Graph } from '../../ir/types';
import { t } from '../../l10n/l10n';
import { lowerTensor, type Surroundings } from './lowerTensor';
import type { RawAttribute, RawGraph } from './messages';

/** AttributeProto.AttributeType. */
const TYPE = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  graph: 5,
  floats: 6,
  ints: 7,
  strings: 8,
  tensors: 9,
  graphs: 10,
} as const;

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
    case TYPE.float:
      return { kind: 'float', value: raw.float ?? 0 };
    case TYPE.int:
      return { kind: 'int', value: raw.int ?? 0 };
    case TYPE.string:
      return { kind: 'string', value: raw.string ?? '' };
    case TYPE.floats:
      return { kind: 'floats', value: raw.floats };
    case TYPE.ints:
      return { kind: 'ints', value: raw.ints };
    case TYPE.strings:
      return { kind: 'strings', value: raw.strings };
    case TYPE.tensor: {
      const constant = raw.tensor && lowerTensor(raw.tensor, around, node).constant;
      return constant
        ? { kind: 'tensor', value: constant }
        : { kind: 'other', value: t('a tensor that cannot be read') };
    }
    case TYPE.graph:
      return raw.graph
        ? { kind: 'graph', value: lowerBody(raw.graph) }
        : { kind: 'other', value: raw.other || t('a graph that cannot be read') };
    case TYPE.graphs:
      return { kind: 'graphs', value: raw.graphs.map(lowerBody) };
    case TYPE.tensors:
      return { kind: 'other', value: t('{0} tensors', raw.tensors) };
    default:
      return { kind: 'other', value: raw.other || t('a value of the unknown type {0}', raw.type) };
  }
}

function guessType(raw: RawAttribute): number {
  if (raw.float !== null) return TYPE.float;
  if (raw.int !== null) return TYPE.int;
  if (raw.string !== null) return TYPE.string;
  if (raw.tensor) return TYPE.tensor;
  if (raw.graph) return TYPE.graph;
  if (raw.floats.length) return TYPE.floats;
  if (raw.ints.length) return TYPE.ints;
  if (raw.strings.length) return TYPE.strings;
  if (raw.graphs.length) return TYPE.graphs;
  return raw.tensors ? TYPE.tensors : 0;
}
