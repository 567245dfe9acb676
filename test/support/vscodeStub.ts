/**
 * As much of VS Code as documents and pages of the host touch, without an editor: import it before anything of `src/host`.
 * Files are what a test puts into `files`; changes are announced by `touch` and `rename`.
 */
import { createRequire } from 'node:module';
import type * as vscode from 'vscode';

type Listener<T> = (event: T) => unknown;

class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };
  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

class Disposable {
  constructor(readonly dispose: () => void) {}
  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
}

class Uri {
  private constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
    readonly query: string,
  ) {}
  static parse(text: string): Uri {
    const [, scheme = '', authority = '', path = '', query = ''] =
      /^([^:]+):(?:\/\/([^/]*))?([^?]*)(?:\?(.*))?$/.exec(text) ?? [];
    return new Uri(scheme, authority, path, query);
  }
  static joinPath(base: Uri, ...parts: readonly string[]): Uri {
    const path: string[] = [];
    for (const part of [base.path, ...parts].join('/').split('/'))
      if (part === '..') path.pop();
      else if (part !== '' && part !== '.') path.push(part);
    return base.with({ path: `/${path.join('/')}` });
  }
  with(change: { readonly path?: string; readonly query?: string }): Uri {
    return new Uri(this.scheme, this.authority, change.path ?? this.path, change.query ?? this.query);
  }
  toString(): string {
    return `${this.scheme}://${this.authority}${this.path}${this.query && `?${this.query}`}`;
  }
}

/** A promise that is settled from outside, whenever a test wants. */
export interface Gate<T> {
  readonly promise: Promise<T>;
  readonly open: (value: T) => void;
  readonly fail: (error: unknown) => void;
}

export function gate<T>(): Gate<T> {
  let [open, fail]: [(value: T) => void, (error: unknown) => void] = [() => undefined, () => undefined];
  const promise = new Promise<T>((resolve, reject) => ([open, fail] = [resolve, reject]));
  return { promise, open, fail };
}

const watchers = new Set<EventEmitter<void>>();
const renames = new EventEmitter<vscode.FileRenameEvent>();

/** What becomes of texts: fired by a test. */
export const texts = {
  opened: new EventEmitter<vscode.TextDocument>(),
  changed: new EventEmitter<{ document: vscode.TextDocument; contentChanges: readonly unknown[] }>(),
  closed: new EventEmitter<vscode.TextDocument>(),
};

/** What is asked of the file system; a test may put another answer here. `written`: the places files were moved to; `content`: of the last. */
export const disk = {
  stat: (_uri: vscode.Uri): Promise<unknown> => Promise.resolve({}),
  read: (_uri: vscode.Uri): Promise<Uint8Array> => Promise.resolve(new Uint8Array()),
  written: [] as string[],
  content: new Uint8Array() as Uint8Array,
  /** Of the workspace, by any pattern. */
  found: (): vscode.Uri[] => [],
};

/** A file changed, came or went. */
export const touch = (): void => watchers.forEach((watcher) => watcher.fire());
export const rename = (from: vscode.Uri, to: vscode.Uri): void =>
  renames.fire({ files: [{ oldUri: from, newUri: to }] });
export const uri = (text: string): vscode.Uri => Uri.parse(text) as unknown as vscode.Uri;

/** A page that nobody sees: `posted` is what it was sent, `late` what was sent after it was closed, which VS Code refuses; `say` is its voice. */
export function blindPanel(): {
  readonly panel: vscode.WebviewPanel;
  readonly posted: { readonly event?: string; readonly value?: unknown }[];
  readonly late: unknown[];
  readonly say: (message: unknown) => void;
  readonly close: () => void;
} {
  const [heard, disposed] = [new EventEmitter<unknown>(), new EventEmitter<void>()];
  const posted: { event?: string; value?: unknown }[] = [];
  const late: unknown[] = [];
  let closed = false;
  const webview = {
    options: {},
    html: '',
    cspSource: 'self',
    asWebviewUri: (of: unknown) => of,
    onDidReceiveMessage: heard.event,
    postMessage(message: object) {
      (closed ? late : posted).push(message);
      return Promise.resolve(true);
    },
  };
  const panel = { webview, title: '', onDidDispose: disposed.event };
  return {
    panel: panel as unknown as vscode.WebviewPanel,
    posted,
    late,
    say: (message) => heard.fire(message),
    close() {
      closed = true;
      disposed.fire();
    },
  };
}

class Range {
  constructor(
    readonly start: number,
    readonly end: number,
  ) {}
}

interface Replacement {
  readonly range: Range;
  readonly newText: string;
}

class WorkspaceEdit {
  readonly all = new Map<string, readonly Replacement[]>();
  set(place: Uri, edits: readonly Replacement[]): void {
    this.all.set(place.toString(), edits);
  }
}

