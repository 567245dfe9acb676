import * as vscode from 'vscode';
import type { Span } from '../../core/diagnostics/diagnostic';
import type { TextEdit } from '../../core/diagnostics/fix';

export const rangeOf = (document: vscode.TextDocument, { start, end }: Span): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));

export const editsOf = (document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.TextEdit[] =>
  edits.map(({ span, text }) => vscode.TextEdit.replace(rangeOf(document, span), text));

/** One step of undo, whatever it changes. */
export function workspaceEdit(document: vscode.TextDocument, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, editsOf(document, edits));
  return edit;
}
