import * as vscode from 'vscode';
import { sayFailed } from '../editor/failed';
import type { Services } from '../editor/services';

type Run = (argument: unknown, selected: unknown) => Promise<void> | void;

/** A command that, when it fails, says so and leaves the whole story in the log; it gives whether it did not fail. */
export const commandIn =
  (services: Services) =>
  (id: string, run: Run): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (argument: unknown, selected: unknown) => {
      try {
        await run(argument, selected);
        return true;
      } catch (error) {
        sayFailed(services, id, error);
        return false;
      }
    });
