import * as vscode from 'vscode';
import type { ModelFile } from '../../core/bytes/source';
import { Cancelled } from '../../core/diagnostics/diagnostic';
import { writeOnnx } from '../../core/formats/onnx/write';
import type { Model } from '../../core/ir/types';
import { writeAtomically } from './atomic';
import { unlinked } from './unlinked';

const baseName = ({ path }: vscode.Uri): string => path.split('/').at(-1) ?? '';

/** Writes a model while a notification says so and can stop it; gives the bytes written, null when stopped. */
export async function writeModel(target: vscode.Uri, model: Model, file: ModelFile | null): Promise<number | null> {
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

/** Says what was written, and opens it where that is wanted. */
export async function offerToOpen(target: vscode.Uri, words: string): Promise<void> {
  const open = vscode.l10n.t('Open');
  if ((await vscode.window.showInformationMessage(unlinked(words), open)) === open) {
    await vscode.commands.executeCommand('convlens.openFile', target);
  }
}
