import * as vscode from 'vscode';

const MODELS = '**/*.{onnx,cnn.yaml,cnn.yml}';
/** Files of the workspace that are offered. */
const MOST_OFFERED = 500;

interface FileItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri | null;
}

const itemOf = (uri: vscode.Uri, name = uri.path.split('/').at(-1) ?? ''): FileItem => ({
  label: name,
  description: vscode.workspace.asRelativePath(vscode.Uri.joinPath(uri, '..')),
  uri,
});

const headed = (label: string, items: readonly FileItem[]): readonly FileItem[] =>
  items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator, uri: null }, ...items];

/** None where the workspace's file system cannot be searched. */
async function workspaceModels(): Promise<readonly vscode.Uri[]> {
  try {
    return await vscode.workspace.findFiles(MODELS, '**/node_modules/**', MOST_OFFERED);
  } catch {
    return [];
  }
}

/** Asks for a model: one that is open, one of the workspace, or any other file; undefined when the person thinks better of it. */
export async function pickModel(
  title: string,
  but: vscode.Uri | null,
  open: readonly { readonly uri: vscode.Uri; readonly name: string }[] = [],
): Promise<vscode.Uri | undefined> {
  const others = open.filter(({ uri }) => uri.toString() !== but?.toString());
  const known = new Set([but, ...others.map(({ uri }) => uri)].map(String));
  const found = (await workspaceModels()).filter((uri) => !known.has(uri.toString()));
  const files = found.map((uri) => itemOf(uri)).sort((a, b) => a.label.localeCompare(b.label));
  const items = [
    ...headed(
      vscode.l10n.t('Open in editors'),
      others.map(({ uri, name }) => itemOf(uri, name)),
    ),
    ...(others.length > 0 ? headed(vscode.l10n.t('In the workspace'), files) : files),
  ];
  const browse: FileItem = { label: vscode.l10n.t('Another file…'), alwaysShow: true, uri: null };
  const chosen = await vscode.window.showQuickPick([...items, browse], { title, matchOnDescription: true });
  if (!chosen) return undefined;
  if (chosen.uri) return chosen.uri;
  const [file] = (await vscode.window.showOpenDialog({ title })) ?? [];
  return file;
}
