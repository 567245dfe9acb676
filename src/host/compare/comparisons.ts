import * as vscode from 'vscode';
import { ModelDocument } from '../editor/document';
import type { Services } from '../editor/services';
import { ComparePanel, type OpenModel } from './comparePanel';

const VIEW_TYPE = 'convlens.compare';

/** Pages that compare two models, one for each pair. */
export class Comparisons implements vscode.WebviewPanelSerializer {
  private readonly open = new Set<{
    readonly panel: vscode.WebviewPanel;
    shows(before: vscode.Uri, after: vscode.Uri): boolean;
  }>();

  constructor(private readonly services: Services) {}

  register(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this);
  }

  show(before: vscode.Uri, after: vscode.Uri): void {
    const there = [...this.open].find((one) => one.shows(before, after));
    if (there) {
      there.panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, 'ConvLens', vscode.ViewColumn.Active, {
      retainContextWhenHidden: true,
    });
    this.fill(panel, before, after);
  }

  /** After the window was loaded again. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const places = typeof state === 'object' && state !== null && 'places' in state ? state.places : null;
    const [before, after] = Array.isArray(places) ? (places as readonly unknown[]) : [];
    if (typeof before === 'string' && typeof after === 'string')
      this.fill(panel, vscode.Uri.parse(before, true), vscode.Uri.parse(after, true));
    else panel.dispose();
    return Promise.resolve();
  }

  private fill(panel: vscode.WebviewPanel, before: vscode.Uri, after: vscode.Uri): void {
    // What is wrong with a file is told where it is open by itself.
    const quiet: Services = { ...this.services, problems: null };
    const model = (uri: vscode.Uri): OpenModel => new ModelDocument(uri, quiet);
    const shown = new ComparePanel(this.services, [model(before), model(after)], panel, (uri) =>
      Promise.resolve(model(uri)),
    );
    this.open.add(shown);
    panel.onDidDispose(() => this.open.delete(shown));
  }
}
