import * as vscode from 'vscode';
import { Cancelled, declare } from '../../core/diagnostics/diagnostic';
import type { OpenFile } from '../../core/bytes/source';
import { inTurns } from '../../core/steps';
import { damage } from '../run/damage';
import { clock } from '../text/clock';
import type { Change, LiveModel, Runnable } from './liveModel';
import type { Services } from './services';
import {
  analysed,
  readModel,
  unreadable,
  type Analysis,
  type Choices,
  type InputShapes,
  type Reading,
} from './reading';

const unopened = declare('file/unreadable', 'error', (name: string, reason: string) =>
  vscode.l10n.t('“{0}” could not be opened: {1}.', name, reason),
);

/** Writers save in several steps; the file is looked at again when they are done. */
const SETTLE_MS = 300;

/** A promise that may be left without anybody waiting: closing an editor is no unhandled error. */
export function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** One model file, open in one or more editors. Reads it, keeps what follows from it, and reads it again when it changes. */
export class ModelDocument implements vscode.CustomDocument, LiveModel {
  private readonly changed = new vscode.EventEmitter<Change>();
  private readonly gone = new vscode.EventEmitter<string>();
  readonly onDidChange = this.changed.event;
  readonly onDidLose = this.gone.event;

  private file: OpenFile | null = null;
  private reading: Promise<Reading>;
  private current: Promise<Analysis>;
  private choices: Choices = { inputShapes: new Map(), imageInput: undefined };
  private stop = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly disposables: { dispose(): unknown }[] = [this.changed, this.gone];
  private disposed = false;
  private reloads = 0;

  constructor(
    readonly uri: vscode.Uri,
    readonly services: Services,
  ) {
    this.reading = quiet(this.read());
    this.current = quiet(this.analysed());
    this.watch();
  }

  get name(): string {
    return this.uri.path.split('/').at(-1) ?? '';
  }

  get folder(): vscode.Uri {
    return vscode.Uri.joinPath(this.uri, '..');
  }

  analysis(): Promise<Analysis> {
    return this.current;
  }

  async openFile(): Promise<OpenFile | null> {
    await this.reading;
    return this.file;
  }

  get signal(): AbortSignal {
    return this.stop.signal;
  }

  async runnable(): Promise<Runnable> {
    const [{ facts, drawing, reading }, file] = [await this.current, await this.openFile()];
    return {
      facts,
      drawing,
      size: file?.bytes.size ?? 0,
      uri: this.uri,
      bytes: async () => {
        if (!file) throw new Error(vscode.l10n.t('{0} cannot be read', this.name));
        return new Uint8Array(await file.bytes.read(0, file.bytes.size, this.signal));
      },
      obstacle: damage(reading.diagnostics),
      notes: [],
    };
  }

  get shapes(): InputShapes {
    return this.choices.inputShapes;
  }

  async choose(choices: Partial<Choices>, origin: unknown = null): Promise<Analysis> {
    this.choices = { ...this.choices, ...choices };
    const asked = quiet(this.analysed());
    this.current = asked;
    const analysis = await asked;
    this.changed.fire({ analysis, origin });
    return analysis;
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    this.stop.abort();
    this.file?.dispose();
    this.services.problems?.delete(this.uri);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async read(): Promise<Reading> {
    const { platform, log } = this.services;
    const { signal } = this.stop;
    const start = performance.now();
    let file: OpenFile;
    try {
      file = await platform.open(this.uri);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error(`${this.uri.toString()}: ${reason}`);
      return unreadable(this.name, unopened({}, this.name, reason));
    }
    if (signal.aborted) {
      file.dispose();
      throw new Cancelled();
    }
    this.file?.dispose();
    this.file = file;
    const reading = await readModel(file, signal);
    const ms = Math.round(performance.now() - start);
    const nodes = reading.model.graph.nodes.length;
    log.info(`${this.name}: ${nodes} operators, ${reading.bytesRead} of ${file.bytes.size} bytes read in ${ms} ms`);
    return reading;
  }

  private async analysed(): Promise<Analysis> {
    const { signal } = this.stop;
    const reading = await this.reading;
    const start = performance.now();
    // In turns: the editor this is for cannot be put up, nor any other, while the extension host is busy.
    const analysis = await inTurns(analysed(reading, this.choices), clock, signal);
    if (!analysis) throw new Cancelled();
    this.services.log.info(`${this.name}: analysed in ${Math.round(performance.now() - start)} ms`);
    this.publish(analysis);
    return analysis;
  }

  /** The Problems panel. The place in the file goes into the words: a binary file has no lines. */
  private publish({ drawing, facts }: Analysis): void {
    const start = new vscode.Range(0, 0, 0, 0);
    const severities = {
      error: vscode.DiagnosticSeverity.Error,
      warning: vscode.DiagnosticSeverity.Warning,
      info: vscode.DiagnosticSeverity.Information,
    };
    const listed = drawing.problems.map(({ code, severity, message, node, bytes }) => {
      const own = node === null ? undefined : facts.graph.nodes[node];
      const places = [
        own ? `${own.op} ${own.name ? `“${own.name}”` : `(${vscode.l10n.t('operator {0}', node ?? 0)})`}` : '',
        bytes ? vscode.l10n.t('bytes {0}–{1}', bytes.start, bytes.end) : '',
      ].filter(Boolean);
      const text = places.length ? `${message} [${places.join(', ')}]` : message;
      const diagnostic = new vscode.Diagnostic(start, text, severities[severity]);
      diagnostic.code = code;
      diagnostic.source = 'ConvLens';
      return diagnostic;
    });
    this.services.problems?.set(this.uri, listed);
  }

  private watch(): void {
    const pattern = new vscode.RelativePattern(this.folder, this.name.replace(/[[\]{}*?]/g, '?'));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    this.disposables.push(
      watcher,
      watcher.onDidChange(() => this.soon()),
      watcher.onDidCreate(() => this.soon()),
      watcher.onDidDelete(() => this.soon()),
    );
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.reload(), SETTLE_MS);
  }

  private async reload(): Promise<void> {
    const mine = ++this.reloads;
    const isThere = await vscode.workspace.fs.stat(this.uri).then(
      () => true,
      () => false,
    );
    // Closed meanwhile: nobody would close what is opened now. Asked again meanwhile: the later answer counts.
    if (this.disposed || mine !== this.reloads) return;
    if (!isThere) {
      this.gone.fire(vscode.l10n.t('{0} is gone. What was read of it stays here.', this.name));
      return;
    }
    this.stop.abort();
    this.stop = new AbortController();
    this.services.log.info(`${this.name} changed on disk, reading it again`);
    this.reading = quiet(this.read());
    this.current = quiet(this.analysed());
    try {
      this.changed.fire({ analysis: await this.current, origin: null });
    } catch (error) {
      if (!(error instanceof Cancelled)) this.services.log.error(error instanceof Error ? error : String(error));
    }
  }
}
