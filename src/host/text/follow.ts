import * as vscode from 'vscode';
import { nodeAt, spanOfNode } from '../../core/language/selection';
import type { ModelPanel } from '../editor/panel';
import { rangeOf } from './convert';
import type { DefinitionModel } from './definitionModel';

/** Keeps the cursor of a text and the selection of its graph on the same layer; neither takes the focus from the other. */
export class Follower {
  /** Where the cursor was put from here: no move of the person. */
  private put: vscode.Position | null = null;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly model: DefinitionModel,
    private readonly panel: ModelPanel,
  ) {
    this.disposables = [
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (this.isOurs(textEditor)) this.toGraph(textEditor);
      }),
      // After a change the cursor still stands in its layer, whose number may be another; after one of comments, in another layer.
      model.onDidRead(() => {
        const editor = vscode.window.activeTextEditor;
        if (editor && this.isOurs(editor)) this.toGraph(editor);
      }),
      panel.onDidChoose((node) => this.toText(node)),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** Shows the layer in which the cursor stands. */
  toGraph({ document, selection }: vscode.TextEditor): void {
    const { active } = selection;
    if (this.put?.isEqual(active)) return;
    this.put = null;
    // The graph is of an older text: once it has caught up, this is asked again.
    if (document.getText() !== this.model.read.source) return;
    const current = this.panel.state.selection;
    const node = nodeAt(this.model.read, document.offsetAt(active), current);
    if (node !== null && node !== current) this.panel.command({ kind: 'point', node });
  }

  /** Puts the cursor into the line of a layer, wherever its text can be seen. */
  private toText(node: number): void {
    const span = spanOfNode(this.model.read, node);
    if (!span) return;
    for (const editor of vscode.window.visibleTextEditors) {
      if (!this.isOurs(editor) || editor.document.getText() !== this.model.read.source) continue;
      const range = rangeOf(editor.document, span);
      // A person who has the cursor in that layer keeps it where it is.
      if (!range.contains(editor.selection.active)) {
        this.put = range.start;
        editor.selection = new vscode.Selection(range.start, range.start);
      }
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  private isOurs({ document }: vscode.TextEditor): boolean {
    return document.uri.toString() === this.model.uri.toString();
  }
}
