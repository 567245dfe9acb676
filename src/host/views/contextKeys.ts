import * as vscode from 'vscode';
import type { Panels } from '../editor/panels';

/** Tells VS Code which commands make sense for the model in front. */
export function contextKeys(panels: Panels): vscode.Disposable {
  let asked = 0;
  let told: boolean | null = null;
  async function tell(): Promise<void> {
    const mine = ++asked;
    const several = await panels.active?.document.analysis().then(
      ({ scene }) => scene.header.fieldInput !== null,
      () => false,
    );
    if (mine !== asked || several === told) return;
    told = several ?? false;
    await vscode.commands.executeCommand('setContext', 'convlens.severalInputs', told);
  }
  void tell();
  return panels.onDidChangeActive(() => void tell());
}
