import * as vscode from 'vscode';
import type { Diagnostic } from '../../core/diagnostics/diagnostic';
import type { Runnable } from '../editor/liveModel';

/** A file the reader could not follow to its end is none a runtime can load. */
const FATAL = /^(file\/.*|onnx\/(truncated|malformed|not-onnx|no-graph|external-refused))$/;

/** Why a file as it was read cannot run; null when nothing speaks against it. */
export function damage(diagnostics: readonly Diagnostic[]): Runnable['obstacle'] {
  const worst = diagnostics.find(({ code, severity }) => severity === 'error' && FATAL.test(code));
  return worst ? { what: vscode.l10n.t('The file is damaged, so it cannot run.'), hint: worst.message } : null;
}
