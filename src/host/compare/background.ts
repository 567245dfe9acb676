import * as vscode from 'vscode';
import { ModelDocument } from '../editor/document';
import type { Services } from '../editor/services';
import { DefinitionModel } from '../text/definitionModel';
import { isDefinition, isDefinitionFile } from '../text/language';
import type { Texts } from '../text/texts';
import type { OpenModel } from './comparePanel';

/** A model without an editor of ConvLens's: a definition as it stands in its text editor, saved or not; any other file as it lies there. */
export async function openInBackground(services: Services, texts: Texts, uri: vscode.Uri): Promise<OpenModel> {
  // What is wrong with a file is told where it is open by itself.
  const quiet: Services = { ...services, problems: null };
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open ? isDefinition(open) : isDefinitionFile(uri))
    try {
      const document = open ?? (await vscode.workspace.openTextDocument(uri));
      return await DefinitionModel.open(document, texts, quiet);
    } catch (error) {
      // As a file it says itself why it cannot be read.
      services.log.warn(`${uri.toString()}: ${String(error)}`);
    }
  return new ModelDocument(uri, quiet);
}
