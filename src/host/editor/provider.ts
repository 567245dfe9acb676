import * as vscode from 'vscode';
import { ModelDocument } from './document';
import { ModelPanel } from './panel';
import type { Panels } from './panels';
import type { Services } from './services';

const VIEW_TYPE = 'convlens.model';

/** Opens model files: one document per file, one panel per editor. */
export class ModelEditorProvider implements vscode.CustomReadonlyEditorProvider<ModelDocument> {
  private readonly waiting = new Map<string, (panel: ModelPanel) => void>();

  constructor(
    private readonly services: Services,
    private readonly panels: Panels,
  ) {}

  register(): vscode.Disposable {
    return vscode.window.registerCustomEditorProvider(VIEW_TYPE, this, {
      supportsMultipleEditorsPerDocument: true,
      // The page keeps what ran: maps of a model of some size take seconds to make again.
      webviewOptions: { retainContextWhenHidden: true },
    });
  }

  openCustomDocument(uri: vscode.Uri): ModelDocument {
    return new ModelDocument(uri, this.services);
  }

  resolveCustomEditor(document: ModelDocument, webviewPanel: vscode.WebviewPanel): void {
    const panel = new ModelPanel(document, webviewPanel, this.panels.models);
    this.panels.add(panel);
    const key = document.uri.toString();
    this.waiting.get(key)?.(panel);
    this.waiting.delete(key);
  }

  /** Opens a file, or brings its editor to the front. */
  async open(uri: vscode.Uri): Promise<ModelPanel | null> {
    const key = uri.toString();
    const there = this.panels.of(uri);
    if (there) {
      there.panel.reveal();
      return there;
    }
    const opened = new Promise<ModelPanel>((resolve) => this.waiting.set(key, resolve));
    await vscode.commands.executeCommand('vscode.openWith', uri, VIEW_TYPE);
    // An editor that could not be opened says so itself; nothing waits for it.
    const panel = await Promise.race([opened, new Promise<null>((resolve) => setTimeout(() => resolve(null), 10_000))]);
    this.waiting.delete(key);
    return panel;
  }
}
