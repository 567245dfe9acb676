import * as vscode from 'vscode';
import { uriOf, type Workbench } from '../commands/open';
import { commandIn } from '../commands/register';
import type { Comparisons } from './comparisons';
import type { SideBySide } from './sideBySide';

const MODELS = '**/*.{onnx,cnn.yaml,cnn.yml}';
/** Files of the workspace that are offered. */
const MOST_OFFERED = 500;

/** What VS Code's Explorer has for texts, for models: one now and another later, or two at once. */
export function compareCommands(bench: Workbench, comparisons: Comparisons, sideBySide: SideBySide): vscode.Disposable {
  const register = commandIn(bench.services);
  let first: vscode.Uri | null = null;
  return vscode.Disposable.from(
    register('convlens.selectForCompare', async (argument) => {
      first = uriOf(argument) ?? bench.panels.active?.document.uri ?? null;
      await vscode.commands.executeCommand('setContext', 'convlens.selectedForCompare', first !== null);
    }),
    register('convlens.compareWithSelected', (argument) => {
      const second = uriOf(argument) ?? bench.panels.active?.document.uri;
      if (first && second) comparisons.show(first, second);
    }),
    register('convlens.compareSelected', (argument, selected) => {
      const [before, after] = Array.isArray(selected) ? selected.map(uriOf) : [];
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

async function compareWith(comparisons: Comparisons, given: vscode.Uri | null): Promise<void> {
  const first = given ?? (await pick(vscode.l10n.t('Compare which model?'), null));
  if (!first) return;
  const name = first.path.split('/').at(-1) ?? '';
  const second = await pick(vscode.l10n.t('Compare {0} with which model?', name), first);
  if (second) comparisons.show(first, second);
}

interface FileItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri | null;
}

/** Models of the workspace, and a way to any other file. */
async function pick(title: string, but: vscode.Uri | null): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles(MODELS, '**/node_modules/**', MOST_OFFERED);
  const others = found.filter((uri) => uri.toString() !== but?.toString());
  const items: FileItem[] = others
    .map((uri) => ({
      label: uri.path.split('/').at(-1) ?? '',
      description: vscode.workspace.asRelativePath(vscode.Uri.joinPath(uri, '..')),
      uri,
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const browse: FileItem = { label: vscode.l10n.t('Another file…'), alwaysShow: true, uri: null };
  const chosen = await vscode.window.showQuickPick([...items, browse], { title, matchOnDescription: true });
  if (!chosen) return undefined;
  if (chosen.uri) return chosen.uri;
  const [file] = (await vscode.window.showOpenDialog({ title })) ?? [];
  return file;
}
