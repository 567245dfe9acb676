import * as vscode from 'vscode';
import type { Span } from '../../core/diagnostics/diagnostic';
import type { ModelDocument } from './document';
import { safeName } from './fileName';

const HEX_EDITOR = 'ms-vscode.hexeditor';

/** Shows a place of the file: in the hex editor where there is one, in words else. */
export async function reveal(document: ModelDocument, what: Span | 'problems'): Promise<void> {
  if (what === 'problems') {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    return;
  }
  const place = vscode.l10n.t('Bytes {0} to {1} of {2}', what.start, what.end, document.name);
  if (!vscode.extensions.getExtension(HEX_EDITOR)) {
    const copy = vscode.l10n.t('Copy Offset');
    const hint = vscode.l10n.t('{0}. The Hex Editor extension of Microsoft shows them.', place);
    if ((await vscode.window.showInformationMessage(hint, copy)) === copy) {
      await vscode.env.clipboard.writeText(`0x${what.start.toString(16)}`);
    }
    return;
  }
  await vscode.commands.executeCommand('vscode.openWith', document.uri, 'hexEditor.hexedit', {
    viewColumn: vscode.ViewColumn.Beside,
  });
  vscode.window.setStatusBarMessage(place, 10_000);
}

/** Saves under a name the person chooses; false when they think better of it. */
export async function saveFile(document: ModelDocument, name: string, content: Uint8Array): Promise<boolean> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(document.folder, safeName(name)),
    title: vscode.l10n.t('Save {0}', safeName(name)),
  });
  if (!target) return false;
  await writeAtomically(target, content);
  return true;
}

/** Writes beside the target, then moves: a full disk or an end in the middle leaves the old file whole. */
async function writeAtomically(target: vscode.Uri, content: Uint8Array): Promise<void> {
  const { fs } = vscode.workspace;
  const beside = target.with({ path: `${target.path}.${Date.now().toString(36)}.part` });
  await fs.writeFile(beside, content);
  try {
    await fs.rename(beside, target, { overwrite: true });
  } catch (error) {
    await fs.delete(beside).then(undefined, () => undefined);
    throw error;
  }
}
