import * as vscode from 'vscode';
import { placeOfNode } from '../../core/view/bodies';
import { LIBRARY, pathEnds, sourceFrames, type SourceFrame } from '../../core/view/sourceFrames';
import type { LiveModel } from '../editor/liveModel';
import { unlinked } from '../editor/unlinked';

/** Frames of a trace that are looked for, and ends of each path. */
const MOST_FRAMES = 30;
const MOST_ENDS = 8;

/**
 * Opens the line that made an operator, where the file names one and it lies in the workspace. The path comes from the model: it is only
 * looked for below the workspace's folders, by its ends, and what links lead out of there is not opened.
 */
export async function revealSource(document: LiveModel, node: number): Promise<void> {
  const place = placeOfNode((await document.analysis()).drawing, node);
  const own = place.drawing.facts.graph.nodes[place.id];
  const frames = own ? sourceFrames(own) : [];
  const [first] = frames;
  if (!first) {
    const text = vscode.l10n.t('This file does not say where the layer was written.');
    void vscode.window.showInformationMessage(text);
    return;
  }
  const written = frames.filter(({ file }) => !LIBRARY.test(file)).slice(0, MOST_FRAMES);
  for (const frame of written) {
    const found = await findSource(document, frame);
    if (!found) continue;
    const text = await vscode.workspace.openTextDocument(found);
    const line = Math.min(frame.line, text.lineCount) - 1;
    const selection = new vscode.Range(line, 0, line, text.lineAt(line).text.length);
    await vscode.window.showTextDocument(text, { selection, viewColumn: besideOf(found) });
    return;
  }
  const { file, line } = written[0] ?? first;
  const name = file.split(/[\\/]/).at(-1) ?? '';
  const text = vscode.l10n.t('This layer was written in line {0} of {1}, which is not in this workspace.', line, name);
  void vscode.window.showInformationMessage(unlinked(text));
}

/** Where it is open already, else beside the model. */
function besideOf(uri: vscode.Uri): vscode.ViewColumn {
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  return open?.viewColumn ?? vscode.ViewColumn.Beside;
}

async function findSource({ services }: LiveModel, { file }: SourceFrame): Promise<vscode.Uri | null> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const ends = pathEnds(file).slice(-MOST_ENDS);
  for (const end of ends)
    for (const folder of folders) {
      const uri = vscode.Uri.joinPath(folder.uri, ...end.split('/'));
      if (await isFileBelow(services.platform, uri, folder.uri)) return uri;
    }
  return null;
}

async function isFileBelow(
  platform: LiveModel['services']['platform'],
  uri: vscode.Uri,
  folder: vscode.Uri,
): Promise<boolean> {
  try {
    const stat = await vscode.workspace.fs.stat(uri);
    if (!(stat.type & vscode.FileType.File)) return false;
    const [real, root] = [await platform.resolve(uri), await platform.resolve(folder)];
    if (!real || !root) return false;
    const below = root.path.endsWith('/') ? root.path : `${root.path}/`;
    return real.scheme === root.scheme && real.authority === root.authority && real.path.startsWith(below);
  } catch {
    return false;
  }
}
