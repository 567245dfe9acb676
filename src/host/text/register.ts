import * as vscode from 'vscode';
import { Completions } from './completion';
import { Figures } from './figures';
import { LANGUAGE } from './language';
import { Names } from './names';
import { publishProblems, QuickFixes } from './problems';
import { Structure } from './structure';
import type { Texts } from './texts';

/** Everything the text editor knows of definitions. */
export function registerLanguage(texts: Texts, problems: vscode.DiagnosticCollection): vscode.Disposable {
  const { languages } = vscode;
  const figures = new Figures(texts);
  const names = new Names(texts);
  const structure = new Structure(texts);
  const registered = vscode.Disposable.from(
    publishProblems(texts, problems),
    languages.registerCodeActionsProvider(LANGUAGE, new QuickFixes(texts), {
      providedCodeActionKinds: QuickFixes.kinds,
    }),
    languages.registerCompletionItemProvider(LANGUAGE, new Completions(texts), ...Completions.triggers),
    languages.registerInlayHintsProvider(LANGUAGE, figures),
    languages.registerHoverProvider(LANGUAGE, figures),
    languages.registerCodeLensProvider(LANGUAGE, figures),
    languages.registerDefinitionProvider(LANGUAGE, names),
    languages.registerReferenceProvider(LANGUAGE, names),
    languages.registerDocumentHighlightProvider(LANGUAGE, names),
    languages.registerRenameProvider(LANGUAGE, names),
    languages.registerDocumentSymbolProvider(LANGUAGE, structure),
    languages.registerFoldingRangeProvider(LANGUAGE, structure),
    languages.registerDocumentFormattingEditProvider(LANGUAGE, structure),
  );
  texts.start();
  return registered;
}
