import * as vscode from 'vscode';
import { SAMPLE_DEFINITIONS, SAMPLE_MODELS, type Sample } from '../samples/manifest';

const ALL: readonly Sample[] = [...SAMPLE_MODELS, ...SAMPLE_DEFINITIONS];

/** The bundled sample that a link names by its path. */
export const sampleAt = (argument: unknown): Sample | null => ALL.find(({ path }) => path === argument) ?? null;

/** Asks which; null when the person thinks better of it. */
export async function pickSample(): Promise<Sample | null> {
  const kinds: Readonly<Record<Sample['kind'], string>> = {
    trained: vscode.l10n.t('trained'),
    lecture: vscode.l10n.t('written as text: ideas of the course'),
    zoo: vscode.l10n.t('written as text: nets from the literature'),
    full: vscode.l10n.t('full size, no weights'),
    narrow: vscode.l10n.t('untrained, for running'),
  };
  const items = Object.entries(kinds).flatMap(([kind, label]) => [
    { label, kind: vscode.QuickPickItemKind.Separator, sample: null },
    ...ALL.filter((sample) => sample.kind === kind).map((sample) => ({
      label: vscode.l10n.t(sample.title),
      detail: vscode.l10n.t(sample.detail),
      sample,
    })),
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Open a sample'),
    placeHolder: vscode.l10n.t('Name of a network'),
    matchOnDetail: true,
  });
  return picked?.sample ?? null;
}
