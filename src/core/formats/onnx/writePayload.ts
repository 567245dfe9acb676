import { readRange } from '../../bytes/paged';
import type { ModelFile } from '../../bytes/source';
import type { Constant, DType, Elements } from '../../ir/types';
import { t } from '../../l10n/l10n';
import { madeNumbers } from '../made';

/** What a TensorProto carries: bytes of `field` (9 is raw_data, others typed data as they stood in a file), or texts. */
export type Payload =
  | { readonly kind: 'bytes'; readonly field: number; readonly bytes: Uint8Array }
  | { readonly kind: 'texts'; readonly texts: readonly string[] };

const RAW = 9;

/** The elements of a constant as a file holds them; a text says why there are none. */
export async function payloadOf(
  constant: Constant,
  file: ModelFile | null,
  signal?: AbortSignal,
): Promise<Payload | string> {
  const { elements, dtype, shape } = constant;
  const total = shape.reduce((product, extent) => product * extent, 1);
  switch (elements.kind) {
    case 'missing':
      return elements.reason;
    case 'made':
      return raw(new Uint8Array(madeNumbers(elements.recipe, 0, total).buffer));
    case 'inline':
      return inlinePayload(elements.values, dtype);
    case 'varint':
      return file
        ? typed(dtype, await readRange(file.bytes, elements.start, elements.end, signal))
        : t('the file is not open');
    case 'raw':
      return rawPayload(elements, file, signal);
  }
}

const raw = (bytes: Uint8Array): Payload => ({ kind: 'bytes', field: RAW, bytes });

/** Which field of TensorProto holds an element type's varints. */
function typed(dtype: DType, bytes: Uint8Array): Payload {
  const field = dtype === 'int64' ? 7 : dtype === 'uint64' || dtype === 'uint32' ? 11 : 5;
  return { kind: 'bytes', field, bytes };
}

async function rawPayload(
  elements: Extract<Elements, { readonly kind: 'raw' }>,
  file: ModelFile | null,
  signal?: AbortSignal,
): Promise<Payload | string> {
  if (!file) return t('the file is not open');
  if (elements.file === null) return raw(await readRange(file.bytes, elements.start, elements.end, signal));
  const sibling = await file.sibling(elements.file);
  if (sibling.kind === 'found') return raw(await readRange(sibling.bytes, elements.start, elements.end, signal));
  return sibling.kind === 'missing' ? t('the weights file “{0}” is missing', elements.file) : sibling.reason;
}

function inlinePayload(values: readonly (number | bigint | string)[], dtype: DType): Payload | string {
  if (dtype === 'string') return { kind: 'texts', texts: values.map(String) };
  const bytes = encodeRaw(
    dtype,
    values.filter((value) => typeof value !== 'string'),
  );
  return bytes ? raw(bytes) : t('elements of the type {0} cannot be written', dtype);
}

const bytesOf = (numbers: { readonly buffer: ArrayBuffer }): Uint8Array => new Uint8Array(numbers.buffer);

/** Little-endian elements, the reverse of `decodeRaw`; null for types that are no numbers. */
function encodeRaw(dtype: DType, values: readonly (number | bigint)[]): Uint8Array | null {
  switch (dtype) {
    case 'float32':
    case 'complex64':
      return bytesOf(Float32Array.from(values, Number));
    case 'float64':
    case 'complex128':
      return bytesOf(Float64Array.from(values, Number));
    case 'float16':
      return bytesOf(Uint16Array.from(values, (value) => halfBits(Number(value))));
    case 'bfloat16':
      return bytesOf(Uint16Array.from(values, (value) => floatBits(Number(value)) >>> 16));
    case 'int64':
      return bytesOf(BigInt64Array.from(values, BigInt));
    case 'uint64':
      return bytesOf(BigUint64Array.from(values, BigInt));
    case 'int32':
      return bytesOf(Int32Array.from(values, Number));
    case 'uint32':
      return bytesOf(Uint32Array.from(values, Number));
    case 'int16':
      return bytesOf(Int16Array.from(values, Number));
    case 'uint16':
      return bytesOf(Uint16Array.from(values, Number));
    case 'int8':
      return bytesOf(Int8Array.from(values, Number));
    case 'uint8':
    case 'bool':
      return bytesOf(Uint8Array.from(values, Number));
    case 'int4':
    case 'uint4':
      return Uint8Array.from({ length: Math.ceil(values.length / 2) }, (_, i) => {
        const [low = 0, high = 0] = [values[2 * i], values[2 * i + 1]].map((value) => Number(value ?? 0) & 0xf);
        return low | (high << 4);
      });
    case 'float8':
    case 'string':
    case 'unknown':
      return null;
  }
}

const FLOAT = new Float32Array(1);
const FLOAT_BITS = new Uint32Array(FLOAT.buffer);

function floatBits(value: number): number {
  FLOAT[0] = value;
  return FLOAT_BITS[0]!;
}

/** IEEE 754 half precision of a number that was read from one: nothing is lost, so nothing has to be rounded. */
function halfBits(value: number): number {
  const bits = floatBits(value);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  if (Number.isNaN(value)) return 0x7e00;
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent > 0) return sign | (exponent << 10) | ((bits >>> 13) & 0x3ff);
  return sign | Math.round(Math.abs(value) * 2 ** 24);
}
