import * as vscode from 'vscode';
import { count } from '../../core/view/numbers';
import type { SceneHeader } from '../../core/view/types';
import type { Panels } from '../editor/panels';

/** `13 operators · 90.7 k parameters · 1.04 M MACs`; what is not known is left out. */
function totals({ operators, parameters, macs }: SceneHeader): string {
  return [
    vscode.l10n.t('{0} operators', count(operators)),
    vscode.l10n.t('{0} parameters', count(parameters)),
    ...(macs === null ? [] : [vscode.l10n.t('{0} MACs', count(macs))]),
  ].join(' · ');
}

/** Totals of the model in front, in VS Code's own status bar. A click opens the table they are the sums of. */
export function statusBar(panels: Panels): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('convlens.totals', vscode.StatusBarAlignment.Right, 100);
  item.name = vscode.l10n.t('Totals of the model');
  item.command = 'convlens.showLayerTable';
  /** Counts the requests: an answer that comes late is not shown. */
  let asked = 0;
  async function show(): Promise<void> {
    const mine = ++asked;
    const panel = panels.active;
    const scene = await panel?.document.analysis().then(
      (analysis) => analysis.scene,
      () => null,
    );
    if (mine !== asked) return;
    if (!panel || !scene || scene.nodes.length === 0) {
      item.hide();
      return;
    }
    const text = totals(scene.header);
    item.text = `${panel.state.running ? '$(loading~spin)' : '$(circuit-board)'} ${text}`;
    item.tooltip = vscode.l10n.t('{0}: show the layer table', scene.title);
    item.accessibilityInformation = { label: text };
    item.show();
  }
  void show();
  return vscode.Disposable.from(
    item,
    panels.onDidChangeActive(() => void show()),
  );
}
