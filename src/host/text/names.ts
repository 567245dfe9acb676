import * as vscode from 'vscode';
import { nameAt, rename, type NameSites } from '../../core/language/names';
import { rangeOf, workspaceEdit } from './convert';
import type { Texts } from './texts';

/** Names of layers, blocks and parameters: where they are given and used, and giving them another spelling. */
export class Names
  implements
    vscode.DefinitionProvider,
    vscode.ReferenceProvider,
    vscode.DocumentHighlightProvider,
    vscode.RenameProvider
{
  constructor(private readonly texts: Texts) {}

  async provideDefinition(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Location | null> {
    const found = await this.at(document, position);
    return found && new vscode.Location(document.uri, rangeOf(document, found.given));
  }

  async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
  ): Promise<vscode.Location[]> {
    const found = await this.at(document, position);
    const places = found?.places.filter(({ start }) => includeDeclaration || start !== found.given.start) ?? [];
    return places.map((span) => new vscode.Location(document.uri, rangeOf(document, span)));
  }

  async provideDocumentHighlights(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.DocumentHighlight[]> {
    const found = await this.at(document, position);
    return (found?.places ?? []).map(
      (span) =>
        new vscode.DocumentHighlight(
          rangeOf(document, span),
          span.start === found?.given.start ? vscode.DocumentHighlightKind.Write : vscode.DocumentHighlightKind.Read,
        ),
    );
  }

  async prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<{ range: vscode.Range; placeholder: string }> {
    const found = await this.at(document, position);
    const offset = document.offsetAt(position);
    const span = found?.places.find(({ start, end }) => start <= offset && offset <= end);
    if (!found || !span) throw new Error(vscode.l10n.t('There is no name here that could be changed.'));
    return { range: rangeOf(document, span), placeholder: found.name };
  }

  async provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    to: string,
  ): Promise<vscode.WorkspaceEdit> {
    const offset = document.offsetAt(position);
    const snapshot = await this.texts.current(document);
    if (!snapshot) return new vscode.WorkspaceEdit();
    const edits = rename(snapshot, offset, to);
    // VS Code shows what is thrown beside the box that asked.
    if (typeof edits === 'string') throw new Error(edits);
    return workspaceEdit(document, edits);
  }

  private async at(document: vscode.TextDocument, position: vscode.Position): Promise<NameSites | null> {
    const offset = document.offsetAt(position);
    const snapshot = await this.texts.current(document);
    return snapshot && nameAt(snapshot, offset);
  }
}
