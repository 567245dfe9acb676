import * as vscode from 'vscode';
import { completionsIn, type Completion } from '../../core/language/completion';
import { Lines } from '../../core/language/lines';
import { rangeOf } from './convert';
import { prose } from './markdown';
import type { Texts } from './texts';

const KINDS: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  layer: vscode.CompletionItemKind.Class,
  block: vscode.CompletionItemKind.Module,
  option: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  name: vscode.CompletionItemKind.Reference,
  setting: vscode.CompletionItemKind.Field,
  parameter: vscode.CompletionItemKind.Variable,
};

/** Layers, keys, names and values that could stand at the cursor, each explained. */
export class Completions implements vscode.CompletionItemProvider {
  /** Behind these something of a closed list follows. */
  static readonly triggers = [' ', '-', ':', '[', ',', '$'];

  constructor(private readonly texts: Texts) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const [lines, offset] = [new Lines(document.getText()), document.offsetAt(position)];
    const near = await this.texts.near(document);
    if (!near) return [];
    const found = completionsIn(lines, offset, near.snapshot, near.shift.nearestBefore(offset));
    return found.map((completion, index) => {
      const item = new vscode.CompletionItem(completion.label, KINDS[completion.kind]);
      item.detail = completion.detail;
      item.documentation = prose(completion.doc);
      item.insertText = new vscode.SnippetString(completion.insert);
      item.range = rangeOf(document, completion.span);
      // Ours is the order, likeliest first.
      item.sortText = String(index).padStart(4, '0');
      if (completion.more) item.command = { command: 'editor.action.triggerSuggest', title: '' };
      return item;
    });
  }
}
