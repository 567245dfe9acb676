import * as vscode from 'vscode';
import { compareModels, type Comparison } from '../../core/compare';
import { Cancelled } from '../../core/diagnostics/diagnostic';
import type { CompareApi, CompareEvents, Compared } from '../../protocol/compare';
import { emitter, serve } from '../../protocol/rpc';
import { record, text, whole } from '../editor/checks';
import { quiet } from '../editor/document';
import { pageAssets, pageHtml } from '../editor/html';
import type { LiveModel } from '../editor/liveModel';
import { saveFile } from '../editor/output';
import { portOf } from '../editor/port';
import { renamed } from '../editor/renamed';
import type { Services } from '../editor/services';
import { comparedTable } from './table';
import { comparedCard, comparisonView, type Shown } from './view';

interface Held {
  readonly comparison: Comparison;
  readonly shown: Shown;
}

/** A model that is read for the comparison alone, and closed with it. */
export type OpenModel = LiveModel & { dispose(): void };

interface Side {
  readonly model: OpenModel;
  /** Closes the model, and hears no more of it. */
  readonly stop: vscode.Disposable;
  /** Where its file is meanwhile, opened again or about to be; null while it is where the model says. */
  opening: vscode.Uri | null;
}

/** One page that holds two models against each other, and does so again when a file changes. */
export class ComparePanel {
  private readonly emit: ReturnType<typeof emitter<CompareEvents>>;
  private readonly disposables: { dispose(): unknown }[] = [];
  /** Before and after. */
  private sides: readonly [Side, Side];
  private current: Promise<Held>;
  /** Counts the comparisons: one that comes late is not shown. */
  private serial = 0;
  private closed = false;

  constructor(
    private readonly services: Services,
    models: readonly [before: OpenModel, after: OpenModel],
    readonly panel: vscode.WebviewPanel,
    /** Opens a file that has another name now. */
    private readonly open: (uri: vscode.Uri) => Promise<OpenModel>,
  ) {
    this.sides = [this.side(models[0]), this.side(models[1])];
    const { webview } = panel;
    webview.options = {
      enableScripts: true,
      localResourceRoots: ['dist', 'media'].map((folder) => vscode.Uri.joinPath(services.extensionUri, folder)),
    };
    const port = portOf(webview);
    this.emit = emitter<CompareEvents>(port);
    this.current = quiet(this.compare());
    this.disposables.push(
      new vscode.Disposable(
        serve<CompareApi>(port, this.api(), (name, error) =>
          services.log.error(`comparison: ${name}: ${String(error)}`),
        ),
      ),
      vscode.workspace.onDidRenameFiles((event) => void this.follow(event)),
    );
    panel.onDidDispose(() => {
      this.closed = true;
      this.serial++;
      for (const { stop } of this.sides) stop.dispose();
      for (const disposable of this.disposables) disposable.dispose();
    });
    this.title();
    webview.html = pageHtml(webview, services.extensionUri, 'compare');
  }

  shows(before: vscode.Uri, after: vscode.Uri): boolean {
    const [one, other] = this.sides;
    return one.model.uri.toString() === before.toString() && other.model.uri.toString() === after.toString();
  }

  private side(model: OpenModel): Side {
    const changed = model.onDidChange(() => void this.again());
    const lost = model.onDidLose((what) => this.emit('lost', what));
    return { model, stop: vscode.Disposable.from(changed, lost, model), opening: null };
  }

  /** Goes on with files that were renamed, where their models cannot do so themselves. */
  private async follow(event: vscode.FileRenameEvent): Promise<void> {
    const followed = await Promise.all(this.sides.map((side) => this.followSide(side, event)));
    if (followed.includes(true)) await this.again();
  }

