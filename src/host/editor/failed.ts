import * as vscode from 'vscode';
import type { Services } from './services';
import { unlinked } from './unlinked';

/** Says that what a person asked for failed, and leaves the whole story in the log. */
export function sayFailed({ log }: Pick<Services, 'log'>, what: string, error: unknown): void {
  log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const reason = error instanceof Error ? error.message : String(error);
  void vscode.window.showErrorMessage(unlinked(vscode.l10n.t('ConvLens could not do that: {0}', reason)));
}
