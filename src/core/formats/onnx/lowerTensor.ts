import type { Diagnostic, Span } from '../../diagnostics/diagnostic';
import { symbol, type Dim } from '../../ir/dim';
import type { Constant, DType, Elements, TensorType } from '../../ir/types';
import { bytesOf, dtypeName } from '../../ir/dtype';
import { t } from '../../l10n/l10n';
import { externalPlace, type ExternalFiles } from './external';
import type { RawDim, RawSparse, RawTensor, RawType } from './messages';
import * as problems from './problems';
import { bytesAt } from './reader';
import { elementCount } from './readTensor';

/** What lowering needs to know about the whole file. */
export interface Surroundings {
  readonly externalFiles: ExternalFiles;
  /** The file ended early: constants without data are its consequence. */
  readonly incomplete: boolean;
  readonly report: (problem: Diagnostic) => void;
}

export interface LoweredTensor {
  /** `null` when the declared extents are none. */
  readonly constant: Constant | null;
  readonly type: TensorType;
}

const missing = (reason: string): Elements => ({ kind: 'missing', reason });

export function lowerTensor(tensor: RawTensor, around: Surroundings, node: number | null): LoweredTensor {
  const place = { location: bytesAt(tensor.span.start, tensor.span.end), node };
  const name = tensor.name || t('a constant without a name');
  const dtype = dtypeName(tensor.dtype);
  // A tensor cut off by the end of the file may not have come to its type.
  if (dtype === null && !(around.incomplete && tensor.dtype === 0)) {
    around.report(problems.unknownType(place, name, tensor.dtype));
  }
  const type = { dtype: dtype ?? 'unknown', shape: tensor.dims.map(extent) } as const;
  const count = elementCount(tensor.dims);
  if (count === null) {
    around.report(problems.badExtent(place, name, tensor.dims.join('×')));
    return { constant: null, type };
  }
  const elements = dtype === null ? missing(t('its element type is unknown')) : lowerElements(tensor, dtype, count);
  return { constant: { dtype: type.dtype, shape: tensor.dims as number[], elements }, type };

  function lowerElements({ values, strings, packed, loose, raw }: RawTensor, of: DType, elementsWanted: number) {
    const need = bytesOf(of, elementsWanted);
    if (values) return { kind: 'inline', values } as const;
    if (tensor.external) return externalElements(tensor, around, need);
    if (elementsWanted === 0) return { kind: 'inline', values: [] } as const;
    if (raw) return need === null ? missing(t('elements of the type {0} are not shown', of)) : rawElements(raw, need);
    if (strings.length >= elementsWanted) return { kind: 'inline', values: strings } as const;
    if (strings.length) return missing(t('too many texts to keep'));
    if (loose.length === elementsWanted) return { kind: 'inline', values: loose } as const;
    const run = packed[0];
    if (packed.length > 1) return missing(t('the elements are stored in several pieces'));
    if (run?.field === 'float_data' || run?.field === 'double_data') {
      return rawElements(run.span, elementsWanted * (run.field === 'float_data' ? 4 : 8) * (isComplex(of) ? 2 : 1));
    }
    // A varint takes one byte at least.
    if (run && run.span.end - run.span.start >= elementsWanted / (of.endsWith('int4') ? 2 : 1)) {
      return { kind: 'varint', start: run.span.start, end: run.span.end } as const;
    }
    const have = run ? run.span.end - run.span.start : loose.length;
    if (!around.incomplete) around.report(problems.shortData(place, name, have, need ?? elementsWanted));
    return missing(t('the data are too short'));
  }

  function rawElements(span: Span, need: number): Elements {
    const have = span.end - span.start;
    if (have < need) {
      around.report(problems.shortData(place, name, have, need));
      return missing(t('the data are too short: {0} of {1} bytes', have, need));
    }
    if (have > need) around.report(problems.longData(place, name, have, need));
    return { kind: 'raw', file: null, start: span.start, end: span.start + need };
  }
}

const isComplex = (dtype: DType): boolean => dtype === 'complex64' || dtype === 'complex128';

function externalElements(tensor: RawTensor, { externalFiles }: Surroundings, need: number | null): Elements {
  const place = externalPlace(tensor);
  if (!place) return missing(t('its place in the weights file is no number'));
  const file = externalFiles.get(place.location);
  if (!file) return missing(t('the weights file “{0}” was not looked for', place.location));
  if ('reason' in file) return missing(file.reason);
  const length = need ?? place.length ?? 0;
  const end = place.offset + length;
  if (end > file.size || (place.length !== null && place.length < length)) {
    return missing(t('the weights file “{0}” is too short', place.location));
  }
  return { kind: 'raw', file: place.location, start: place.offset, end };
}

/** An extent of a constant: only whole numbers that stay exact are extents. */
const extent = (dim: number | bigint): Dim => (typeof dim === 'number' && dim >= 0 ? dim : null);

export function lowerSparse(sparse: RawSparse, around: Surroundings): LoweredTensor {
  const dtype = dtypeName(sparse.values?.dtype ?? 0) ?? 'unknown';
  const shape = sparse.dims.map(extent);
  const type: TensorType = { dtype, shape, container: 'sparse' };
  if (elementCount(sparse.dims) === null) {
    const location = sparse.values ? bytesAt(sparse.values.span.start, sparse.values.span.end) : null;
    around.report(problems.badExtent({ location }, sparse.values?.name ?? '', sparse.dims.join('×')));
    return { constant: null, type };
  }
  const elements = missing(t('sparse constants are not shown element by element'));
  return { constant: { dtype, shape: sparse.dims as number[], elements }, type };
}

/** What a ValueInfoProto declares. Impossible extents become unknown ones, and are told. */
export function lowerType(type: RawType, name: string, span: Span, around: Surroundings): TensorType {
  const dtype = dtypeName(type.dtype) ?? 'unknown';
  if (type.container && type.container !== 'sparse')
    return { dtype: 'unknown', shape: null, container: type.container };
  if (type.dtype !== 0 && dtypeName(type.dtype) === null) {
    around.report(problems.unknownType({ location: bytesAt(span.start, span.end) }, name, type.dtype));
  }
  const shape = type.shape?.map(declaredDim) ?? null;
  if (type.shape?.some((dim) => typeof dim === 'bigint' || (typeof dim === 'number' && dim < -1))) {
    const text = type.shape.map((dim) => (dim === '' ? '?' : String(dim))).join('×');
    around.report(problems.unknownExtent({ location: bytesAt(span.start, span.end) }, name, text));
  }
  return type.container === 'sparse' ? { dtype, shape, container: 'sparse' } : { dtype, shape };
}

/** −1 is how several exporters spell “any”. */
function declaredDim(dim: RawDim): Dim {
  if (typeof dim === 'string') return dim === '' ? null : symbol(dim);
  return typeof dim === 'number' && dim >= 0 ? dim : null;
}
