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
  readonly onDidChangeInlayHints: vscode.Event<void>;
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(private readonly texts: Texts) {
    this.onDidChangeInlayHints = texts.onDidCatchUp;
    this.onDidChangeCodeLenses = texts.onDidCatchUp;
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlayHint[]> {
    const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    const near = await this.texts.near(document);
    if (!near || token.isCancellationRequested) return [];
    const { snapshot, shift } = near;
    return inlays(snapshot, shift.nearestBefore(from), shift.nearestBefore(to)).flatMap(({ offset, text }) => {
      const place = shift.toAfter(offset);
      if (place === null) return [];
      const hint = new vscode.InlayHint(document.positionAt(place), text);
      hint.paddingLeft = true;
      return [hint];
    });
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | null> {
    const offset = document.offsetAt(position);
    const near = await this.texts.near(document);
    const before = near?.shift.toBefore(offset) ?? null;
    if (!near || before === null) return null;
    const found = hover(near.snapshot, before);
    if (!found) return null;
    const [start, end] = [near.shift.toAfter(found.span.start), near.shift.toAfter(found.span.end)];
    const range = start === null || end === null ? undefined : rangeOf(document, { start, end });
    return new vscode.Hover(hoverText(found), range);
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const near = await this.texts.near(document);
    if (!near) return [];
    const { offset, text } = totals(near.snapshot);
    const place = near.shift.toAfter(offset) ?? 0;
    const range = rangeOf(document, { start: place, end: place });
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
