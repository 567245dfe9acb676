import * as vscode from 'vscode';
import type { Services } from '../editor/services';
import { unlinked } from '../editor/unlinked';

type Run = (argument: unknown, selected: unknown) => Promise<void> | void;

/** A command that, when it fails, says so and leaves the whole story in the log. */
export const commandIn =
  (services: Services) =>
  (id: string, run: Run): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (argument: unknown, selected: unknown) => {
      try {
        await run(argument, selected);
      } catch (error) {
        services.log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        const reason = error instanceof Error ? error.message : String(error);
        void vscode.window.showErrorMessage(unlinked(vscode.l10n.t('ConvLens could not do that: {0}', reason)));
      }
    });