/** A text in an editor, whose positions are offsets: `type` is a key, `settle` a change that is looked at at once. */
export function typedText(place: string, first: string) {
  let text = first;
  const document = {
    uri: uri(place),
    languageId: 'convlens-cnn',
    isClosed: false,
    getText: () => text,
    positionAt: (offset: number) => offset,
  } as unknown as vscode.TextDocument;
  const type = (to: string): void => {
    text = to;
    texts.changed.fire({ document, contentChanges: [{}] });
  };
  const settle = (to: string): void => {
    text = to;
    texts.opened.fire(document);
  };
  const edited = ({ all }: WorkspaceEdit): void => {
    for (const { range, newText } of all.get(document.uri.toString()) ?? [])
      type(text.slice(0, range.start) + newText + text.slice(range.end));
  };
  return { document, type, settle, edited };
}

/** Texts that are open in editors. */
export const editors: ReturnType<typeof typedText>[] = [];
/** Commands that were run. */
export const commanded: (readonly unknown[])[] = [];

/** What a person answers; a test may put another answer here. */
export const person = {
  input: (): string | undefined => undefined,
  save: (): vscode.Uri | undefined => undefined,
  pick: (_items: readonly vscode.QuickPickItem[]): vscode.QuickPickItem | undefined => undefined,
  browse: (): vscode.Uri[] | undefined => undefined,
};

/** Made, handed over, and never asked. */
class Mute {
  readonly mute = true;
}

/** Names that only VS Code itself understands. */
const names = new Proxy({}, { get: (_, name) => String(name) });

/** The module that `import 'vscode'` gives; a test may add to it what it needs of the rest. */
export const stub = {
  EventEmitter,
  Disposable,
  Uri,
  RelativePattern: Mute,
  Range,
  TextEdit: { replace: (range: Range, newText: string): Replacement => ({ range, newText }) },
  WorkspaceEdit,
  commands: { executeCommand: (...call: readonly unknown[]) => Promise.resolve(void commanded.push(call)) },
  Diagnostic: Mute,
  CompletionItemKind: names,
  SymbolKind: names,
  CodeActionKind: names,
  DocumentHighlightKind: names,
  FoldingRangeKind: names,
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  env: { language: 'en' },
  ProgressLocation: { Notification: 15 },
  QuickPickItemKind: { Separator: -1, Default: 0 },
  FileType: { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 },
  window: {
    visibleTextEditors: [],
    tabGroups: { all: [] },
    showInputBox: () => Promise.resolve(person.input()),
    showSaveDialog: () => Promise.resolve(person.save()),
    showQuickPick: (items: readonly vscode.QuickPickItem[]) => Promise.resolve(person.pick(items)),
    showOpenDialog: () => Promise.resolve(person.browse()),
    showInformationMessage: () => Promise.resolve(undefined),
    withProgress: (_: unknown, work: (progress: unknown, token: object) => unknown) =>
      work(null, { onCancellationRequested: () => ({ dispose: () => undefined }) }),
  },
  l10n: {
    t: (text: string, ...args: readonly unknown[]) =>
      text.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)])),
  },
  workspace: {
    fs: {
      stat: (of: vscode.Uri) => disk.stat(of),
      readFile: (of: vscode.Uri) => disk.read(of),
      isWritableFileSystem: () => true,
      writeFile: (_: vscode.Uri, content: Uint8Array) => Promise.resolve(void (disk.content = content)),
      rename: (_: vscode.Uri, to: vscode.Uri) => Promise.resolve(void disk.written.push(to.toString())),
      delete: () => Promise.resolve(),
    },
    workspaceFolders: [],
    findFiles: () => Promise.resolve(disk.found()),
    asRelativePath: ({ path }: Uri) => path,
    onDidRenameFiles: renames.event,
    get textDocuments() {
      return editors.map(({ document }) => document);
    },
    applyEdit(edit: WorkspaceEdit) {
      for (const one of editors) one.edited(edit);
      return Promise.resolve(true);
    },
    onDidOpenTextDocument: texts.opened.event,
    onDidChangeTextDocument: texts.changed.event,
    onDidCloseTextDocument: texts.closed.event,
    createFileSystemWatcher() {
      const watcher = new EventEmitter<void>();
      watchers.add(watcher);
      return {
        onDidChange: watcher.event,
        onDidCreate: () => ({ dispose: () => undefined }),
        onDidDelete: () => ({ dispose: () => undefined }),
        dispose: () => void watchers.delete(watcher),
      };
    },
  },
};

interface Loader {
  _load(request: string, ...more: readonly unknown[]): unknown;
}
const loader = createRequire(__filename)('node:module') as Loader;
const load = loader._load.bind(loader);
loader._load = (request, ...more) => (request === 'vscode' ? stub : load(request, ...more));
