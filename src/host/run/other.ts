import * as vscode from 'vscode';
import { compareModels } from '../../core/compare';
import type { OtherRun } from '../../protocol/host';
import type { LiveModel, Runnable } from '../editor/liveModel';
import { runSource } from './source';

/** A model of another editor, to run beside the own one and compare both layer by layer. */
export class OtherModel {
  /** As it was when it was chosen: layers were paired with those, and a text may be typed on. */
  private chosen: { readonly model: LiveModel; readonly running: Runnable } | null = null;

  constructor(
    private readonly own: LiveModel,
    /** All models that are open. */
    private readonly open: () => readonly LiveModel[],
  ) {}

  /** Asks which, where there are several; null when there is none, or the person thinks better of it. */
  async ask(): Promise<OtherRun | null> {
    const own = this.own.uri.toString();
    const others = new Map(this.open().map((model) => [model.uri.toString(), model]));
    others.delete(own);
    const model = await pick([...others.values()]);
    if (!model) return null;
    const [mine, theirs] = await Promise.all([this.own.runnable(), model.runnable()]);
    const { nodes: before } = mine.facts.graph;
    const { nodes: after, values } = theirs.facts.graph;
    const pairs = compareModels(mine.drawing, theirs.drawing).pairs.flatMap((pair) =>
      before[pair.before]!.outputs.flatMap((value, at) => {
        const other = after[pair.after]!.outputs[at] ?? null;
        return value === null || other === null ? [] : [{ value, name: values[other]!.name }];
      }),
    );
    // The page may fetch files beside its own model only: of another the bytes are handed over.
    const source = await runSource(model, await model.analysis(), () => null, theirs);
    this.chosen = { model, running: theirs };
    return { name: model.name, source: { ...source, url: null }, pairs };
  }

  /** Of the model chosen last; none but its own files. */
  async bytes(path: string | null): Promise<Uint8Array> {
    if (!this.chosen) throw new Error('No other model was chosen');
    const { model, running } = this.chosen;
    return path === null ? running.bytes() : bytesOf(model, path);
  }
}

async function pick(models: readonly LiveModel[]): Promise<LiveModel | undefined> {
  if (models.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open the other model in an editor of its own first; then both can be compared on one picture.'),
    );
    return undefined;
  }
  if (models.length === 1) return models[0];
  const items = models.map((model) => ({
    label: model.name,
    description: vscode.workspace.asRelativePath(model.uri),
    model,
  }));
  const title = vscode.l10n.t('Compare with which model?');
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.model;
}

/** The model's file as it runs, or one of the files its weights lie in. */
export async function bytesOf(document: LiveModel, path: string | null): Promise<Uint8Array> {
  if (path === null) return (await document.runnable()).bytes();
  const { model } = (await document.analysis()).facts;
  if (!model.externalFiles?.includes(path)) throw new Error('No file of this model');
  const sibling = await (await document.openFile())?.sibling(path);
  if (sibling?.kind !== 'found') throw new Error(vscode.l10n.t('{0} cannot be read', path));
  const source = sibling.bytes;
  // A copy of its own: what is posted takes its whole buffer along.
  return new Uint8Array(await source.read(0, source.size, document.signal));
}
