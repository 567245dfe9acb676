import * as vscode from 'vscode';
import { markdownSummary } from '../../core/view/summary';
import type { UiCommand } from '../../protocol/host';
import { cutHere } from '../editor/cut';
import type { ModelPanel } from '../editor/panel';
import { readWhole } from '../sources/workspaceFile';
import { exportOnnx } from '../text/export';
import { isDefinition, isDefinitionFile } from '../text/language';
import { SMALLEST } from '../text/smallest';
import { Course } from './course';
import { definitionFor, openAny, openText, uriOf, type Workbench } from './open';
import { commandIn } from './register';
import { pickSample, sampleAt } from './samples';

/** Commands that the page obeys; all need an editor in front. */
const OF_PAGE: Readonly<Record<string, Exclude<UiCommand['kind'], 'select' | 'selectGroup' | 'point'>>> = {
  'convlens.runImage': 'runImage',
  'convlens.runSampleImage': 'runSample',
  'convlens.findLayer': 'find',
  'convlens.showLayerTable': 'layers',
  'convlens.fitGraph': 'fit',
  'convlens.toggleDirection': 'toggleDirection',
  'convlens.toggleThumbnails': 'toggleThumbnails',
  'convlens.setInputSize': 'setInputSize',
  'convlens.traceUpstream': 'traceUpstream',
  'convlens.traceDownstream': 'traceDownstream',
  'convlens.highlightType': 'highlightType',
  'convlens.back': 'back',
  'convlens.forward': 'forward',
  'convlens.saveGraphSvg': 'saveGraphSvg',
  'convlens.saveGraphPng': 'saveGraphPng',
  'convlens.chooseFieldInput': 'chooseFieldInput',
};

export function registerCommands(bench: Workbench): vscode.Disposable {
  const { services } = bench;
  const register = commandIn(services);
  const course = new Course(bench);
  return vscode.Disposable.from(
    register('convlens.openModel', (argument) => openModel(bench, argument)),
    register('convlens.openFile', (argument, selected) => openFiles(bench, argument, selected)),
    register('convlens.openSample', (argument) => openSample(bench, argument)),
    register('convlens.openCourse', (chapter, how) => course.open(chapter, how === 'anew')),
    register('convlens.openGraph', (argument) => openGraph(bench, argument)),
    register('convlens.exportOnnx', async (argument) => {
      const document = await definitionFor(bench, argument);
      if (document) await exportOnnx(bench, document);
    }),
    register('convlens.cutHere', (argument) => cut(bench, argument)),
    register('convlens.newDefinition', () => newDefinition(bench)),
    register('convlens.copySummary', (argument) => copySummary(bench, argument)),
    register('convlens.showLog', () => {
      services.log.show();
      return Promise.resolve();
    }),
    ...Object.entries(OF_PAGE).map(([id, kind]) => register(id, (argument) => obey(bench, kind, argument))),
  );
}

/** The page meant: of the file handed over or the text in front, else in front, else the last one (a link of the walkthrough covers it). */
async function panelFor(bench: Workbench, argument: unknown): Promise<ModelPanel | null> {
  const { panels } = bench;
  const text = vscode.window.activeTextEditor?.document;
  const uri = uriOf(argument) ?? (text && isDefinition(text) ? text.uri : null);
  const panel = uri ? await openAny(bench, uri) : panels.active;
  if (panel) return panel;
  const { last } = panels;
  if (last) {
    last.panel.reveal();
    return last;
  }
  const sample = vscode.l10n.t('Open a sample');
  const first = vscode.l10n.t('This needs a model that is open.');
  if ((await vscode.window.showInformationMessage(first, sample)) === sample) await openSample(bench, undefined);
  return null;
}

async function obey(bench: Workbench, kind: (typeof OF_PAGE)[string], argument: unknown): Promise<void> {
  (await panelFor(bench, argument))?.command({ kind });
}

async function openModel(bench: Workbench, argument: unknown): Promise<void> {
  const given = uriOf(argument);
  const chosen = given
    ? [given]
    : await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Open a model'),
        canSelectMany: true,
        filters: {
          ONNX: ['onnx'],
          [vscode.l10n.t('Network definitions')]: ['cnn.yaml', 'cnn.yml'],
          [vscode.l10n.t('All files')]: ['*'],
        },
      });
  for (const uri of chosen ?? []) await openAny(bench, uri);
}

/** Menus of the Explorer hand over the file clicked and all that are selected. */
async function openFiles(bench: Workbench, argument: unknown, selected: unknown): Promise<void> {
  const all = Array.isArray(selected) ? selected.map(uriOf) : [];
  const uris = all.length > 0 ? all : [uriOf(argument)];
  for (const uri of uris) if (uri) await openAny(bench, uri);
}

async function openGraph(bench: Workbench, argument: unknown): Promise<void> {
  const document = await definitionFor(bench, argument);
  if (document) await bench.graphs.open(document.uri);
}

async function openSample(bench: Workbench, argument: unknown): Promise<void> {
  const sample = sampleAt(argument) ?? (await pickSample());
  if (!sample) return;
  const uri = vscode.Uri.joinPath(bench.services.sampleRoot, sample.path);
  if (!isDefinitionFile(uri)) {
    await openAny(bench, uri);
    return;
  }
  // A copy: it is there to be changed, and what came with the extension stays as it is.
  await openText(bench, new TextDecoder().decode(await readWhole(uri)));
}

async function cut(bench: Workbench, argument: unknown): Promise<void> {
  const panel = await panelFor(bench, argument);
  const selection = panel?.state.selection ?? null;
  if (panel && selection !== null) await cutHere(panel.document, selection);
  else if (panel) void vscode.window.showInformationMessage(vscode.l10n.t('Select the layer to cut behind first.'));
}

/** A small net to change, in a text of its own that is not saved yet. */
async function newDefinition(bench: Workbench): Promise<void> {
  await openText(bench, SMALLEST);
}

async function copySummary(bench: Workbench, argument: unknown): Promise<void> {
  const panel = await panelFor(bench, argument);
  if (!panel) return;
  const { facts, scene } = await panel.document.analysis();
  await vscode.env.clipboard.writeText(markdownSummary(facts, scene));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Summary of {0} copied', panel.document.name), 4000);
}
