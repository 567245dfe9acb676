import './host/l10n';
import * as vscode from 'vscode';
import { activateWith } from './host/activate';
import { openHandle } from './node/modelFile';
import { resolvePath } from './node/resolve';
import { openWorkspaceFile, withoutLinks } from './host/sources/workspaceFile';

/** Desktop and remote: files of the disk by ranges, everything else through VS Code. */
export function activate(context: vscode.ExtensionContext): void {
  activateWith(context, {
    open: (uri) => (uri.scheme === 'file' ? openHandle(uri.fsPath) : openWorkspaceFile(uri)),
    resolve: async (uri) =>
      uri.scheme === 'file'
        ? uri.with({ path: vscode.Uri.file(await resolvePath(uri.fsPath)).path })
        : withoutLinks(uri),
    extensionIsRemote: false,
  });
}
