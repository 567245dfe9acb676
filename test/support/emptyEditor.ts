/** An editor in which nothing is open, and whose person answers no question: import it before anything of `src/host`. */
import assert from 'node:assert/strict';
import { stub } from './vscodeStub';

const nothing = { dispose: () => undefined };
const hears = (): typeof nothing => nothing;
const quiet = (): void => undefined;
const anything = new Proxy({}, { get: () => hears });
// An import copies the names that are there: what is added later is not seen.
Object.assign(stub, {
  Position: Object,
  Selection: Object,
  ViewColumn: { Active: -1, Beside: -2 },
  StatusBarAlignment: { Right: 2 },
  QuickPickItemKind: { Separator: -1 },
  languages: new Proxy({}, { get: (_, name) => (name === 'createDiagnosticCollection' ? () => anything : hears) }),
});

type Handler = (...call: readonly unknown[]) => Promise<unknown>;

/** What an extension is given by such an editor, until it is closed: other suites have the same stub. */
export function emptyEditor() {
  const handlers = new Map<string, Handler>();
  const [logged, asked, opened]: [string[], string[], string[]] = [[], [], []];
  const undo: (() => void)[] = [];
  const replace = (part: object, by: object): void => {
    const before = Object.getOwnPropertyDescriptors(part);
    undo.push(() => Object.defineProperties(part, before));
    Object.assign(part, by);
  };
  const unanswered = (what: string) => () => {
    asked.push(what);
    return Promise.resolve(undefined);
  };
  replace(stub.commands, {
    registerCommand(id: string, handler: Handler) {
      assert.ok(!handlers.has(id), `${id} is registered twice`);
      handlers.set(id, handler);
      return nothing;
    },
  });
  replace(stub.window, {
    createOutputChannel: () => ({
      info: quiet,
      warn: quiet,
      show: quiet,
      error: (line: string) => logged.push(line),
      ...nothing,
    }),
    createStatusBarItem: () => ({ show: quiet, hide: quiet, ...nothing }),
    createTreeView: () => ({ selection: [], onDidChangeVisibility: hears, onDidChangeSelection: hears, ...nothing }),
    registerCustomEditorProvider: hears,
    registerWebviewPanelSerializer: hears,
    onDidChangeTextEditorSelection: hears,
    createWebviewPanel: () => assert.fail('a page was opened'),
    showErrorMessage: unanswered('error'),
    showOpenDialog: unanswered('file'),
    showQuickPick: unanswered('choice'),
    showTextDocument: () => Promise.reject(new Error('no editor here')),
  });
  replace(stub.workspace, {
    findFiles: () => Promise.resolve([]),
    openTextDocument(what: unknown) {
      opened.push(what instanceof stub.Uri ? String(what) : 'a new text');
      return Promise.reject(new Error('no such file'));
    },
  });
  const close = (): void => {
    for (const one of undo) one();
  };
  return { handlers, logged, asked, opened, close };
}
