import * as vscode from 'vscode';
import { sampleFiles } from './manifest';

const SCHEME = 'convlens-samples';

/**
 * The bundled samples as a read-only file system, for hosts where the extension itself lies on a server:
 * there `workspace.fs` cannot read it, and an editor cannot open it.
 */
class SampleFileSystem implements vscode.FileSystemProvider {
  private readonly events = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.events.event;
  private readonly known = new Map<string, Promise<Uint8Array>>();

  constructor(private readonly base: vscode.Uri) {}

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    if (isFile(uri)) {
      const { length } = await this.bytes(uri);
      return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: length };
    }
    if (this.readDirectory(uri).length === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const folder = uri.path === '/' ? '' : `${uri.path.slice(1).replace(/\/$/, '')}/`;
    const entries = new Map<string, vscode.FileType>();
    for (const file of sampleFiles()) {
      if (!file.startsWith(folder)) continue;
      const [name, ...deeper] = file.slice(folder.length).split('/');
      entries.set(name!, deeper.length ? vscode.FileType.Directory : vscode.FileType.File);
    }
    return [...entries];
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.bytes(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  private bytes(uri: vscode.Uri): Promise<Uint8Array> {
    const file = uri.path.slice(1);
    let bytes = this.known.get(file);
    if (!bytes) {
      bytes = isFile(uri) ? download(vscode.Uri.joinPath(this.base, file)) : Promise.reject(missing(uri));
      bytes.catch(() => this.known.delete(file));
      this.known.set(file, bytes);
    }
    return bytes;
  }
}

const missing = (uri: vscode.Uri): Error => vscode.FileSystemError.FileNotFound(uri);

/** Only what is listed exists, so that no path leads elsewhere on the server. */
const isFile = (uri: vscode.Uri): boolean => sampleFiles().includes(uri.path.slice(1));

async function download(uri: vscode.Uri): Promise<Uint8Array> {
  const response = await fetch(uri.toString(true));
  if (!response.ok) throw vscode.FileSystemError.Unavailable(uri);
  return new Uint8Array(await response.arrayBuffer());
}

/** Where the samples can be opened and read from; `disposable` takes the file system away again, where one was needed. */
export function sampleRoot(
  context: vscode.ExtensionContext,
  extensionIsRemote: boolean,
): { readonly root: vscode.Uri; readonly disposable: vscode.Disposable } {
  const base = vscode.Uri.joinPath(context.extensionUri, 'samples');
  if (!extensionIsRemote) return { root: base, disposable: new vscode.Disposable(() => undefined) };
  const disposable = vscode.workspace.registerFileSystemProvider(SCHEME, new SampleFileSystem(base), {
    isReadonly: true,
    isCaseSensitive: true,
  });
  return { root: vscode.Uri.from({ scheme: SCHEME, path: '/' }), disposable };
}
