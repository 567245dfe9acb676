import './host/l10n';
import type * as vscode from 'vscode';
import { activateWith } from './host/activate';
import { openWorkspaceFile, withoutLinks } from './host/sources/workspaceFile';

/** In the browser: everything through VS Code. */
export function activate(context: vscode.ExtensionContext): void {
  activateWith(context, { open: openWorkspaceFile, resolve: withoutLinks, extensionIsRemote: true });
}
