import * as vscode from 'vscode';
import { registerCommands } from './commands/commands';
import type { Services } from './editor/document';
import { ModelEditorProvider } from './editor/provider';
import { sampleRoot } from './samples/sampleFiles';
import type { Platform } from './sources/sources';
import { contextKeys } from './views/contextKeys';
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
  const { provider, disposable } = ModelEditorProvider.register(services);
  context.subscriptions.push(
    log,
    problems,
    samples.disposable,
    disposable,
    registerCommands(services, provider),
    statusBar(provider),
    contextKeys(provider),
  );
}
