import * as vscode from 'vscode';
import { analyze } from '../../core/analysis';
import { memorySource, type ModelFile } from '../../core/bytes/source';
import { narrowed, sameNet } from '../../core/formats/cnn/definition';
import { writeOnnx } from '../../core/formats/onnx/write';
import { textProblems } from '../../core/language/diagnostics';
import { resizeInput } from '../../core/language/inputSize';
import type { Snapshot } from '../../core/language/snapshot';
import { inTurns, type Steps } from '../../core/steps';
import { buildingScene, draw } from '../../core/view/scene';
import type { Change, LiveModel, Runnable } from '../editor/liveModel';
import type { Analysis, Choices, InputShapes } from '../editor/reading';
import { renamed } from '../editor/renamed';
import type { Services } from '../editor/services';
import { readSibling } from '../sources/workspaceFile';
import { clock } from './clock';
import { workspaceEdit } from './convert';
import { SMALLEST } from './smallest';
import type { TextChange, Texts } from './texts';
import { weightBytes } from './weightBytes';

/** Made in memory here, handed to the page, and copied into the runtime's memory: more than this stalls an editor. */
const MOST_RUN_BYTES = 256e6;

/** The net of a text, as it stands at the last pause in typing. */
export class DefinitionModel implements LiveModel {
  private readonly changed = new vscode.EventEmitter<Change>();
  private readonly gone = new vscode.EventEmitter<string>();
  private readonly moved = new vscode.EventEmitter<void>();
  private readonly reread = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  readonly onDidLose = this.gone.event;
  readonly onDidMove = this.moved.event;
  /** `read` is of the text as it stands now, be the net another or the same. */
  readonly onDidRead = this.reread.event;
  readonly shapes: InputShapes = new Map();
  /** Written when somebody wants to run it. */
  private running: Promise<Runnable> | null = null;
  private stop = new AbortController();
  /** Ends the work on a text that is no longer the last one. */
  private catchingUp = new AbortController();
  private readonly disposables: readonly { dispose(): unknown }[];
  private disposed = false;
  /** Where the text is, or is going to be once it is open under its new name. */
  private place: vscode.Uri;

  private constructor(
    private document: vscode.TextDocument,
    private readonly texts: Texts,
    readonly services: Services,
    private snapshot: Snapshot,
    private current: Analysis,
  ) {
    this.place = document.uri;
    this.disposables = [
      this.changed,
      this.gone,
      this.moved,
      this.reread,
      texts.onDidSettle((change) => void this.settled(change)),
      texts.onDidClose(({ uri }) => void this.openAgain(uri)),
      vscode.workspace.onDidRenameFiles((event) => void this.follow(renamed(this.uri, event))),
    ];
  }

  /** Reads and analyses the text first. */
  static async open(document: vscode.TextDocument, texts: Texts, services: Services): Promise<DefinitionModel> {
    const snapshot = await texts.latest(document);
    const name = nameOf(document.uri);
    const analysis = await inTurns(analysed(snapshot, name), clock, new AbortController().signal);
    if (!analysis) throw new Error(name);
    const model = new DefinitionModel(document, texts, services, snapshot, analysis);
    void model.heardNothing();
    return model;
  }

  get uri(): vscode.Uri {
    return this.place;
  }

  get name(): string {
    return nameOf(this.uri);
  }

  get folder(): vscode.Uri {
    return vscode.Uri.joinPath(this.uri, '..');
  }

  get signal(): AbortSignal {
    return this.stop.signal;
  }

  /** The text that the analysis is of; what was typed since is not in it yet. */
  get read(): Snapshot {
    return this.snapshot;
  }

  analysis(): Promise<Analysis> {
    return Promise.resolve(this.current);
  }

  openFile(): Promise<ModelFile> {
    const bytes = memorySource(new TextEncoder().encode(this.snapshot.source));
    return Promise.resolve({ name: this.name, bytes, sibling: (path) => readSibling(this.folder, path) });
  }

  runnable(): Promise<Runnable> {
    if (!this.running) {
      const asked = this.written();
      this.running = asked;
      // What failed may succeed when asked again.
      asked.catch(() => {
        if (this.running === asked) this.running = null;
      });
    }
    return this.running;
  }

  async begin(): Promise<void> {
    if ((await this.texts.latest(this.document)).definition.program.settings.size > 0) return;
    const text = this.document.getText();
    const gap = text === '' || text.endsWith('\n') ? '' : '\n';
    const edit = { span: { start: text.length, end: text.length }, text: gap + SMALLEST };
    await vscode.workspace.applyEdit(workspaceEdit(this.document, [edit]));
  }

  /** The size of the input is a matter of the text: it is changed there, and can be undone there. */
  async choose({ inputShapes }: Partial<Choices>): Promise<Analysis | null> {
    const shape = inputShapes && [...inputShapes.values()][0];
    const edit = shape ? resizeInput(await this.texts.latest(this.document), shape) : null;
    if (edit) await vscode.workspace.applyEdit(workspaceEdit(this.document, [edit]));
    return null;
  }

