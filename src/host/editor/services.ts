import type * as vscode from 'vscode';
import type { Platform } from '../sources/sources';

/** What a document needs from the extension. */
export interface Services {
  readonly platform: Platform;
  readonly log: vscode.LogOutputChannel;
  /** Null for a document whose problems are told elsewhere. */
  readonly problems: vscode.DiagnosticCollection | null;
  readonly extensionUri: vscode.Uri;
  /** Where the bundled samples can be read with `workspace.fs`. */
  readonly sampleRoot: vscode.Uri;
  /** What outlives the window, kept for this workspace. */
  readonly memory: vscode.Memento;
}
