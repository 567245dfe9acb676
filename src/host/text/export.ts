import * as vscode from 'vscode';
import { narrowed, type Definition } from '../../core/formats/cnn/definition';
import { textProblems } from '../../core/language/diagnostics';
import { bytes as sizeText } from '../../core/view/numbers';
import { askTarget } from '../editor/output';
import type { Services } from '../editor/services';
import { unlinked } from '../editor/unlinked';
import { offerToOpen, writeModel } from '../editor/writeModel';
import { netName } from './language';
import type { Texts } from './texts';
import { weightBytes } from './weightBytes';

/** Writes a definition as an ONNX file with its weights; null when the person thinks better of it. */
export async function exportOnnx(
  { texts, services }: { readonly texts: Texts; readonly services: Services },
  document: vscode.TextDocument,
): Promise<vscode.Uri | null> {
  const snapshot = await texts.latest(document);
  const error = textProblems(snapshot).find(({ severity }) => severity === 'error');
  if (error) {
    const show = vscode.l10n.t('Show Problems');
    const text = vscode.l10n.t('The definition has errors, so it cannot be exported. {0}', error.message);
    if ((await vscode.window.showErrorMessage(unlinked(text), show)) === show) {
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    }
    return null;
  }
  const definition = await chosenWidth(snapshot.definition);
  if (!definition) return null;
  const folder = vscode.Uri.joinPath(document.uri, '..');
  const target = await askTarget({ folder }, `${netName(document.uri)}.onnx`, { ONNX: ['onnx'] });
  if (!target) return null;
  const size = await writeModel(target, definition.model, null, { uri: document.uri, folder, services });
  if (size === null) return null;
  const text = vscode.l10n.t('{0} was written: {1}', target.path.split('/').at(-1) ?? '', sizeText(size));
  void offerToOpen(target, text);
  return target;
}

/** The full size, unless the text says another width and the person wants that. */
async function chosenWidth(definition: Definition): Promise<Definition | null> {
  const { width } = definition.settings;
  if (width === 1) return definition;
  const narrow = narrowed(definition);
  const items = [
    { label: vscode.l10n.t('Full size'), description: sizeText(weightBytes(definition.model)), definition },
    {
      label: vscode.l10n.t('As it runs, with the width of the text'),
      description: sizeText(weightBytes(narrow.model)),
      definition: narrow,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Export as ONNX') });
  return picked?.definition ?? null;
}
