import type * as vscode from 'vscode';
import { activateWith } from './host/activate';
import { openHandle } from './node/modelFile';
import { openWorkspaceFile } from './host/sources/workspaceFile';

/** Desktop and remote: files of the disk by ranges, everything else through VS Code. */
export function activate(context: vscode.ExtensionContext): void {
  activateWith(context, {
    open: (uri) => (uri.scheme === 'file' ? openHandle(uri.fsPath) : openWorkspaceFile(uri)),
    extensionIsRemote: false,
  });
}
