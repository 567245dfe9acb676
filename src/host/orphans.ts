import * as vscode from 'vscode';

/** Asked twice: an editor that VS Code is about to hand over is there by the second time. */
const [FIRST_LOOK_MS, SECOND_LOOK_MS] = [3000, 4000];
const OURS = /(^|-)convlens\.(model|graph|compare)$/;

/** Tabs in view that show something of ours. */
const inView = (): number =>
  vscode.window.tabGroups.all.filter(({ activeTab }) => {
    const input: unknown = activeTab?.input;
    const known = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputWebview;
    return known && OURS.test(input.viewType);
  }).length;

/**
 * Editors that outlived their extension host stay open, but VS Code asks nobody to serve them again: their pages look alive and get no
 * answers. They come back as they were when the window is loaded again, which is offered. `served`: pages in view that have a host.
 */
export function lookForOrphans(served: () => number): vscode.Disposable {
  const missing = (): boolean => inView() > served();
  let timer = setTimeout(() => {
    if (missing()) timer = setTimeout(() => void (missing() && offer()), SECOND_LOOK_MS);
  }, FIRST_LOOK_MS);
  return new vscode.Disposable(() => clearTimeout(timer));
}

async function offer(): Promise<void> {
  const again = vscode.l10n.t('Reload Window');
  const text = vscode.l10n.t(
    'Extensions were started again, and what ConvLens shows is cut off from them. Loading the window again brings it back as it was.',
  );
  if ((await vscode.window.showWarningMessage(text, again)) === again)
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
