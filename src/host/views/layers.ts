import * as vscode from 'vscode';
import { placeOfNode } from '../../core/view/bodies';
import { outlineOf, type Outline, type OutlineItem } from '../../core/view/outline';
import { sourceFrames } from '../../core/view/sourceFrames';
import { commandIn } from '../commands/register';
import type { ModelPanel } from '../editor/panel';
import type { Panels } from '../editor/panels';
import type { Services } from '../editor/services';
import type { Analysis } from '../editor/reading';
import { revealSource } from './revealSource';

const VIEW = 'convlens.layers';

const ICONS = { group: 'symbol-namespace', node: 'symbol-method', range: 'ellipsis' } as const;

interface Shown {
  readonly panel: ModelPanel;
  readonly analysis: Analysis;
  readonly outline: Outline;
}

/** Modules and operators of the model in front, in VS Code's own tree; one selection with the graph. */
export class LayersView implements vscode.TreeDataProvider<OutlineItem> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private shown: Shown | null = null;
  private tree: vscode.TreeView<OutlineItem> | null = null;
  private selected: number | null = null;
  private asked = 0;
  /** Layers that are being selected in the tree from here: what the tree tells of them is no choice of the person. */
  private readonly put = new Set<number>();
  /** Entries that VS Code was given. */
  private readonly given = new WeakSet();

  constructor(
    private readonly services: Services,
    private readonly panels: Panels,
  ) {}

  register(): vscode.Disposable {
    const tree = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.tree = tree;
    const register = commandIn(this.services);
    void this.look();
    return vscode.Disposable.from(
      tree,
      this.changed,
      this.panels.onDidChangeActive(() => void this.look()),
      tree.onDidChangeVisibility(() => this.point(true)),
      tree.onDidChangeSelection(({ selection: [item] }) => {
        if (item && !(item.kind === 'node' && this.put.has(item.node))) this.show(item);
      }),
      register('convlens.revealInOutline', async () => {
        await vscode.commands.executeCommand(`${VIEW}.focus`);
        this.point(true);
      }),
      register('convlens.showInGraph', (argument) => {
        const item = this.itemOf(argument);
        if (!item || !this.shown) return;
        this.shown.panel.panel.reveal();
        this.show(item);
      }),
      register('convlens.revealInSource', (argument) => this.reveal(argument)),
    );
  }

  getChildren(item?: OutlineItem): OutlineItem[] {
    const entries = [...(this.shown?.outline.children(item ?? null) ?? [])];
    for (const entry of entries) this.given.add(entry);
    return entries;
  }

  getParent(item: OutlineItem): OutlineItem | null {
    const parent = this.shown?.outline.parent(item) ?? null;
    if (parent) this.given.add(parent);
    return parent;
  }

  getTreeItem(item: OutlineItem): vscode.TreeItem {
    const { outline, analysis } = this.shown!;
    const { label, description, tooltip, spoken } = outline.row(item);
    const leaf = item.kind === 'node';
    const state = leaf ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed;
    const entry = new vscode.TreeItem(label, state);
    entry.id = outline.id(item);
    entry.description = description;
    // A plain text: what a model says is no Markdown.
    entry.tooltip = tooltip;
    entry.iconPath = new vscode.ThemeIcon(ICONS[item.kind]);
    entry.accessibilityInformation = { label: spoken };
    const place = leaf ? placeOfNode(analysis.drawing, item.node) : null;
    const node = place?.drawing.facts.graph.nodes[place.id];
    entry.contextValue = node && sourceFrames(node).length ? 'nodeWithSource' : item.kind;
    return entry;
  }

  /** The model in front may be another one, or another selection be made in it. */
  private async look(): Promise<void> {
    const mine = ++this.asked;
    const panel = this.panels.active;
    const analysis = await panel?.document.analysis().catch(() => undefined);
    if (mine !== this.asked) return;
    if (panel?.document !== this.shown?.panel.document || analysis !== this.shown?.analysis) {
      this.shown =
        panel && analysis ? { panel, analysis, outline: outlineOf(analysis.scene, analysis.facts.graph.order) } : null;
      this.selected = null;
      if (this.tree) this.tree.description = panel?.document.name ?? '';
      this.changed.fire(undefined);
    } else if (panel && this.shown) this.shown = { ...this.shown, panel };
    this.point(false);
  }

  /** The selection of the page in the tree; nothing is opened behind anybody's back. */
  private point(again: boolean): void {
    const { shown, tree } = this;
    const selection = shown?.panel.state.selection ?? null;
    if (!shown || !tree?.visible || selection === null || (selection === this.selected && !again)) return;
    const node = shown.analysis.scene.nodes[selection];
    if (!node || node.plumbing) return;
    this.selected = selection;
    const failed = (error: unknown): void => this.services.log.warn(`Layers: ${String(error)}`);
    this.put.add(selection);
    // The tree's own event comes before this is done.
    const entry: OutlineItem = { kind: 'node', node: selection };
    this.given.add(entry);
    tree
      .reveal(entry, { select: true, focus: false })
      .then(undefined, failed)
      .then(() => this.put.delete(selection));
  }

  /** The selection of the tree in the page. */
  private show(item: OutlineItem): void {
    const panel = this.shown?.panel;
    if (!panel || item.kind === 'range') return;
    if (item.kind === 'group') panel.command({ kind: 'selectGroup', group: item.group });
    else if (item.node !== panel.state.selection) {
      this.selected = item.node;
      panel.command({ kind: 'select', node: item.node });
    }
  }

  /** Menus of the tree hand over one of its entries; anybody may hand over anything. */
  private entryOf(argument: unknown): OutlineItem | null {
    return typeof argument === 'object' && argument !== null && this.given.has(argument)
      ? (argument as OutlineItem)
      : null;
  }

  private itemOf(argument: unknown): OutlineItem | null {
    return this.entryOf(argument) ?? this.tree?.selection[0] ?? null;
  }

  private async reveal(argument: unknown): Promise<void> {
    const { shown } = this;
    const given = this.entryOf(argument);
    const node = given?.kind === 'node' ? given.node : (shown?.panel.state.selection ?? null);
    if (!shown || node === null) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Select a layer first.'));
      return;
    }
    await revealSource(shown.panel.document, node);
  }
}
