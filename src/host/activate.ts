import * as vscode from 'vscode';
import { registerCommands } from './commands/commands';
import { openInBackground } from './compare/background';
import { compareCommands } from './compare/commands';
import { Comparisons } from './compare/comparisons';
import { SideBySide } from './compare/sideBySide';
import { Panels } from './editor/panels';
import { ModelEditorProvider } from './editor/provider';
import type { Services } from './editor/services';
import { lookForOrphans } from './orphans';
import { sampleRoot } from './samples/sampleFiles';
import type { Platform } from './sources/sources';
import { Graphs } from './text/graphs';
import { registerLanguage } from './text/register';
import { Texts } from './text/texts';
import { contextKeys } from './views/contextKeys';
import { LayersView } from './views/layers';
import { statusBar } from './views/statusBar';

/** Puts the extension together; what differs between desktop and browser comes in as `platform`. */
export function activateWith(context: vscode.ExtensionContext, platform: Platform): void {
  const log = vscode.window.createOutputChannel('ConvLens', { log: true });
  const problems = vscode.languages.createDiagnosticCollection('convlens');
  const samples = sampleRoot(context, platform.extensionIsRemote);
  const services: Services = {
    platform,
    log,
    problems,
    extensionUri: context.extensionUri,
    sampleRoot: samples.root,
    memory: context.workspaceState,
  };
  const texts = new Texts();
  const panels = new Panels((uri) => openInBackground(services, texts, uri));
  const editors = new ModelEditorProvider(services, panels);
  const graphs = new Graphs(services, texts, panels);
  const bench = { services, editors, graphs, texts, panels };
  const comparisons = new Comparisons(services, texts);
  const sideBySide = new SideBySide(services, panels);
  context.subscriptions.push(
    log,
    problems,
    samples.disposable,
    texts,
    registerLanguage(texts, problems),
    editors.register(),
    graphs.register(),
    registerCommands(bench),
    comparisons.register(),
    sideBySide.register(),
    compareCommands(bench, comparisons, sideBySide),
    statusBar(panels),
    contextKeys(panels),
    new LayersView(services, panels).register(),
    lookForOrphans(() => panels.list.filter(({ panel }) => panel.visible).length + comparisons.inView),
  );
}
