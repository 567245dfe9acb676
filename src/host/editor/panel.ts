import * as vscode from 'vscode';
import { depthFacts } from '../../core/view/depth';
import type { Scene } from '../../core/view/types';
import { nodeSource } from '../../core/explain/nodeSource';
import type { HostApi, HostEvents, Opened, UiCommand } from '../../protocol/host';
import { protocolVersion } from '../../protocol/host';
import { emitter, serve } from '../../protocol/rpc';
import { listImages, pickImage, pickTensor, type Address } from '../run/images';
import { keepSettings } from '../run/settings';
import { bytesOf, OtherModel, type Models } from '../run/other';
import { runSource } from '../run/source';
import { revealSource } from '../views/revealSource';
import { changeWord, courseOf } from '../text/course';
import { bytes, record, text, whole, wholes } from './checks';
import { askFieldInput, checkedFieldInput } from './fieldInput';
import { cutHere } from './cut';
import { sayFailed } from './failed';
import { coverageOf, dependentsOf, fieldOf, trailOf } from './fields';
import { pageAssets, pageHtml } from './html';
import { askInputSize, checkedShape, withShape } from './inputSize';
import type { LiveModel } from './liveModel';
import { openingText, sceneText } from './opening';
import { reveal, saveFile } from './output';
import { portOf } from './port';
import { tableText } from './table';
import { cardOf, inspectorOf } from './views';
import { tensorSlice } from './weights';

export interface PageState {
  readonly selection: number | null;
  readonly running: boolean;
  readonly mode: string;
}

/** One editor on a document: serves the page's questions and tells it what changes. */
export class ModelPanel {
  readonly emit: ReturnType<typeof emitter<HostEvents>>;
  state: PageState = { selection: null, running: false, mode: 'graph' };
  private readonly changed = new vscode.EventEmitter<void>();
  /** The page told of another state, or the model is another. */
  readonly onDidChange = this.changed.event;
  private readonly chosen = new vscode.EventEmitter<number>();
  /** A person selected a layer in the page. */
  readonly onDidChoose = this.chosen.event;
  private readonly disposables: { dispose(): unknown }[] = [this.changed, this.chosen];
  /** A command that came before the page was there to obey it. */
  private pending: UiCommand | null = null;
  private ready = false;
  /** The scene that the page hears of next. */
  private newest: Scene | null = null;
  private readonly other: OtherModel;
  private opened: () => void = () => undefined;
  /** Resolves once the page has its first scene and hears of others. */
  readonly whenOpen = new Promise<void>((resolve) => (this.opened = resolve));

  constructor(
    readonly document: LiveModel,
    readonly panel: vscode.WebviewPanel,
    /** What may be compared with: this one among them. */
    models: Models,
  ) {
    this.other = new OtherModel(document, models, this.address);
    this.disposables.push(this.other);
    const { webview } = panel;
    const { extensionUri, sampleRoot } = document.services;
    const workspace = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    webview.options = {
      enableScripts: true,
      localResourceRoots: [
        ...['dist', 'media', 'samples'].map((folder) => vscode.Uri.joinPath(extensionUri, folder)),
        sampleRoot,
        document.folder,
        ...workspace,
      ],
    };
    const port = portOf(webview);
    this.emit = emitter<HostEvents>(port);
    // Listen before the page exists: its first question must not be lost.
    const stop = serve<HostApi>(port, this.api(), (name, error) => {
      document.services.log.error(`${document.name}: ${name}: ${String(error)}`);
    });
    this.disposables.push(
      new vscode.Disposable(stop),
      document.onDidChange(({ analysis, origin }) => {
        if (origin !== this) void this.tell(analysis.scene);
        this.changed.fire();
      }),
      document.onDidLose((what) => this.emit('lost', what)),
    );
    const moved = document.onDidMove?.(() => this.emit('moved', document.uri.toString()));
    if (moved) this.disposables.push(moved);
    webview.html = pageHtml(webview, extensionUri);
  }

