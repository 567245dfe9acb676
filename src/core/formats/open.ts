import { Unreadable, readRange } from '../bytes/paged';
import type { ModelFile } from '../bytes/source';
import { Cancelled, declare } from '../diagnostics/diagnostic';
import { t } from '../l10n/l10n';
import { recogniseForeign } from './foreign';
import type { Format, Head, Parsed } from './format';

const HEAD = 4096;

const unreadable = declare('file/unreadable', 'error', (reason: string) =>
  t('The file could not be read: {0}.', reason),
);

const unknownFormat = declare('file/unknown-format', 'error', () =>
  t('This is no model of a format ConvLens reads. Export the model to ONNX and open that file.'),
);

const failed = declare('file/internal', 'error', (reason: string) =>
  t('ConvLens failed on this file ({0}). Please report it, with the file if you may share it.', reason),
);

const hasExtension = (format: Format, name: string): boolean =>
  format.extensions.some((extension) => name.toLowerCase().endsWith(extension));

/** The format whose sniff is certain, else the possible one whose extension fits. */
function detectAmong(formats: readonly Format[], head: Head): Format | null {
  const votes = formats.map((format) => ({ format, vote: format.sniff(head) }));
  const certain = votes.filter(({ vote }) => vote === 'certain');
  if (certain.length) return (certain.find(({ format }) => hasExtension(format, head.name)) ?? certain[0]!).format;
  const possible = votes.filter(({ vote }) => vote === 'possible');
  return (possible.find(({ format }) => hasExtension(format, head.name)) ?? possible[0])?.format ?? null;
}

/** Opens any file as a model. Whatever is wrong with it is in the diagnostics; only Cancelled is thrown. */
export async function openWith(formats: readonly Format[], file: ModelFile, signal?: AbortSignal): Promise<Parsed> {
  const nothing = { model: null, bytesRead: 0 };
  try {
    const { size } = file.bytes;
    const head: Head = { name: file.name, size, bytes: await readRange(file.bytes, 0, Math.min(HEAD, size), signal) };
    const format = detectAmong(formats, head);
    const foreign = format?.sniff(head) === 'certain' ? null : recogniseForeign(head);
    if (foreign) return { ...nothing, diagnostics: [foreign], bytesRead: head.bytes.length };
    // A file called .onnx that does not begin like one may still be one that is damaged: the reader says where.
    const reader = format ?? formats.find((candidate) => hasExtension(candidate, file.name));
    if (!reader) return { ...nothing, diagnostics: [unknownFormat({})], bytesRead: head.bytes.length };
    return await reader.parse(file, signal);
  } catch (error) {
    if (signal?.aborted || error instanceof Cancelled) throw new Cancelled();
    if (error instanceof Unreadable) return { ...nothing, diagnostics: [unreadable({}, error.reason)] };
    return { ...nothing, diagnostics: [failed({}, error instanceof Error ? error.message : String(error))] };
  }
}
