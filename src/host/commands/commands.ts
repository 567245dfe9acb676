import * as vscode from 'vscode';
import { markdownSummary } from '../../core/view/summary';
import type { UiCommand } from '../../protocol/host';
import type { Services } from '../editor/document';
import type { ModelPanel } from '../editor/panel';
import type { ModelEditorProvider } from '../editor/provider';
import { SAMPLE_MODELS, type SampleModel } from '../samples/manifest';

/** Commands that the page obeys; all need an editor in front. */
const OF_PAGE: Readonly<Record<string, UiCommand['kind']>> = {
  'convlens.runImage': 'runImage',
  'convlens.runSampleImage': 'runSample',
  'convlens.findLayer': 'find',
  'convlens.showLayerTable': 'layers',
  'convlens.fitGraph': 'fit',
  'convlens.toggleDirection': 'toggleDirection',
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

export function registerCommands(services: Services, editors: ModelEditorProvider): vscode.Disposable {
  const register = (id: string, run: (argument: unknown, selected: unknown) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (argument: unknown, selected: unknown) => {
      try {
        await run(argument, selected);
      } catch (error) {
        services.log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        const reason = error instanceof Error ? error.message : String(error);
        void vscode.window.showErrorMessage(vscode.l10n.t('ConvLens could not do that: {0}', reason));
      }
    });
  return vscode.Disposable.from(
    register('convlens.openModel', (argument) => openModel(editors, argument)),
    register('convlens.openFile', (argument, selected) => openFiles(editors, argument, selected)),
    register('convlens.openSample', (argument) => openSample(services, editors, argument)),
    register('convlens.copySummary', (argument) => copySummary(services, editors, argument)),
    register('convlens.showLog', () => {
      services.log.show();
      return Promise.resolve();
    }),
    ...Object.entries(OF_PAGE).map(([id, kind]) => register(id, (argument) => obey(services, editors, kind, argument))),
  );
}

/** Menus hand over the file they belong to; anybody may hand over anything. */
const uriOf = (argument: unknown): vscode.Uri | null => (argument instanceof vscode.Uri ? argument : null);

/** The editor meant: of the file handed over, else in front, else the last one (a link of the walkthrough covers it). */
async function panelFor(
  services: Services,
  editors: ModelEditorProvider,
  argument: unknown,
): Promise<ModelPanel | null> {
  const uri = uriOf(argument);
  const panel = uri ? await editors.open(uri) : editors.active;
  if (panel) return panel;
  const last = editors.last;
  if (last) {
    last.panel.reveal();
    return last;
  }
  const sample = vscode.l10n.t('Open a sample');
  const first = vscode.l10n.t('This needs a model that is open.');
  if ((await vscode.window.showInformationMessage(first, sample)) === sample) {
    await openSample(services, editors, undefined);
  }
  return null;
}

async function obey(
  services: Services,
  editors: ModelEditorProvider,
  kind: UiCommand['kind'],
  argument: unknown,
): Promise<void> {
  if (kind === 'select') return;
  (await panelFor(services, editors, argument))?.command({ kind });
}

async function openModel(editors: ModelEditorProvider, argument: unknown): Promise<void> {
  const given = uriOf(argument);
  const chosen = given
    ? [given]
    : await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Open a model'),
        canSelectMany: true,
        filters: { ONNX: ['onnx'], [vscode.l10n.t('All files')]: ['*'] },
      });
  for (const uri of chosen ?? []) await editors.open(uri);
}

/** Menus of the Explorer hand over the file clicked and all that are selected. */
async function openFiles(editors: ModelEditorProvider, argument: unknown, selected: unknown): Promise<void> {
  const all = Array.isArray(selected) ? selected.map(uriOf) : [];
  const uris = all.length > 0 ? all : [uriOf(argument)];
  for (const uri of uris) if (uri) await editors.open(uri);
}

async function openSample(services: Services, editors: ModelEditorProvider, argument: unknown): Promise<void> {
  const given = typeof argument === 'string' ? SAMPLE_MODELS.find(({ path }) => path === argument) : undefined;
  const sample = given ?? (await pickSample());
  if (sample) await editors.open(vscode.Uri.joinPath(services.sampleRoot, sample.path));
}

async function pickSample(): Promise<SampleModel | undefined> {
  const kinds: Readonly<Record<SampleModel['kind'], string>> = {
    trained: vscode.l10n.t('trained'),
    full: vscode.l10n.t('full size, no weights'),
    narrow: vscode.l10n.t('untrained, for running'),
  };
  const items = Object.entries(kinds).flatMap(([kind, label]) => [
    { label, kind: vscode.QuickPickItemKind.Separator, sample: undefined },
    ...SAMPLE_MODELS.filter((sample) => sample.kind === kind).map((sample) => ({
      label: sample.title,
      detail: vscode.l10n.t(sample.detail),
      sample,
    })),
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Open a sample'),
    placeHolder: vscode.l10n.t('Name of a network'),
    matchOnDetail: true,
  });
  return picked?.sample;
}

async function copySummary(services: Services, editors: ModelEditorProvider, argument: unknown): Promise<void> {
  const panel = await panelFor(services, editors, argument);
  if (!panel) return;
  const { facts, scene } = await panel.document.analysis();
  await vscode.env.clipboard.writeText(markdownSummary(facts, scene));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Summary of {0} copied', panel.document.name), 4000);
}
