import type * as vscode from 'vscode';

/** Where a file is after somebody renamed it, or a folder around it; null where it stays. */
export function renamed(uri: vscode.Uri, { files }: Pick<vscode.FileRenameEvent, 'files'>): vscode.Uri | null {
  // A revision in the query is of the past: that does not move.
  if (uri.query !== '') return null;
  for (const { oldUri, newUri } of files) {
    if (oldUri.scheme !== uri.scheme || oldUri.authority !== uri.authority) continue;
    if (uri.path === oldUri.path) return newUri;
    if (uri.path.startsWith(`${oldUri.path}/`))
      return newUri.with({ path: newUri.path + uri.path.slice(oldUri.path.length) });
  }
  return null;
}
