import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { ByteSource, OpenFile, Sibling } from '../core/bytes/source';
import { t } from '../core/l10n/l10n';
import { insideFolder } from '../core/labels';

/** Opening a pipe that somebody named like a model would wait for ever without it; Windows has no such flag. */
const NONBLOCK = (constants as { readonly O_NONBLOCK?: number }).O_NONBLOCK ?? 0;

/** Byte ranges of one open file, read as they are asked for. */
class HandleSource implements ByteSource {
  constructor(
    private readonly handle: FileHandle,
    readonly size: number,
  ) {}

  static async open(file: string): Promise<HandleSource> {
    const handle = await open(file, constants.O_RDONLY | NONBLOCK);
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw new Error('it is no file');
      return new HandleSource(handle, stat.size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    if (start < 0 || start > end || end > this.size) {
      throw new RangeError(`bytes ${start}–${end} lie outside ${this.size} bytes`);
    }
    // Not a Buffer: those come from a shared pool and lose their type on the way to a webview.
    const bytes = new Uint8Array(end - start);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.handle.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) throw new Error('the file has become shorter while it was read');
      filled += bytesRead;
    }
    return bytes;
  }

  close(): void {
    this.handle.close().catch(() => undefined);
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** A file of the disk, read through a handle: a model of gigabytes opens at once. */
export async function openHandle(file: string): Promise<OpenFile> {
  const bytes = await HandleSource.open(file);
  const siblings = new Map<string, Promise<Sibling>>();
  const opened: HandleSource[] = [bytes];
  let disposed = false;

  async function openSibling(relative: string): Promise<Sibling> {
    if (!insideFolder(relative)) return { kind: 'refused', reason: t('the path leads out of the model’s folder') };
    try {
      const folder = await realpath(path.dirname(file));
      const target = await realpath(path.join(folder, relative));
      // Symbolic links are resolved first: a link inside the folder may point anywhere.
      const inside = path.relative(folder, target);
      if (inside === '' || inside.startsWith('..') || path.isAbsolute(inside)) {
        return { kind: 'refused', reason: t('it is a link out of the model’s folder') };
      }
      const source = await HandleSource.open(target);
      if (disposed) source.close();
      else opened.push(source);
      return { kind: 'found', bytes: source };
    } catch (error) {
      if (isMissing(error)) return { kind: 'missing' };
      return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  return {
    name: path.basename(file),
    bytes,
    sibling(relative) {
      const known = siblings.get(relative) ?? openSibling(relative);
      siblings.set(relative, known);
      return known;
    },
    dispose() {
      disposed = true;
      for (const source of opened.splice(0)) source.close();
    },
  };
}
