import * as vscode from 'vscode';
import { compareModels } from '../../core/compare';
import { Cancelled } from '../../core/diagnostics/diagnostic';
import type { OtherRun } from '../../protocol/host';
import type { OpenModel } from '../compare/comparePanel';
import { pickModel } from '../compare/pickModel';
import type { LiveModel, Runnable } from '../editor/liveModel';
import type { Address } from './images';
import { runSource } from './source';

/** Where other models are to be had. */
export interface Models {
  /** All that are open in editors. */
  open(): readonly LiveModel[];
  /** Any other, in the background; who asks for it closes it. */
  read(uri: vscode.Uri): Promise<OpenModel>;
}

/** Another model, open in an editor or not, to run beside the own one and compare both layer by layer. */
export class OtherModel implements vscode.Disposable {
  /** As it was when it was chosen: layers were paired with those, and a text may be typed on. */
  private chosen: { readonly model: LiveModel; readonly running: Runnable } | null = null;
  /** What was opened for this page alone. */
  private own: OpenModel | null = null;
  private disposed = false;

  constructor(
    private readonly shown: LiveModel,
    private readonly models: Models,
    private readonly address: Address,
  ) {}

  /** Asks which; null where the person thinks better of it. */
  async ask(): Promise<OtherRun | null> {
    const open = this.models.open();
    const title = vscode.l10n.t('Compare {0} with which model?', this.shown.name);
    const uri = await pickModel(title, this.shown.uri, open);
    if (!uri) return null;
    const there = open.find((model) => model.uri.toString() === uri.toString());
    const read = there ? null : await this.models.read(uri);
    const model = there ?? read!;
    try {
      const [mine, theirs] = await Promise.all([this.shown.runnable(), model.runnable()]);
      const source = await runSource(model, await model.analysis(), this.address, theirs);
      // Closed meanwhile: nobody would close what was opened.
      if (this.disposed) throw new Cancelled();
      this.own?.dispose();
      this.own = read;
      this.chosen = { model, running: theirs };
      return { name: model.name, source, pairs: pairsOf(mine, theirs) };
    } catch (error) {
      read?.dispose();
      throw error;
    }
  }

  /** Of the model chosen last; none but its own files. */
  async bytes(path: string | null): Promise<Uint8Array> {
    if (!this.chosen) throw new Error('No other model was chosen');
    const { model, running } = this.chosen;
    return path === null ? running.bytes() : bytesOf(model, path);
  }

  dispose(): void {
    this.disposed = true;
    this.own?.dispose();
  }
}

function pairsOf(mine: Runnable, theirs: Runnable): OtherRun['pairs'] {
  const { nodes: before } = mine.facts.graph;
  const { nodes: after, values } = theirs.facts.graph;
  return compareModels(mine.drawing, theirs.drawing).pairs.flatMap((pair) =>
    before[pair.before]!.outputs.flatMap((value, at) => {
      const other = after[pair.after]!.outputs[at] ?? null;
      return value === null || other === null ? [] : [{ value, name: values[other]!.name }];
    }),
  );
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
