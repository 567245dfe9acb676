import * as vscode from 'vscode';
import { ModelDocument, type Services } from './document';
import { ModelPanel } from './panel';

const VIEW_TYPE = 'convlens.model';

/** Opens model files: one document per file, one panel per editor. */
export class ModelEditorProvider implements vscode.CustomReadonlyEditorProvider<ModelDocument> {
  private readonly panels = new Set<ModelPanel>();
  /** The editor that was in front last, be it covered by now. */
  last: ModelPanel | null = null;
  private readonly waiting = new Map<string, (panel: ModelPanel) => void>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** Another editor is in front, or what is known of the one in front changed. */
  readonly onDidChangeActive = this.changed.event;

  constructor(private readonly services: Services) {}

  static register(services: Services): {
    readonly provider: ModelEditorProvider;
    readonly disposable: vscode.Disposable;
  } {
    const provider = new ModelEditorProvider(services);
    const disposable = vscode.window.registerCustomEditorProvider(VIEW_TYPE, provider, {
      supportsMultipleEditorsPerDocument: true,
      // The page keeps what ran: maps of a model of some size take seconds to make again.
      webviewOptions: { retainContextWhenHidden: true },
    });
    return { provider, disposable };
  }

  openCustomDocument(uri: vscode.Uri): ModelDocument {
    return new ModelDocument(uri, this.services);
  }

  resolveCustomEditor(document: ModelDocument, webviewPanel: vscode.WebviewPanel): void {
    const panel = new ModelPanel(document, webviewPanel);
    this.panels.add(panel);
    this.last = panel;
    panel.onDidChange(() => this.changed.fire());
    webviewPanel.onDidChangeViewState(() => {
      if (webviewPanel.active) this.last = panel;
      this.changed.fire();
    });
    webviewPanel.onDidDispose(() => {
      panel.dispose();
      this.panels.delete(panel);
      if (this.last === panel) this.last = [...this.panels].at(-1) ?? null;
      this.changed.fire();
    });
    this.changed.fire();
    const key = document.uri.toString();
    this.waiting.get(key)?.(panel);
    this.waiting.delete(key);
  }

  /** The editor in front, else the one that was there last and can still be seen. */
  get active(): ModelPanel | null {
    const front = [...this.panels].find(({ panel }) => panel.active);
    return front ?? (this.last?.panel.visible ? this.last : null);
  }

  /** Opens a file, or brings its editor to the front. */
  async open(uri: vscode.Uri): Promise<ModelPanel | null> {
    const key = uri.toString();
    const there = [...this.panels].find((panel) => panel.document.uri.toString() === key);
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
