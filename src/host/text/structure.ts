import * as vscode from 'vscode';
import { folds } from '../../core/language/folding';
import { formatEdits } from '../../core/language/format';
import { Lines } from '../../core/language/lines';
import { outline, type Symbol } from '../../core/language/outline';
import { editsOf, rangeOf } from './convert';
import type { Texts } from './texts';

const KINDS: Readonly<Record<Symbol['kind'], vscode.SymbolKind>> = {
  setting: vscode.SymbolKind.Field,
  block: vscode.SymbolKind.Module,
  layer: vscode.SymbolKind.Class,
  join: vscode.SymbolKind.Operator,
  head: vscode.SymbolKind.Event,
};

function symbolOf(document: vscode.TextDocument, own: Symbol): vscode.DocumentSymbol {
  const { name, detail, kind, span, selection, children } = own;
  const symbol = new vscode.DocumentSymbol(
    name,
    detail,
    KINDS[kind],
    rangeOf(document, span),
    rangeOf(document, selection),
  );
  symbol.children = children.map((child) => symbolOf(document, child));
  return symbol;
}

/** Outline, folding and layout of a text. */
export class Structure
  implements vscode.DocumentSymbolProvider, vscode.FoldingRangeProvider, vscode.DocumentFormattingEditProvider
{
  constructor(private readonly texts: Texts) {}

  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const snapshot = await this.texts.current(document);
    return (snapshot ? outline(snapshot) : []).map((symbol) => symbolOf(document, symbol));
  }

  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    return folds(new Lines(document.getText())).map(
      ({ first, last, kind }) =>
        new vscode.FoldingRange(
          first,
          last,
          kind === 'comment' ? vscode.FoldingRangeKind.Comment : vscode.FoldingRangeKind.Region,
        ),
    );
  }

  provideDocumentFormattingEdits(document: vscode.TextDocument): vscode.TextEdit[] {
    return editsOf(document, formatEdits(document.getText()));
  }
}
