import * as vscode from 'vscode';
import type { Services } from '../editor/services';
import type { Texts } from '../text/texts';
import { openInBackground } from './background';
import { ComparePanel, type OpenModel } from './comparePanel';

const VIEW_TYPE = 'convlens.compare';

/** Pages that compare two models, one for each pair. */
export class Comparisons implements vscode.WebviewPanelSerializer {
  private readonly open = new Set<{
    readonly panel: vscode.WebviewPanel;
    shows(before: vscode.Uri, after: vscode.Uri): boolean;
  }>();

  constructor(
    private readonly services: Services,
    private readonly texts: Texts,
  ) {}

  register(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this);
  }

  /** Pages that can be seen now. */
  get inView(): number {
    return [...this.open].filter(({ panel }) => panel.visible).length;
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
    let [shown, closed]: [ComparePanel | null, boolean] = [null, false];
    const one = {
      panel,
      // Asked for twice, the first may not be read yet.
      shows: (a: vscode.Uri, b: vscode.Uri): boolean =>
        shown ? shown.shows(a, b) : a.toString() === before.toString() && b.toString() === after.toString(),
    };
    this.open.add(one);
    panel.onDidDispose(() => {
      closed = true;
      this.open.delete(one);
    });
    void Promise.all([this.model(before), this.model(after)]).then((models) => {
      if (closed) for (const model of models) model.dispose();
      else shown = new ComparePanel(this.services, models, panel, (uri) => this.model(uri));
    });
  }

  private model(uri: vscode.Uri): Promise<OpenModel> {
    return openInBackground(this.services, this.texts, uri);
  }
}
