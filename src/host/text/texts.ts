import * as vscode from 'vscode';
import { Session, type Snapshot } from '../../core/language/snapshot';
import { isDefinition, netName } from './language';

/** Between a key and the work it causes; a slow text waits longer, so that keys never queue up. */
const SOONEST_MS = 30;
const LATEST_MS = 400;

export interface TextChange {
  readonly document: vscode.TextDocument;
  readonly snapshot: Snapshot;
}

/** The definitions that are open, each read at most once in each of its states. */
export class Texts {
  private readonly sessions = new Map<string, Session>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly settled = new vscode.EventEmitter<TextChange>();
  private readonly closed = new vscode.EventEmitter<vscode.TextDocument>();
  /** A text was opened, or typing has paused for a moment; what was typed in between was never looked at. */
  readonly onDidSettle = this.settled.event;
  readonly onDidClose = this.closed.event;
  /** What the last text took to be read and analysed. */
  private lastMs = 0;
  private readonly disposables: readonly { dispose(): unknown }[];

  constructor() {
    this.disposables = [
      this.settled,
      this.closed,
      vscode.workspace.onDidOpenTextDocument((document) => this.opened(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (isDefinition(document) && contentChanges.length) this.soon(document);
      }),
      // Comes for a text that is given another language, too.
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
    ];
  }

  /** Texts that were open before anybody listened. */
  start(): void {
    for (const document of vscode.workspace.textDocuments) this.opened(document);
  }

  /** What follows from a text as it stands now. */
  read(document: vscode.TextDocument): Snapshot {
    const key = document.uri.toString();
    let session = this.sessions.get(key);
    if (!session) {
      session = new Session(netName(document.uri));
      this.sessions.set(key, session);
    }
    return session.read(document.getText());
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private opened(document: vscode.TextDocument): void {
    if (isDefinition(document)) this.settle(document);
  }

  private soon(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    const wait = Math.min(LATEST_MS, Math.max(SOONEST_MS, this.lastMs));
    this.timers.set(
      key,
      setTimeout(() => this.settle(document), wait),
    );
  }

  private settle(document: vscode.TextDocument): void {
    this.timers.delete(document.uri.toString());
    if (document.isClosed) return;
    const start = performance.now();
    this.settled.fire({ document, snapshot: this.read(document) });
    this.lastMs = performance.now() - start;
  }

  private forget(document: vscode.TextDocument): void {
    if (!isDefinition(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.sessions.delete(key);
    this.closed.fire(document);
  }
}
