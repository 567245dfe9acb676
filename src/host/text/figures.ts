import * as vscode from 'vscode';
import { hover } from '../../core/language/hover';
import { inlays } from '../../core/language/inlays';
import { totals } from '../../core/language/lens';
import { rangeOf } from './convert';
import { isCurrent } from './language';
import { hoverText } from './markdown';
import type { Texts } from './texts';

/** Figures beside the text: hints behind lines, cards under the pointer, totals over the input. */
export class Figures implements vscode.InlayHintsProvider, vscode.HoverProvider, vscode.CodeLensProvider {
  constructor(private readonly texts: Texts) {}

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const hints = inlays(this.texts.read(document), document.offsetAt(range.start), document.offsetAt(range.end));
    return hints.map(({ offset, text }) => {
      const hint = new vscode.InlayHint(document.positionAt(offset), text);
      hint.paddingLeft = true;
      return hint;
    });
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | null {
    const found = hover(this.texts.read(document), document.offsetAt(position));
    return found && new vscode.Hover(hoverText(found), rangeOf(document, found.span));
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const { offset, text } = totals(this.texts.read(document));
    const range = rangeOf(document, { start: offset, end: offset });
    const lens = (title: string, command: string): vscode.CodeLens =>
      new vscode.CodeLens(range, { title, command, arguments: [document.uri] });
    if (!isCurrent(document)) return [lens(text, '')];
    return [
      lens(text, ''),
      lens(vscode.l10n.t('Open Graph'), 'convlens.openGraph'),
      lens(vscode.l10n.t('Run'), 'convlens.runImage'),
      lens(vscode.l10n.t('Export as ONNX'), 'convlens.exportOnnx'),
    ];
  }
}
