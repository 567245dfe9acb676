import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(__dirname, '../../..');
export const samplesDir = path.join(root, 'samples');
/** Models with known truth, kept beside the checkout; may be absent. */
export const corpusDir = path.resolve(root, '../shared/corpus');
export const hasCorpus = existsSync(corpusDir);

/** What both hosts should be quiet about, so that tests and screenshots see only the product. */
export const settings: Record<string, unknown> = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.tree.enableStickyScroll': false,
  // A turn of the wheel moves lists by 50 pixels, however far it is turned.
  'workbench.list.mouseWheelScrollSensitivity': 6,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Default Dark Modern',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'explorer.compactFolders': false,
  'explorer.autoReveal': false,
  'extensions.ignoreRecommendations': true,
  'files.exclude': { '.vscode': true },
  'git.enabled': false,
  // A tooltip of the Explorer lies over the files below it, and takes their clicks.
  'workbench.hover.delay': 60_000,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'window.autoDetectColorScheme': false,
};

/** Extra files of a workspace: its path in the folder -> the file to copy, or the text to write. */
export type Extras = Record<string, { from: string } | { text: string }>;

/** A throw-away copy of the samples, so that no test can spoil them or another test's. */
export async function makeWorkspace(extras: Extras = {}): Promise<string> {
  const folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'convlens-e2e-')), 'samples');
  await cp(samplesDir, folder, { recursive: true });
  for (const [name, extra] of Object.entries(extras)) {
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    if ('from' in extra) await cp(extra.from, target);
    else await writeFile(target, extra.text);
  }
  return folder;
}

/** The web host keeps no user's settings on disk: there they are the folder's. */
export async function writeFolderSettings(folder: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify({ ...settings, ...more }, null, 2));
}

export const removeWorkspace = (folder: string): Promise<void> =>
  rm(path.dirname(folder), { recursive: true, force: true, maxRetries: 5 });