  dispose(): void {
    this.disposed = true;
    this.stop.abort();
    this.catchingUp.abort();
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** What became of the text while it was analysed for the first time was told to nobody. */
  private async heardNothing(): Promise<void> {
    const { document } = this;
    if (document.isClosed) await this.openAgain(document.uri);
    if (document.isClosed || document.getText() === this.snapshot.source) return;
    const snapshot = await this.texts.current(document);
    // Typed on, it settles later.
    if (snapshot && !this.disposed) await this.settled({ document, snapshot });
  }

  private async settled({ document, snapshot }: TextChange): Promise<void> {
    if (document.uri.toString() !== this.uri.toString()) return;
    this.document = document;
    this.catchingUp.abort();
    if (snapshot === this.snapshot) return;
    this.catchingUp = new AbortController();
    const done = await inTurns(this.caughtUp(snapshot), clock, this.catchingUp.signal);
    if (!done) return;
    const before = this.current;
    this.snapshot = snapshot;
    this.current = done.analysis;
    // A comment or a blank changes nothing that is shown, nor what ran; but which layer stands where.
    if (!done.same || !sameProblems(before, this.current)) this.tell();
    this.reread.fire();
  }

  private tell(): void {
    this.stop.abort();
    this.stop = new AbortController();
    this.running = null;
    this.changed.fire({ analysis: this.current, origin: null });
  }

  /** The file has another name now: it goes on as that. */
  private async follow(place: vscode.Uri | null): Promise<void> {
    if (!place) return;
    this.place = place;
    try {
      const document = await vscode.workspace.openTextDocument(place);
      const snapshot = await this.texts.latest(document);
      if (this.disposed || place !== this.place) return;
      this.moved.fire();
      await this.settled({ document, snapshot });
      // The net may be the same, but its name is not.
      this.tell();
    } catch {
      if (!this.disposed) this.lose();
    }
  }

  private lose(): void {
    this.gone.fire(vscode.l10n.t('{0} is gone. What was read of it stays here.', this.name));
  }

  private *caughtUp(snapshot: Snapshot): Steps<{ readonly analysis: Analysis; readonly same: boolean }> {
    const analysis = yield* analysed(snapshot, this.name);
    return { analysis, same: yield* sameNet(this.snapshot.definition, snapshot.definition) };
  }

  private async written(): Promise<Runnable> {
    const { snapshot, signal } = this;
    const { definition } = snapshot;
    const { width } = definition.settings;
    const twin = width === 1 ? definition : narrowed(definition);
    const drawing = width === 1 ? snapshot.drawing : draw(analyze(twin.model));
    const own = { facts: drawing.facts, drawing };
    const none = { ...own, size: 0, uri: null, bytes: () => Promise.reject(new Error(this.name)), notes: [] };
    const error = textProblems(snapshot).find(({ severity }) => severity === 'error');
    if (error) {
      const what = vscode.l10n.t('The definition has errors, so it cannot run.');
      return { ...none, obstacle: { what, hint: error.message } };
    }
    const weight = weightBytes(twin.model);
    if (weight > MOST_RUN_BYTES) {
      const what = vscode.l10n.t(
        'The weights would take {0} MB: too much to be made for a run.',
        Math.ceil(weight / 1e6),
      );
      const hint = vscode.l10n.t(
        'Write “width: 1/8” in the definition: it then runs with an eighth of the channels, and all figures stay those of the full size.',
      );
      return { ...none, obstacle: { what, hint } };
    }
    const { bytes, diagnostics } = await writeOnnx(twin.model, null, signal);
    if (!bytes) throw new Error(diagnostics[0]?.message ?? this.name);
    const ratio = definition.program.settings.get('width')?.value;
    const said = ratio?.kind === 'text' ? ratio.text.trim() : String(width);
    const note = vscode.l10n.t('Ran with width {0}: fewer channels than the graph shows, and random weights.', said);
    return {
      ...own,
      size: bytes.length,
      uri: null,
      // What is posted takes its whole buffer along.
      bytes: () => Promise.resolve(bytes.slice()),
      obstacle: null,
      notes: width === 1 ? [] : [note],
    };
  }

  /** VS Code closes texts that no editor shows; the graph goes on with what is on disk. */
  private async openAgain(uri: vscode.Uri): Promise<void> {
    if (uri.toString() !== this.uri.toString()) return;
    try {
      // One without a file would come back empty.
      if (uri.scheme === 'untitled') throw new Error('it was thrown away');
      const document = await vscode.workspace.openTextDocument(uri);
      const snapshot = await this.texts.latest(document);
      if (!this.disposed) await this.settled({ document, snapshot });
    } catch {
      // Renamed meanwhile, it is where it is now.
      if (!this.disposed && uri.toString() === this.uri.toString()) this.lose();
    }
  }
}

const nameOf = ({ path }: vscode.Uri): string => path.split('/').at(-1) ?? '';

function* analysed(snapshot: Snapshot, name: string): Steps<Analysis> {
  const { model, diagnostics } = snapshot.definition;
  // The graph tells what the Problems panel tells of the text, no more and no less.
  const problems = textProblems(snapshot).map(({ code, severity, message, node }) => ({
    code,
    severity,
    message,
    node,
    bytes: null,
  }));
  yield;
  const drawing = { ...snapshot.drawing, problems };
  const reading = { name, model, readable: true, diagnostics, bytesRead: 0 };
  return { reading, facts: snapshot.facts, drawing, scene: yield* buildingScene(drawing, name) };
}

const sameProblems = (a: Analysis, b: Analysis): boolean =>
  JSON.stringify(a.scene.problems) === JSON.stringify(b.scene.problems);