  private async followSide(side: Side, event: vscode.FileRenameEvent): Promise<boolean> {
    const place = renamed(side.opening ?? side.model.uri, event);
    if (!place) return false;
    side.opening = place;
    // It may be renamed again, or the page closed, while it is opened.
    const isWanted = (): boolean => !this.closed && side.opening === place;
    try {
      const model = await this.open(place);
      if (!isWanted()) {
        model.dispose();
        return false;
      }
      side.stop.dispose();
      const next = this.side(model);
      const [one, other] = this.sides;
      this.sides = [one === side ? next : one, other === side ? next : other];
      return true;
    } catch (error) {
      if (isWanted()) this.emit('lost', error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  private title(): void {
    const [before, after] = this.sides.map(({ model }) => model) as [OpenModel, OpenModel];
    this.panel.title =
      before.name === after.name ? `${after.name} ↔ ${placeOf(before.uri)}` : `${before.name} ↔ ${after.name}`;
  }

  private async compare(): Promise<Held> {
    const { sides } = this;
    const [before, after] = await Promise.all(sides.map(({ model }) => model.analysis()));
    if (!before || !after) throw new Error('nothing to compare');
    for (const { reading } of [before, after])
      if (!reading.readable)
        throw new Error(reading.diagnostics[0]?.message ?? vscode.l10n.t('{0} is no model', reading.name));
    const start = performance.now();
    const comparison = compareModels(before.drawing, after.drawing);
    const [one, other] = sides.map(({ model }, i) => ({
      name: model.name,
      place: placeOf(model.uri),
      scene: (i ? after : before).scene,
    }));
    const shown = comparisonView(comparison, one!, other!);
    const ms = Math.round(performance.now() - start);
    this.services.log.info(`${one!.name} and ${other!.name} compared in ${ms} ms`);
    return { comparison, shown };
  }

  private async again(): Promise<void> {
    const mine = ++this.serial;
    // A definition follows its file by itself.
    this.title();
    this.current = quiet(this.compare());
    try {
      const { shown } = await this.current;
      if (mine === this.serial) this.emit('comparedAnew', this.told(shown));
    } catch (error) {
      if (mine === this.serial && !(error instanceof Cancelled))
        this.emit('lost', error instanceof Error ? error.message : String(error));
    }
  }

  /** Of the files as they are now: while one is compared, it may change again. */
  private async latest(): Promise<Held> {
    for (;;) {
      const asked = this.current;
      const held = await asked.catch((error: unknown) => {
        if (asked === this.current) throw error;
        return null;
      });
      if (held && asked === this.current) return held;
    }
  }

  private told({ union, view }: Shown): Compared {
    const [before, after] = this.sides;
    return { scene: union.scene, view, places: [before.model.uri.toString(), after.model.uri.toString()] };
  }

  private api(): CompareApi {
    const { services, panel } = this;
    return {
      assets: () => Promise.resolve(pageAssets(panel.webview, services.extensionUri)),
      compared: async () => this.told((await this.latest()).shown),
      card: async (node) => {
        const { comparison, shown } = await this.latest();
        return comparedCard(comparison, shown.union, whole(node, 'node'));
      },
      swap: async () => {
        this.sides = [this.sides[1], this.sides[0]];
        await this.again();
      },
      table: async (request) => comparedTable((await this.latest()).shown.union.scene, request),
      copy: async (copied) => vscode.env.clipboard.writeText(text(copied, 'text', 50_000_000)),
      save: async (file) => {
        const { name, content } = record(file, 'file');
        const data = new TextEncoder().encode(text(content, 'content', 50_000_000));
        return (await saveFile(this.sides[1].model, text(name, 'name', 200), data)) !== null;
      },
      log: (entry) => {
        const { level, text: line } = record(entry, 'entry');
        const message = `comparison: page: ${text(line, 'text', 10_000)}`;
        if (level === 'error') services.log.error(message);
        else services.log.info(message);
        return Promise.resolve();
      },
    };
  }
}

/** Where a file is from: Git's version for one that is read out of a repository, else its folder. */
function placeOf(uri: vscode.Uri): string {
  if (uri.scheme === 'git') return `Git ${refOf(uri) || 'Index'}`;
  const folder = vscode.workspace.asRelativePath(vscode.Uri.joinPath(uri, '..'), false);
  return folder === uri.path || folder === '' ? '' : folder;
}

/** Git's addresses carry path and revision as JSON in their query. */
function refOf(uri: vscode.Uri): string {
  try {
    const { ref } = JSON.parse(uri.query) as { readonly ref?: unknown };
    return typeof ref === 'string' && /^[\w./~^-]{1,80}$/.test(ref) ? (ref === '~' ? 'Index' : ref.slice(0, 12)) : '';
  } catch {
    return '';
  }
}
