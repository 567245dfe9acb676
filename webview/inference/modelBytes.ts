import { t } from '../../src/core/l10n/l10n';
import type { HostApi, RunSource } from '../../src/protocol/host';

/** Who has the bytes that cannot be fetched. */
export type ModelHost = Pick<HostApi, 'modelBytes'>;

export type Progress = (done: number, total: number) => void;

/** Reads a file into `target` from `offset` on, by address, or through the host where there is no address. */
async function readInto(
  target: Uint8Array,
  url: string | null,
  ask: () => Promise<Uint8Array>,
  name: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const total = target.length;
  const changed = (): Error => new Error(t('{0} has changed on disk since it was opened.', name));
  if (url === null) {
    const bytes = await ask();
    signal.throwIfAborted();
    if (bytes.length !== total) throw changed();
    target.set(bytes);
    return;
  }
  const response = await fetch(url, { signal });
  if (!response.ok || !response.body) throw new Error(t('{0} can’t be read ({1}).', name, response.status));
  const reader = response.body.getReader();
  let at = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > total) throw changed();
    target.set(value, at);
    at += value.length;
    progress(at, total);
  }
  if (at !== total) throw changed();
}

/** The model file with its taps behind it, in one piece: joined once, never decoded. */
export async function readModel(
  host: ModelHost,
  source: RunSource,
  progress: Progress,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const whole = new Uint8Array(source.size + source.taps.length);
  whole.set(source.taps, source.size);
  await readInto(
    whole.subarray(0, source.size),
    source.url,
    () => host.modelBytes(null),
    t('The model'),
    progress,
    signal,
  );
  return whole.buffer;
}

export async function readExternal(
  host: ModelHost,
  source: RunSource,
  progress: Progress,
  signal: AbortSignal,
): Promise<{ path: string; data: ArrayBuffer }[]> {
  const files: { path: string; data: ArrayBuffer }[] = [];
  for (const { path, url, size } of source.external) {
    const data = new Uint8Array(size);
    await readInto(data, url, () => host.modelBytes(path), path, progress, signal);
    files.push({ path, data: data.buffer });
  }
  return files;
}

/** The file of a picture. */
export async function readPicture(image: {
  readonly url: string | null;
  readonly bytes: Uint8Array | null;
  readonly name: string;
}): Promise<Uint8Array> {
  if (image.bytes) return image.bytes;
  if (image.url === null) throw new Error(t('{0} can’t be read.', image.name));
  const response = await fetch(image.url);
  if (!response.ok) throw new Error(t('{0} can’t be read ({1}).', image.name, response.status));
  return new Uint8Array(await response.arrayBuffer());
}
