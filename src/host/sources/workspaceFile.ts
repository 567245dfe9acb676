import * as vscode from 'vscode';
import { memorySource, type OpenFile, type Sibling } from '../../core/bytes/source';
import { marked } from '../../core/l10n/decimals';
import { insideFolder } from '../../core/labels';

/** `workspace.fs` reads whole files: beyond this a person is asked first. */
const ASK_ABOVE = 1e9;

/** The same bytes as a plain Uint8Array: Node's Buffer, which `workspace.fs` may give, is another type to a webview. */
const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const readWhole = async (uri: vscode.Uri): Promise<Uint8Array> => plain(await vscode.workspace.fs.readFile(uri));

/** Any file VS Code knows, read once and whole, because its API has no ranged reads. */
export async function openWorkspaceFile(uri: vscode.Uri): Promise<OpenFile> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > ASK_ABOVE && !(await mayRead(uri, size)))
    throw new Error(vscode.l10n.t('it was not read because of its size'));
  const bytes = memorySource(await readWhole(uri));
  const folder = vscode.Uri.joinPath(uri, '..');
  return {
    name: uri.path.split('/').at(-1) ?? '',
    bytes,
    sibling: (relative) => readSibling(folder, relative),
    dispose: () => undefined,
  };
}

async function mayRead(uri: vscode.Uri, size: number): Promise<boolean> {
  const read = vscode.l10n.t('Read It');
  const text = vscode.l10n.t(
    '{0} has {1} GB, and here it can only be read whole. Read it into memory?',
    uri.path.split('/').at(-1) ?? '',
    marked((size / 1e9).toFixed(1)),
  );
  return (await vscode.window.showWarningMessage(text, { modal: true }, read)) === read;
}

export async function readSibling(folder: vscode.Uri, relative: string): Promise<Sibling> {
  if (!insideFolder(relative))
    return { kind: 'refused', reason: vscode.l10n.t('the path leads out of the model’s folder') };
  const uri = vscode.Uri.joinPath(folder, relative);
  let stat: vscode.FileStat;
  try {
    stat = await vscode.workspace.fs.stat(uri);
  } catch {
    return { kind: 'missing' };
  }
  // Where links cannot be resolved, they are not followed: one may point anywhere.
  if (stat.type & vscode.FileType.SymbolicLink) return { kind: 'refused', reason: vscode.l10n.t('it is a link') };
  if (stat.size > ASK_ABOVE && !(await mayRead(uri, stat.size))) {
    return { kind: 'refused', reason: vscode.l10n.t('it was not read because of its size') };
  }
  try {
    return { kind: 'found', bytes: memorySource(await readWhole(uri)) };
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Where links cannot be followed, they are not: one may lead anywhere. */
export async function withoutLinks(uri: vscode.Uri): Promise<vscode.Uri | null> {
  const { type } = await vscode.workspace.fs.stat(uri);
  return type & vscode.FileType.SymbolicLink ? null : uri;
}
