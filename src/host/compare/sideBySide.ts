import * as vscode from 'vscode';
import { compareModels, type Comparison } from '../../core/compare';
import { markedScene } from '../../core/compare/union';
import type { ModelPanel } from '../editor/panel';
import type { Panels } from '../editor/panels';
import type { Services } from '../editor/services';

interface Linked {
  readonly before: ModelPanel;
  readonly after: ModelPanel;
}

/**
 * VS Code shows a diff of files with custom editors as two editors in one group, which is told nowhere: two pages that are seen in
 * one column at the same time are one. They are linked: marks on both, and one selection.
 */
export class SideBySide {
  private linked: (Linked & { readonly stop: vscode.Disposable }) | null = null;
  private told: boolean | null = null;

  constructor(
    private readonly services: Services,
    private readonly panels: Panels,
  ) {}

  /** The two that are seen side by side now. */
  get current(): Linked | null {
    return this.linked;
  }

  register(): vscode.Disposable {
    const changed = this.panels.onDidChangeActive(() => this.look());
    return vscode.Disposable.from(changed, new vscode.Disposable(() => void this.linked?.stop.dispose()));
  }

  private look(): void {
    const pair = this.find();
    if (pair?.before === this.linked?.before && pair?.after === this.linked?.after) return;
    this.linked?.stop.dispose();
    this.linked = pair && { ...pair, stop: this.link(pair) };
    const inDiff = pair !== null;
    if (inDiff === this.told) return;
    this.told = inDiff;
    void vscode.commands.executeCommand('setContext', 'convlens.diff', inDiff);
  }

  /** The one that was opened first is the original: VS Code resolves it first. */
  private find(): Linked | null {
    const columns = new Map<vscode.ViewColumn, ModelPanel[]>();
    for (const page of this.panels.list) {
      const { visible, viewColumn } = page.panel;
      if (!visible || viewColumn === undefined) continue;
      columns.set(viewColumn, [...(columns.get(viewColumn) ?? []), page]);
    }
    for (const [one, other, more] of columns.values()) {
      if (!one || !other || more) continue;
      // The file as it was is read out of version control.
      return other.document.uri.scheme === 'git' && one.document.uri.scheme !== 'git'
        ? { before: other, after: one }
        : { before: one, after: other };
    }
    return null;
  }

  private link({ before, after }: Linked): vscode.Disposable {
    let comparison: Comparison | null = null;
    let serial = 0;
    const compare = async (): Promise<void> => {
      const mine = ++serial;
      const [one, other] = await Promise.all([before.document.analysis(), after.document.analysis()]);
      if (mine !== serial) return;
      comparison = compareModels(one.drawing, other.drawing);
      await Promise.all([before.whenOpen, after.whenOpen]);
      if (mine !== serial) return;
      void before.tell(markedScene(one.scene, comparison, 'before'));
      void after.tell(markedScene(other.scene, comparison, 'after'));
    };
    const again = (): void =>
      void compare().catch((error: unknown) => this.services.log.warn(`Side by side: ${String(error)}`));
    const follow = (from: ModelPanel, to: ModelPanel, side: 'before' | 'after'): vscode.Disposable =>
      from.onDidChoose((node) => {
        const pair = comparison?.pairs.find((one) => one[side] === node);
        if (pair) to.command({ kind: 'point', node: side === 'before' ? pair.after : pair.before });
      });
    again();
    return vscode.Disposable.from(
      before.document.onDidChange(again),
      after.document.onDidChange(again),
      follow(before, after, 'before'),
      follow(after, before, 'after'),
      {
        dispose: () => {
          serial++;
          // Whoever looks at one of them alone again sees it without marks.
          for (const page of [before, after]) void unmark(page).catch(() => undefined);
        },
      },
    );
  }
}

async function unmark(page: ModelPanel): Promise<void> {
  const { scene } = await page.document.analysis();
  await page.tell(scene);
}