  /** A command of the palette; kept until the page is there. */
  command(command: UiCommand): void {
    if (this.ready) this.emit('command', command);
    // Where one looks elsewhere is no reason to forget what was asked for.
    else if (command.kind !== 'point' || !this.pending) this.pending = command;
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** The address under which the page may fetch a file; null where its scheme or place does not allow that. */
  private readonly address: Address = (uri) => {
    // Files of version control and the like carry their revision in the query, which such addresses lose.
    if (uri.query !== '') return null;
    const roots = this.panel.webview.options.localResourceRoots ?? [];
    const inside = roots.some((root) => {
      const folder = root.path.endsWith('/') ? root.path : `${root.path}/`;
      return root.scheme === uri.scheme && root.authority === uri.authority && uri.path.startsWith(folder);
    });
    return inside ? this.panel.webview.asWebviewUri(uri).toString() : null;
  };

  private api(): HostApi {
    const { document } = this;
    const analysis = () => document.analysis();
    return {
      assets: () => Promise.resolve(pageAssets(this.panel.webview, document.services.extensionUri)),
      open: () => this.open(),
      card: async (node) => cardOf(await analysis(), whole(node, 'node')),
      inspect: async (node) => inspectorOf(await analysis(), whole(node, 'node')),
      tensor: async (request) => {
        const { value, from, count, times, step, running } = record(request, 'request');
        const file = await document.openFile();
        if (!file) throw new Error(vscode.l10n.t('The file is not open'));
        const first = { value: whole(value, 'value'), from: whole(from, 'from'), count: whole(count, 'count') };
        const more = times === undefined ? {} : { times: whole(times, 'times'), step: whole(step, 'step') };
        const of = running === true ? await document.runnable() : await analysis();
        return tensorSlice(of, file, { ...first, ...more }, document.signal);
      },
      unitSource: async (node) => nodeSource((await document.runnable()).facts, whole(node, 'node')),
      unitField: async (request) => {
        const { value, at } = record(request, 'request');
        return fieldOf((await analysis()).facts, whole(value, 'value'), wholes(at, 'at'));
      },
      unitTrail: async (request) => {
        const { value, at } = record(request, 'request');
        return trailOf((await analysis()).facts, whole(value, 'value'), wholes(at, 'at'));
      },
      dependents: async (request) => {
        const { value, pixel } = record(request, 'request');
        return dependentsOf((await analysis()).facts, whole(value, 'value'), wholes(pixel, 'pixel'));
      },
      coverage: async (value) => coverageOf((await analysis()).facts, whole(value, 'value')),
      runSource: async () => runSource(document, await analysis(), this.address),
      modelBytes: (path) => bytesOf(document, path === null ? null : text(path, 'path')),
      otherRun: () => this.other.ask(),
      otherBytes: (path) => this.other.bytes(path === null ? null : text(path, 'path')),
      images: async () => listImages(document, (await analysis()).facts.model.metadata, this.address),
      pickImage: () => pickImage(document),
      pickTensor: () => pickTensor(document),
      keepRunSettings: (settings) => keepSettings(document, settings),
      setInputSize: (request) => this.setInputSize(request),
      setFieldInput: (input) => this.setFieldInput(input),
      reveal: async (what) => reveal(document, what === 'problems' ? what : spanOf(what)),
      revealSource: async (node) => revealSource(document, whole(node, 'node')),
      depth: async () => depthFacts((await analysis()).facts),
      table: async (request) => tableText(await analysis(), request),
      copy: async (copied) => vscode.env.clipboard.writeText(text(copied, 'text', 50_000_000)),
      save: async (file) => {
        const { name, content } = record(file, 'file');
        const data = typeof content === 'string' ? new TextEncoder().encode(content) : bytes(content, 'content');
        return (await saveFile(document, text(name, 'name', 200), data)) !== null;
      },
      begin: () => document.begin?.() ?? Promise.resolve(),
      course: async (request) => courseOf(document, request),
      courseEdit: async (edit) => changeWord(document, text(edit, 'edit', 100)),
      openChapter: async (chapter) =>
        (await vscode.commands.executeCommand('convlens.openCourse', text(chapter, 'chapter', 100), 'anew')) === true,
      openSample: async (path) => {
        await vscode.commands.executeCommand('convlens.openSample', text(path, 'path', 200));
      },
      cut: async (node) => {
        const from = whole(node, 'node');
        // The page has no place to say it.
        return cutHere(document, from).catch((error: unknown) => {
          sayFailed(document.services, 'cut', error);
          return false;
        });
      },
      state: (state) => {
        const { selection, chosen, running, mode } = record(state, 'state');
        this.state = {
          selection: selection === null ? null : whole(selection, 'selection'),
          running: running === true,
          mode: text(mode, 'mode', 100),
        };
        this.changed.fire();
        if (chosen === true && this.state.selection !== null) this.chosen.fire(this.state.selection);
        return Promise.resolve();
      },
      log: (entry) => {
        const { level, text: line } = record(entry, 'entry');
        const message = `${document.name}: page: ${text(line, 'text', 10_000)}`;
        const { log } = document.services;
        if (level === 'error') log.error(message);
        else if (level === 'warn') log.warn(message);
        else log.info(message);
        return Promise.resolve();
      },
    };
  }

  private async open(): Promise<Opened> {
    const analysis = await this.document.analysis();
    const scene = await openingText(analysis.scene, (plan) => this.emit('plan', plan));
    const initial = this.pending;
    this.pending = null;
    this.ready = true;
    // After the answer.
    setTimeout(this.opened);
    return { version: protocolVersion, scene, place: this.document.uri.toString(), initial };
  }

  /** Shows another scene. What came first may be written last: only the newest is told. */
  async tell(scene: Scene): Promise<void> {
    this.newest = scene;
    const text = await sceneText(scene);
    if (this.newest === scene) this.emit('sceneChanged', text);
  }

  private async setInputSize(request: unknown): ReturnType<HostApi['setInputSize']> {
    const current = await this.document.analysis();
    const asked = request === null ? await askInputSize(current, this.document.shapes) : checkedShape(current, request);
    if (!asked) return null;
    const inputShapes = withShape(this.document.shapes, asked);
    const chosen = await this.document.choose({ inputShapes }, this);
    return chosen && sceneText(chosen.scene);
  }

  private async setFieldInput(request: unknown): ReturnType<HostApi['setFieldInput']> {
    const current = await this.document.analysis();
    const imageInput = request === null ? await askFieldInput(current) : checkedFieldInput(current, request);
    const chosen = imageInput === null ? null : await this.document.choose({ imageInput }, this);
    return chosen && sceneText(chosen.scene);
  }
}

function spanOf(what: unknown): { readonly start: number; readonly end: number } {
  const { start, end } = record(record(what, 'place').bytes, 'bytes');
  return { start: whole(start, 'start'), end: whole(end, 'end') };
}
