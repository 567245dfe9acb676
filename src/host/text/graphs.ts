import * as vscode from 'vscode';
import { ModelPanel } from '../editor/panel';
import type { Panels } from '../editor/panels';
import type { Services } from '../editor/services';
import { DefinitionModel } from './definitionModel';
import { Follower } from './follow';
import type { Texts } from './texts';

const VIEW_TYPE = 'convlens.graph';

/** Graphs beside their texts: one for each text. */
export class Graphs implements vscode.WebviewPanelSerializer {
  constructor(
    private readonly services: Services,
    private readonly texts: Texts,
    private readonly panels: Panels,
  ) {}

  register(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this);
  }

  /** Opens the graph of a text beside it, or shows the one there is; the text is opened too where nobody sees it. */
  async open(uri: vscode.Uri): Promise<ModelPanel> {
    const there = this.panels.of(uri);
    if (there) {
      there.panel.reveal(undefined, true);
      return there;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await this.inFront(document);
    // Asked for twice, it was opened meanwhile.
    const model = await DefinitionModel.open(document, this.texts, this.services);
    const twin = this.panels.of(document.uri);
    if (twin) {
      model.dispose();
      return twin;
    }
    const view = vscode.window.createWebviewPanel(
      VIEW_TYPE,
      this.title(uri),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      // The page keeps what ran.
      { retainContextWhenHidden: true },
    );
    const shown = this.show(model, view);
    shown.follower.toGraph(editor);
    return shown.panel;
  }

  /** After the window was loaded again. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const place = typeof state === 'object' && state !== null && 'place' in state ? state.place : null;
    const view = { closed: false };
    panel.onDidDispose(() => (view.closed = true));
    try {
      if (typeof place !== 'string') throw new Error('nothing was kept of it');
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(place, true));
      const model = await DefinitionModel.open(document, this.texts, this.services);
      if (view.closed) model.dispose();
      else this.show(model, panel);
    } catch (error) {
      this.services.log.warn(`A graph could not be opened again: ${String(error)}`);
      panel.dispose();
    }
  }

  private show(
    model: DefinitionModel,
    view: vscode.WebviewPanel,
  ): { readonly panel: ModelPanel; readonly follower: Follower } {
    view.title = this.title(model.uri);
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(this.services.extensionUri, 'media', `graph-${theme}.svg`);
    view.iconPath = { light: icon('light'), dark: icon('dark') };
    const panel = new ModelPanel(model, view, this.panels.models);
    const follower = new Follower(model, panel);
    this.panels.add(panel);
    model.onDidMove(() => {
      view.title = this.title(model.uri);
    });
    view.onDidDispose(() => {
      follower.dispose();
      model.dispose();
    });
    return { panel, follower };
  }

  private async inFront(document: vscode.TextDocument): Promise<vscode.TextEditor> {
    const { activeTextEditor: active, visibleTextEditors } = vscode.window;
    if (active?.document === document) return active;
    const seen = visibleTextEditors.find((editor) => editor.document === document);
    return vscode.window.showTextDocument(document, {
      preview: false,
      viewColumn: seen?.viewColumn ?? vscode.ViewColumn.Active,
    });
  }

  private title(uri: vscode.Uri): string {
    return vscode.l10n.t('Graph of {0}', uri.path.split('/').at(-1) ?? '');
  }
}
