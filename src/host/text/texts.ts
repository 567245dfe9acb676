import * as vscode from 'vscode';
import { LiveText, type Near } from '../../core/language/liveText';
import type { Snapshot } from '../../core/language/snapshot';
import { clock } from './clock';
import { isDefinition, netName } from './language';

/** Between a key and the work it causes; a slow text waits longer, so that keys never queue up. */
const SOONEST_MS = 30;
const LATEST_MS = 400;

export interface TextChange {
  readonly document: vscode.TextDocument;
  readonly snapshot: Snapshot;
}

/** The definitions that are open, each read at most once in each of its states, in turns too short to be felt. */
export class Texts {
  private readonly live = new Map<string, LiveText>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly settled = new vscode.EventEmitter<TextChange>();
  private readonly closed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly caughtUp = new vscode.EventEmitter<void>();
  /** A text was opened, or typing has paused for a moment; what was typed in between was never looked at. */
  readonly onDidSettle = this.settled.event;
  readonly onDidClose = this.closed.event;
  /** Answers were given from a state before the last; now they would be others. */
  readonly onDidCatchUp = this.caughtUp.event;
  private answeredLate = false;
  private readonly disposables: readonly { dispose(): unknown }[];

  constructor() {
    this.disposables = [
      this.settled,
      this.closed,
      this.caughtUp,
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

  /** What follows from a text as it stands now; null where it was typed on before all was known. */
  async current(document: vscode.TextDocument): Promise<Snapshot | null> {
    const snapshot = await this.liveText(document).current(document.getText());
    // Its places would be others in the text as it stands now.
    return snapshot?.source === document.getText() ? snapshot : null;
  }

  /** The same, but while the text is typed on what it then says is waited for. */
  async latest(document: vscode.TextDocument): Promise<Snapshot> {
    let snapshot = await this.current(document);
    while (!snapshot) snapshot = await this.current(document);
    return snapshot;
  }

  /** What there is to answer a key from, at once. */
  async near(document: vscode.TextDocument): Promise<Near | null> {
    const near = await this.liveText(document).near(document.getText());
    if (near && !near.exact) this.answeredLate = true;
    return near;
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const text of this.live.values()) text.close();
    for (const disposable of this.disposables) disposable.dispose();
  }

  private liveText(document: vscode.TextDocument): LiveText {
    const key = document.uri.toString();
    let text = this.live.get(key);
    if (!text) {
      text = new LiveText(netName(document.uri), clock, () => {
        const controller = new AbortController();
        return { signal: controller.signal, abort: () => controller.abort() };
      });
      this.live.set(key, text);
    }
    return text;
  }

  private opened(document: vscode.TextDocument): void {
    if (isDefinition(document)) void this.settle(document);
  }

  private soon(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    const wait = Math.min(LATEST_MS, Math.max(SOONEST_MS, this.liveText(document).lastMs));
    this.timers.set(
      key,
      setTimeout(() => void this.settle(document), wait),
    );
  }

  private async settle(document: vscode.TextDocument): Promise<void> {
    this.timers.delete(document.uri.toString());
    if (document.isClosed) return;
    const snapshot = await this.current(document);
    // Typed on meanwhile, that settles later; closed meanwhile, nobody is left to be told.
    if (snapshot?.source !== document.getText() || !this.live.has(document.uri.toString())) return;
    this.settled.fire({ document, snapshot });
    if (this.answeredLate) this.caughtUp.fire();
    this.answeredLate = false;
  }

  private forget(document: vscode.TextDocument): void {
    if (!isDefinition(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.live.get(key)?.close();
    this.live.delete(key);
    this.closed.fire(document);
  }
}
