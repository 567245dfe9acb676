import * as vscode from 'vscode';
import type { ModelFile } from '../../core/bytes/source';
import { Cancelled } from '../../core/diagnostics/diagnostic';
import { writeOnnx } from '../../core/formats/onnx/write';
import type { Model } from '../../core/ir/types';
import { partOverwritten } from '../../core/overwriting';
import { writeAtomically } from './atomic';
import type { LiveModel } from './liveModel';
import { unlinked } from './unlinked';

const baseName = ({ path }: vscode.Uri): string => path.split('/').at(-1) ?? '';

/** Where a model is from that is written anew. */
type Source = Pick<LiveModel, 'uri' | 'folder' | 'services'>;

/**
 * Writes a model while a notification says so and can stop it; gives the bytes written, null when stopped. Throws where it would take
 * the place of what it is made of.
 */
export async function writeModel(
  target: vscode.Uri,
  model: Model,
  file: ModelFile | null,
  source: Source,
): Promise<number | null> {
  await refuseOverwriting(target, model, source);
  const title = unlinked(vscode.l10n.t('Writing {0}', baseName(target)));
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      try {
        const { bytes, diagnostics } = await writeOnnx(model, file, stop.signal);
        const error = diagnostics.find(({ severity }) => severity === 'error');
        if (!bytes || error) throw new Error(error?.message ?? baseName(target));
        if (stop.signal.aborted) return null;
        await writeAtomically(vscode.workspace.fs, target, bytes);
        return bytes.length;
      } catch (problem) {
        if (problem instanceof Cancelled) return null;
        throw problem;
      }
    },
  );
}

async function refuseOverwriting(target: vscode.Uri, model: Model, { uri, folder, services }: Source): Promise<void> {
  const part = await partOverwritten(model, uri, target, {
    beside: (name) => vscode.Uri.joinPath(folder, name),
    // A link that cannot be followed is a place of its own.
    real: (place) =>
      services.platform.resolve(place).then(
        (real) => (real ?? place).toString(),
        () => null,
      ),
  });
  if (part === null) return;
  const name = baseName(target);
  throw new Error(
    part === 'model'
      ? vscode.l10n.t('{0} is the model itself: choose another file', name)
      : vscode.l10n.t('{0} holds the weights of the model: choose another file', name),
  );
}

/** Says what was written, and opens it where that is wanted. */
export async function offerToOpen(target: vscode.Uri, words: string): Promise<void> {
  const open = vscode.l10n.t('Open');
  if ((await vscode.window.showInformationMessage(unlinked(words), open)) === open) {
    await vscode.commands.executeCommand('convlens.openFile', target);
  }
}
