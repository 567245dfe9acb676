import { Unreadable, readRange } from '../../bytes/paged';
import type { ByteSource, ModelFile, Sibling } from '../../bytes/source';
import { t } from '../../l10n/l10n';
import { TINY_INTEGERS, TINY_TENSOR } from '../limits';
import type { Report } from '../report';
import { bytesOf, dtypeName, isInteger } from '../../ir/dtype';
import { decodeRaw, plainNumbers } from './elements';
import type { RawTensor } from './messages';
import * as problems from './problems';
import { elementCount } from './readTensor';
import { bytesAt } from './reader';

/** Where a tensor says its data lie. `length: null` means as many bytes as its size needs. */
export interface ExternalPlace {
  readonly location: string;
  readonly offset: number;
  readonly length: number | null;
}

/** What became of each external file: its size, or why there is none. */
export type ExternalFiles = ReadonlyMap<string, { readonly size: number } | { readonly reason: string }>;

/** Decimal digits only, and few enough to stay exact. */
const OFFSET = /^\d{1,15}$/;

export function externalPlace(tensor: RawTensor): ExternalPlace | null {
  const found = new Map(tensor.externalData.map(({ key, value }) => [key, value]));
  const offset = found.get('offset') ?? '0';
  const length = found.get('length');
  if (!OFFSET.test(offset) || (length !== undefined && !OFFSET.test(length))) return null;
  return {
    location: found.get('location') ?? '',
    offset: Number(offset),
    length: length === undefined ? null : Number(length),
  };
}

/** Why a location may not be read, or `null`. Only names at or below the model's own folder pass. */
export function refusal(location: string): string | null {
  if (location === '') return t('the file does not say where they are');
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  if (/[\u0000-\u001f]/.test(location)) return t('the path holds control characters');
  if (/^([a-z][a-z0-9+.-]*:|[\\/])/i.test(location))
    return t('the path is absolute, and only the model’s own folder is read');
  if (location.split(/[\\/]/).includes('..')) return t('the path leads out of the model’s folder');
  if (location.includes('\\')) return t('the path holds a backslash, which not every system reads alike');
  if (location.startsWith('*/')) return t('they are in the memory of the program that wrote the file');
  return null;
}

/** Looks every external file up once, reports the bad ones once, and fetches tiny constants from the good ones. */
export async function resolveExternal(
  tensors: readonly RawTensor[],
  file: ModelFile,
  report: Report,
  signal?: AbortSignal,
): Promise<ExternalFiles> {
  const files = new Map<string, { readonly size: number } | { readonly reason: string }>();
  for (const [location, group] of byLocation(tensors)) {
    const origin = bytesAt(group[0]!.span.start, group[0]!.span.end);
    const sibling = await lookUp(file, location);
    signal?.throwIfAborted();
    if (sibling.kind === 'found') {
      files.set(location, { size: sibling.bytes.size });
      reportShort(location, group, sibling.bytes.size, report);
      const failure = await fetchAllTiny(group, sibling.bytes, signal);
      if (failure) report.add(problems.externalRefused({ location: origin }, location, failure));
    } else if (sibling.kind === 'missing') {
      files.set(location, { reason: t('the weights file “{0}” is missing', location) });
      report.add(problems.externalMissing({ location: origin }, location, group.length));
    } else {
      files.set(location, { reason: t('the weights file “{0}” is not read: {1}', location, sibling.reason) });
      report.add(problems.externalRefused({ location: origin }, location, sibling.reason));
    }
  }
  return files;
}

function byLocation(tensors: readonly RawTensor[]): Map<string, RawTensor[]> {
  const groups = new Map<string, RawTensor[]>();
  for (const tensor of tensors) {
    const location = externalPlace(tensor)?.location ?? '';
    const group = groups.get(location);
    if (group) group.push(tensor);
    else groups.set(location, [tensor]);
  }
  return groups;
}

async function lookUp(file: ModelFile, location: string): Promise<Sibling> {
  const reason = refusal(location);
  if (reason !== null) return { kind: 'refused', reason };
  try {
    return await file.sibling(location);
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Bytes a tensor takes in its external file, as far as its size says so. */
function needed(tensor: RawTensor): number | null {
  const dtype = dtypeName(tensor.dtype);
  const count = elementCount(tensor.dims);
  return dtype === null || count === null ? null : bytesOf(dtype, count);
}

function reportShort(location: string, group: readonly RawTensor[], size: number, report: Report): void {
  let furthest = 0;
  let first: RawTensor | null = null;
  for (const tensor of group) {
    const place = externalPlace(tensor);
    const end = place ? place.offset + (place.length ?? needed(tensor) ?? 0) : 0;
    if (end > size) first ??= tensor;
    furthest = Math.max(furthest, end);
  }
  if (first) {
    const { start, end } = first.span;
    report.add(problems.externalShort({ location: bytesAt(start, end) }, location, size, furthest));
  }
}

async function fetchAllTiny(
  group: readonly RawTensor[],
  bytes: ByteSource,
  signal?: AbortSignal,
): Promise<string | null> {
  try {
    for (const tensor of group) await fetchTiny(tensor, bytes, signal);
    return null;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return error.message;
  }
}

/** Some exporters move even shapes out of the file; shape evaluation needs their numbers. */
async function fetchTiny(tensor: RawTensor, bytes: ByteSource, signal?: AbortSignal): Promise<void> {
  const place = externalPlace(tensor);
  const dtype = dtypeName(tensor.dtype);
  const count = elementCount(tensor.dims);
  const length = needed(tensor);
  if (!place || dtype === null || count === null || length === null) return;
  if (count > (isInteger(dtype) ? TINY_INTEGERS : TINY_TENSOR)) return;
  if (place.offset + length > bytes.size || (place.length !== null && place.length < length)) return;
  const numbers = decodeRaw(dtype, await readRange(bytes, place.offset, place.offset + length, signal), count);
  if (numbers) tensor.values = plainNumbers(numbers);
}
