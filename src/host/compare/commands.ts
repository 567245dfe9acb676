import * as vscode from 'vscode';
import { uriOf, type Workbench } from '../commands/open';
import { commandIn } from '../commands/register';
import { renamed } from '../editor/renamed';
import type { Comparisons } from './comparisons';
import { pickModel } from './pickModel';
import type { SideBySide } from './sideBySide';

/** What VS Code's Explorer has for texts, for models: one now and another later, or two at once. */
export function compareCommands(bench: Workbench, comparisons: Comparisons, sideBySide: SideBySide): vscode.Disposable {
  const register = commandIn(bench.services);
  const selected = new Selected(bench.services.memory);
  return vscode.Disposable.from(
    vscode.workspace.onDidRenameFiles((event) => {
      const place = selected.get();
      const now = place && renamed(place, event);
      if (now) void selected.set(now);
    }),
    register('convlens.selectForCompare', async (argument) => {
      await selected.set(uriOf(argument) ?? bench.panels.active?.document.uri ?? null);
    }),
    register('convlens.compareWithSelected', (argument) => {
      const [first, second] = [selected.get(), uriOf(argument) ?? bench.panels.active?.document.uri ?? null];
      if (first && second) comparisons.show(first, second);
      else return compareWith(comparisons, first ?? second);
    }),
    register('convlens.compareSelected', (argument, all) => {
      const [before, after] = Array.isArray(all) ? all.map(uriOf) : [];
      if (before && after) comparisons.show(before, after);
      else return compareWith(comparisons, uriOf(argument));
    }),
    register('convlens.compareModels', (argument) =>
      compareWith(comparisons, uriOf(argument) ?? bench.panels.active?.document.uri ?? null),
    ),
    register('convlens.showComparison', () => {
      const pair = sideBySide.current;
      if (pair) comparisons.show(pair.before.document.uri, pair.after.document.uri);
      else return compareWith(comparisons, null);
    }),
  );
}

/**
 * The model that was selected for comparing. The menus go by a key that outlives the extension host when that starts again, so what
 * it stands for is kept as well.
 */
class Selected {
  private static readonly KEY = 'selectedForCompare';

  constructor(private readonly memory: vscode.Memento) {
    void this.tell();
  }

  get(): vscode.Uri | null {
    const kept = this.memory.get<unknown>(Selected.KEY);
    return typeof kept === 'string' ? vscode.Uri.parse(kept, true) : null;
  }

  async set(uri: vscode.Uri | null): Promise<void> {
    await this.memory.update(Selected.KEY, uri?.toString());
    await this.tell();
  }

  private async tell(): Promise<void> {
    await vscode.commands.executeCommand('setContext', 'convlens.selectedForCompare', this.get() !== null);
  }
}

async function compareWith(comparisons: Comparisons, given: vscode.Uri | null): Promise<void> {
  const first = given ?? (await pickModel(vscode.l10n.t('Compare which model?'), null));
  if (!first) return;
  const name = first.path.split('/').at(-1) ?? '';
  const second = await pickModel(vscode.l10n.t('Compare {0} with which model?', name), first);
  if (second) comparisons.show(first, second);
}
