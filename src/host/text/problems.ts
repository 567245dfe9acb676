import * as vscode from 'vscode';
import { actions, textProblems, type TextProblem } from '../../core/language/diagnostics';
import { rangeOf, workspaceEdit } from './convert';
import { isCurrent } from './language';
import type { Texts } from './texts';

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

function diagnosticOf(document: vscode.TextDocument, problem: TextProblem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    rangeOf(document, problem.span),
    problem.message,
    SEVERITIES[problem.severity],
  );
  diagnostic.code = problem.code;
  diagnostic.source = 'ConvLens';
  return diagnostic;
}

/** Squiggles under the words, and entries of the Problems panel. */
export function publishProblems(texts: Texts, collection: vscode.DiagnosticCollection): vscode.Disposable {
  return vscode.Disposable.from(
    texts.onDidSettle(({ document, snapshot }) => {
      if (!isCurrent(document)) return;
      collection.set(
        document.uri,
        textProblems(snapshot).map((problem) => diagnosticOf(document, problem)),
      );
    }),
    texts.onDidClose(({ uri }) => collection.delete(uri)),
  );
}

/** Remedies for problems, and what else could be done with a layer. */
export class QuickFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite];

  constructor(private readonly texts: Texts) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    const snapshot = await this.texts.current(document);
    const found = snapshot ? actions(snapshot, start, end) : [];
    const seen = new Set<TextProblem>();
    return found.map(({ fix, problem }) => {
      const action = new vscode.CodeAction(
        fix.title,
        problem ? vscode.CodeActionKind.QuickFix : vscode.CodeActionKind.RefactorRewrite,
      );
      action.edit = workspaceEdit(document, fix.edits);
      if (problem) {
        const own = rangeOf(document, problem.span);
        action.diagnostics = context.diagnostics.filter(
          ({ code, range: at }) => code === problem.code && at.isEqual(own),
        );
        // The likeliest remedy of each problem stands first.
        action.isPreferred = !seen.has(problem);
        seen.add(problem);
      }
      return action;
    });
  }
}
