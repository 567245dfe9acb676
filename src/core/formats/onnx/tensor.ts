import type { Reading } from '../../bytes/cursor';
import { drive, readRange } from '../../bytes/paged';
import type { ByteSource, ModelFile } from '../../bytes/source';
import { WireCursor, exact } from '../../bytes/wire';
import { Cancelled } from '../../diagnostics/diagnostic';
import type { Constant, DType, Elements } from '../../ir/types';
import { t } from '../../l10n/l10n';
import { madeNumbers } from '../made';
import { bytesOf } from '../../ir/dtype';
import { decodeRaw, fromVarint, type Numbers } from './elements';

/** A stretch of a constant's elements, fetched when somebody looks at them. */
export type Slice =
  | { readonly kind: 'numbers'; readonly numbers: Numbers; readonly from: number; readonly total: number }
  | { readonly kind: 'missing'; readonly reason: string };

const missing = (reason: string): Slice => ({ kind: 'missing', reason });

/** Elements `[from, from + count)` of a constant, fewer at its end. Reads only the bytes that hold them. */
export async function readElements(
  constant: Constant,
  file: ModelFile,
  from: number,
  count: number,
  signal?: AbortSignal,
): Promise<Slice> {
  const { elements, dtype } = constant;
  const total = constant.shape.reduce((product, extent) => product * extent, 1);
  const first = Math.min(Math.max(0, Math.floor(from)), total);
  const wanted = Math.min(Math.max(0, Math.floor(count)), total - first);
  try {
    const found = await fetchNumbers(elements, dtype, file, first, wanted, signal);
    return typeof found === 'string' ? missing(found) : { kind: 'numbers', numbers: found, from: first, total };
  } catch (error) {
    if (signal?.aborted) throw new Cancelled();
    return missing(error instanceof Error ? error.message : String(error));
  }
}

/** The numbers, or why there are none. */
async function fetchNumbers(
  elements: Elements,
  dtype: DType,
  file: ModelFile,
  from: number,
  count: number,
  signal?: AbortSignal,
): Promise<Numbers | string> {
  switch (elements.kind) {
    case 'missing':
      return elements.reason;
    case 'made':
      return madeNumbers(elements.recipe, from, count);
    case 'inline':
      return inlineNumbers(elements.values.slice(from, from + count), dtype);
    case 'varint': {
      const cursor = new WireCursor(file.bytes.size);
      return drive(walkVarints(cursor, elements.start, elements.end, dtype, from, count), cursor, file.bytes, signal);
    }
    case 'raw': {
      const source = await sourceOf(elements.file, file);
      return typeof source === 'string' ? source : rawNumbers(source, elements.start, dtype, from, count, signal);
    }
  }
}

async function sourceOf(external: string | null, file: ModelFile): Promise<ByteSource | string> {
  if (external === null) return file.bytes;
  const sibling = await file.sibling(external);
  if (sibling.kind === 'found') return sibling.bytes;
  return sibling.kind === 'missing' ? t('the weights file “{0}” is missing', external) : sibling.reason;
}

async function rawNumbers(
  source: ByteSource,
  base: number,
  dtype: DType,
  from: number,
  count: number,
  signal?: AbortSignal,
): Promise<Numbers | string> {
  // Two 4-bit elements share a byte: begin at an even one.
  const skipped = dtype.endsWith('int4') ? from % 2 : 0;
  const start = bytesOf(dtype, from - skipped);
  const length = bytesOf(dtype, count + skipped);
  if (start === null || length === null) return t('elements of the type {0} are no numbers', dtype);
  const bytes = await readRange(source, base + start, base + start + length, signal);
  const numbers = decodeRaw(dtype, bytes, count + skipped);
  return numbers?.subarray(skipped * (numbers.length / (count + skipped))) ?? t('the type {0} cannot be shown', dtype);
}

/** Varints differ in length: those before `from` must be walked over. */
function* walkVarints(
  cursor: WireCursor,
  start: number,
  end: number,
  dtype: DType,
  from: number,
  count: number,
): Reading<Numbers> {
  cursor.pos = start;
  for (let i = 0; i < from && cursor.pos < end; i++) yield* cursor.varint(end);
  const values: (number | bigint)[] = [];
  while (values.length < count && cursor.pos < end) {
    yield* cursor.varint(end);
    values.push(fromVarint(dtype, exact(cursor.low, cursor.high, !dtype.startsWith('uint'))));
  }
  return typedArray(values, dtype);
}

function inlineNumbers(values: readonly (number | bigint | string)[], dtype: DType): Numbers | string {
  const numbers = values.filter((value) => typeof value !== 'string');
  return numbers.length === values.length ? typedArray(numbers, dtype) : t('the elements are texts');
}

function typedArray(values: readonly (number | bigint)[], dtype: DType): Numbers {
  switch (dtype) {
    case 'int64':
      return BigInt64Array.from(values, BigInt);
    case 'uint64':
      return BigUint64Array.from(values, BigInt);
    case 'float32':
    case 'float16':
    case 'bfloat16':
    case 'complex64':
      return Float32Array.from(values, Number);
    default:
      return Float64Array.from(values, Number);
  }
}
