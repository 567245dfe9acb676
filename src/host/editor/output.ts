import * as vscode from 'vscode';
import type { Span } from '../../core/diagnostics/diagnostic';
import type { LiveModel } from './liveModel';
import { writeAtomically } from './atomic';
import { safeName } from './fileName';
import { unlinked } from './unlinked';

const HEX_EDITOR = 'ms-vscode.hexeditor';

/** Shows a place of the file: in the hex editor where there is one, in words else. */
export async function reveal(document: LiveModel, what: Span | 'problems'): Promise<void> {
  if (what === 'problems') {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    return;
  }
  const place = vscode.l10n.t('Bytes {0} to {1} of {2}', what.start, what.end, document.name);
  if (!vscode.extensions.getExtension(HEX_EDITOR)) {
    const copy = vscode.l10n.t('Copy Offset');
    const hint = vscode.l10n.t('{0}. The Hex Editor extension of Microsoft shows them.', place);
    if ((await vscode.window.showInformationMessage(unlinked(hint), copy)) === copy) {
      await vscode.env.clipboard.writeText(`0x${what.start.toString(16)}`);
    }
    return;
  }
  await vscode.commands.executeCommand('vscode.openWith', document.uri, 'hexEditor.hexedit', {
    viewColumn: vscode.ViewColumn.Beside,
  });
  vscode.window.setStatusBarMessage(place, 10_000);
}

/** Saves under a name the person chooses; null when they think better of it. */
export async function saveFile(
  beside: Pick<LiveModel, 'folder'>,
  name: string,
  content: Uint8Array,
): Promise<vscode.Uri | null> {
  const target = await askTarget(beside, name);
  if (target) await writeAtomically(vscode.workspace.fs, target, content);
  return target;
}

/** The dialog itself asks before it takes a file that is there. */
export async function askTarget(
  { folder }: Pick<LiveModel, 'folder'>,
  name: string,
  filters?: Readonly<Record<string, string[]>>,
): Promise<vscode.Uri | null> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(writableFolder(folder), safeName(name)),
    title: vscode.l10n.t('Save {0}', safeName(name)),
    ...(filters ? { filters } : {}),
  });
  return target ?? null;
}

/** The folder itself, or that of the workspace where the first can hold nothing: bundled samples, texts without a file. */
function writableFolder(folder: vscode.Uri): vscode.Uri {
  const known = folder.scheme !== 'untitled' && vscode.workspace.fs.isWritableFileSystem(folder.scheme) !== false;
  return known ? folder : (vscode.workspace.workspaceFolders?.[0]?.uri ?? folder);
}
