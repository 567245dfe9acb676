import type * as vscode from 'vscode';
import type { OpenFile } from '../../core/bytes/source';

/** What differs between the desktop and the browser. */
export interface Platform {
  /** Opens a file for reading by ranges where the platform can. Rejects when there is no such file. */
  open(uri: vscode.Uri): Promise<OpenFile>;
  /** The same place behind all links; null where they cannot be followed and this is one. Rejects where there is nothing. */
  resolve(uri: vscode.Uri): Promise<vscode.Uri | null>;
  /** True where files of the extension itself cannot be read through `workspace.fs` (they come over HTTP). */
  readonly extensionIsRemote: boolean;
}
