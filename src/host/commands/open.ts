import * as vscode from 'vscode';
import type { ModelPanel } from '../editor/panel';
import type { Panels } from '../editor/panels';
import type { ModelEditorProvider } from '../editor/provider';
import type { Services } from '../editor/services';
import type { Graphs } from '../text/graphs';
import { isDefinition, isDefinitionFile, LANGUAGE } from '../text/language';
import type { Texts } from '../text/texts';

/** What commands act on. */
export interface Workbench {
  readonly services: Services;
  readonly editors: ModelEditorProvider;
  readonly graphs: Graphs;
  readonly texts: Texts;
  readonly panels: Panels;
}

/** Menus hand over the file they belong to; anybody may hand over anything. */
export const uriOf = (argument: unknown): vscode.Uri | null => (argument instanceof vscode.Uri ? argument : null);

/** A definition opens as text with its graph beside it, everything else in the model editor. */
export async function openAny({ editors, graphs }: Workbench, uri: vscode.Uri): Promise<ModelPanel | null> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return (open ? isDefinition(open) : isDefinitionFile(uri)) ? graphs.open(uri) : editors.open(uri);
}

/** The definition meant: handed over, else in front as text or as graph. */
export async function definitionFor({ panels }: Workbench, argument: unknown): Promise<vscode.TextDocument | null> {
  const front = vscode.window.activeTextEditor?.document;
  const uri =
    uriOf(argument) ?? (front && isDefinition(front) ? front.uri : null) ?? panels.active?.document.uri ?? null;
  if (!uri) return null;
  const document = await vscode.workspace.openTextDocument(uri);
  return isDefinition(document) ? document : null;
}

/** A text of its own that is not saved yet, with its graph beside it. */
export async function openText({ graphs }: Workbench, content: string): Promise<ModelPanel> {
  const document = await vscode.workspace.openTextDocument({ language: LANGUAGE, content });
  await vscode.window.showTextDocument(document, { preview: false });
  return graphs.open(document.uri);
}
