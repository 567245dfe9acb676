import type { FileSystem, Uri } from 'vscode';

/**
 * Writes beside the target, then moves: a full disk or an end in the middle leaves the old file whole, and no half of the new one
 * where it can be helped.
 */
export async function writeAtomically(
  fs: Pick<FileSystem, 'writeFile' | 'rename' | 'delete'>,
  target: Uri,
  content: Uint8Array,
): Promise<void> {
  const beside = target.with({ path: `${target.path}.${Date.now().toString(36)}.part` });
  try {
    await fs.writeFile(beside, content);
    await fs.rename(beside, target, { overwrite: true });
  } catch (error) {
    // What failed first is what the user has to know.
    await Promise.resolve(fs.delete(beside)).catch(() => undefined);
    throw error;
  }
}
