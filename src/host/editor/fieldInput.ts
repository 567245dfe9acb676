import * as vscode from 'vscode';
import { text } from './checks';
import type { Analysis } from './reading';

/** What the page asks for, looked at: an input that a receptive field can refer to. */
export function checkedFieldInput({ scene }: Analysis, request: unknown): string {
  const name = text(request, 'input');
  if (scene.header.fieldInput?.choices.some((choice) => choice.name === name)) return name;
  throw new TypeError(vscode.l10n.t('Receptive fields cannot refer to “{0}”', name));
}

/** Asks for the input; null when the person thinks better of it. */
export async function askFieldInput({ scene }: Analysis): Promise<string | null> {
  const { fieldInput } = scene.header;
  if (!fieldInput) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This model has one input that a unit can see, and no other.'),
    );
    return null;
  }
  const items = fieldInput.choices.map(({ name, size }) => ({
    label: name,
    description: size,
    ...(name === fieldInput.chosen ? { detail: vscode.l10n.t('chosen now') } : {}),
  }));
  const title = vscode.l10n.t('Which input do receptive fields refer to?');
  return (await vscode.window.showQuickPick(items, { title }))?.label ?? null;
}
