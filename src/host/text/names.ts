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

  provideDefinition(document: vscode.TextDocument, position: vscode.Position): vscode.Location | null {
    const found = this.at(document, position);
    return found && new vscode.Location(document.uri, rangeOf(document, found.given));
  }

  provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
  ): vscode.Location[] {
    const found = this.at(document, position);
    const places = found?.places.filter(({ start }) => includeDeclaration || start !== found.given.start) ?? [];
    return places.map((span) => new vscode.Location(document.uri, rangeOf(document, span)));
  }

  provideDocumentHighlights(document: vscode.TextDocument, position: vscode.Position): vscode.DocumentHighlight[] {
    const found = this.at(document, position);
    return (found?.places ?? []).map(
      (span) =>
        new vscode.DocumentHighlight(
          rangeOf(document, span),
          span.start === found?.given.start ? vscode.DocumentHighlightKind.Write : vscode.DocumentHighlightKind.Read,
        ),
    );
  }

  prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): { range: vscode.Range; placeholder: string } {
    const found = this.at(document, position);
    const offset = document.offsetAt(position);
    const span = found?.places.find(({ start, end }) => start <= offset && offset <= end);
    if (!found || !span) throw new Error(vscode.l10n.t('There is no name here that could be changed.'));
    return { range: rangeOf(document, span), placeholder: found.name };
  }

  provideRenameEdits(document: vscode.TextDocument, position: vscode.Position, to: string): vscode.WorkspaceEdit {
    const edits = rename(this.texts.read(document), document.offsetAt(position), to);
    // VS Code shows what is thrown beside the box that asked.
    if (typeof edits === 'string') throw new Error(edits);
    return workspaceEdit(document, edits);
  }

  private at(document: vscode.TextDocument, position: vscode.Position): NameSites | null {
    return nameAt(this.texts.read(document), document.offsetAt(position));
  }
}
