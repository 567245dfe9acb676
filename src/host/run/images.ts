import * as vscode from 'vscode';
import { insideFolder } from '../../core/labels';
import type { ImageEntry } from '../../protocol/host';
import type { LiveModel } from '../editor/liveModel';
import { SAMPLE_PICTURES } from '../samples/manifest';
import { readWhole } from '../sources/workspaceFile';

const PICTURE = /\.(png|jpe?g|webp|bmp|gif)$/i;
const MOST_OF_MODEL = 60;
const MOST_OF_WORKSPACE = 40;
/** Larger files are hardly pictures for a net, and would stall a remote connection. */
const LARGEST_PICTURE = 64e6;

/** Turns a file into an address the page can fetch; null where the page may not. */
export type Address = (uri: vscode.Uri) => string | null;

const baseName = (uri: vscode.Uri): string => uri.path.split('/').at(-1) ?? '';

/** Pictures on offer: the model's own, the bundled ones, those of the workspace. */
export async function listImages(
  document: LiveModel,
  metadata: ReadonlyMap<string, string>,
  address: Address,
): Promise<readonly ImageEntry[]> {
  const own = await ownImages(document, metadata);
  const samples = SAMPLE_PICTURES.map((path) => vscode.Uri.joinPath(document.services.sampleRoot, path));
  const known = new Set([...own, ...samples].map(String));
  // With the samples themselves as the workspace, everything would be there twice.
  const workspace = (await workspaceImages()).filter(
    (uri) => !known.has(uri.toString()) && !SAMPLE_PICTURES.some((path) => uri.path.endsWith(`/${path}`)),
  );
  const entries = [
    ...own.map((uri) => entry(uri, 'model', address)),
    ...samples.map((uri) => entry(uri, 'samples', address)),
    ...workspace.map((uri) => entry(uri, 'workspace', address)),
  ];
  return (await Promise.all(entries)).filter((found) => found !== null);
}

/** The folder the model names, else `images` beside it. */
async function ownImages(document: LiveModel, metadata: ReadonlyMap<string, string>): Promise<readonly vscode.Uri[]> {
  const folder = metadata.get('convlens.images') ?? 'images';
  if (!insideFolder(folder)) return [];
  const uri = vscode.Uri.joinPath(document.folder, folder);
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return (
      entries
        // Plain files only: a link may lead out of the folder.
        .filter(([name, type]) => type === vscode.FileType.File && PICTURE.test(name))
        .map(([name]) => vscode.Uri.joinPath(uri, name))
        .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))
        .slice(0, MOST_OF_MODEL)
    );
  } catch {
    return [];
  }
}

async function workspaceImages(): Promise<readonly vscode.Uri[]> {
  try {
    return await vscode.workspace.findFiles('**/*.{png,jpg,jpeg}', '**/{node_modules,.git,dist}/**', MOST_OF_WORKSPACE);
  } catch {
    return [];
  }
}

async function entry(uri: vscode.Uri, group: ImageEntry['group'], address: Address): Promise<ImageEntry | null> {
  const url = address(uri);
  if (url !== null) return { name: baseName(uri), url, bytes: null, group };
  const bytes = await pictureBytes(uri).catch(() => null);
  return bytes && { name: baseName(uri), url: null, bytes, group };
}

/** A copy of exactly these bytes: what travels to the page takes its whole buffer along. */
async function pictureBytes(uri: vscode.Uri): Promise<Uint8Array> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > LARGEST_PICTURE) throw new Error(vscode.l10n.t('{0} is too large for an input', baseName(uri)));
  return new Uint8Array(await readWhole(uri));
}

/** A file of the user's choice; null when they think better of it. */
async function pickFile(
  document: LiveModel,
  title: string,
  openLabel: string,
  filters: Readonly<Record<string, string[]>>,
): Promise<vscode.Uri | null> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel,
    filters,
    ...(document.uri.scheme === 'file' ? { defaultUri: document.folder } : {}),
  });
  return chosen?.[0] ?? null;
}

export async function pickImage(document: LiveModel): Promise<ImageEntry | null> {
  const uri = await pickFile(document, vscode.l10n.t('Image to run'), vscode.l10n.t('Run'), {
    [vscode.l10n.t('Pictures and arrays')]: ['png', 'jpg', 'jpeg', 'webp', 'bmp', 'gif', 'npy'],
  });
  return uri ? { name: baseName(uri), url: null, bytes: await pictureBytes(uri), group: 'picked' } : null;
}

/** An array of NumPy for an input that takes no picture. */
export async function pickTensor(
  document: LiveModel,
): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> {
  const uri = await pickFile(document, vscode.l10n.t('Array for the input'), vscode.l10n.t('Use'), {
    [vscode.l10n.t('Arrays of NumPy')]: ['npy'],
  });
  return uri ? { name: baseName(uri), bytes: await pictureBytes(uri) } : null;
}
