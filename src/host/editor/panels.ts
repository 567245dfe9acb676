import * as vscode from 'vscode';
import type { Models } from '../run/other';
import type { ModelPanel } from './panel';

/** All pages that are open, whatever they show: which one a command means, and what the status bar tells of. */
export class Panels {
  private readonly all = new Set<ModelPanel>();
  /** The page that was in front last, be it covered by now. */
  last: ModelPanel | null = null;
  private readonly changed = new vscode.EventEmitter<void>();
  /** Another page is in front, or what is known of the one in front changed. */
  readonly onDidChangeActive = this.changed.event;
  /** Those they show, and any other. */
  readonly models: Models;

  constructor(read: Models['read']) {
    this.models = { read, open: () => this.list.map(({ document }) => document) };
  }

  add(panel: ModelPanel): void {
    const { panel: view } = panel;
    this.all.add(panel);
    this.last = panel;
    panel.onDidChange(() => this.changed.fire());
    view.onDidChangeViewState(() => {
      if (view.active) this.last = panel;
      this.changed.fire();
    });
    view.onDidDispose(() => {
      panel.dispose();
      this.all.delete(panel);
      if (this.last === panel) this.last = [...this.all].at(-1) ?? null;
      this.changed.fire();
    });
    this.changed.fire();
  }

  /** The page in front, else the one that was there last and can still be seen. */
  get active(): ModelPanel | null {
    const front = [...this.all].find(({ panel }) => panel.active);
    return front ?? (this.last?.panel.visible ? this.last : null);
  }

  get list(): readonly ModelPanel[] {
    return [...this.all];
  }

  of(uri: vscode.Uri): ModelPanel | null {
    const key = uri.toString();
    return [...this.all].find((panel) => panel.document.uri.toString() === key) ?? null;
  }
}
