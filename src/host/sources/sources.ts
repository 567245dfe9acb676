import type * as vscode from 'vscode';
import type { OpenFile } from '../../core/bytes/source';

/** What differs between the desktop and the browser. */
export interface Platform {
  /** Opens a file for reading by ranges where the platform can. Rejects when there is no such file. */
  open(uri: vscode.Uri): Promise<OpenFile>;
  /** True where files of the extension itself cannot be read through `workspace.fs` (they come over HTTP). */
  readonly extensionIsRemote: boolean;
}
