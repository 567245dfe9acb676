import type { Facts } from '../core/analysis';
import { declare } from '../core/diagnostics/diagnostic';
import { flatTable, layerRows, plainTable, treeTable } from '../core/view/layerTable';
import { buildScene, draw } from '../core/view/scene';
import { toCsv, toLatex, toText } from '../core/view/table';
import { markdownSummary } from '../core/view/summary';
import { analysisDocument } from './analysisDocument';
import { parseFileArguments } from './arguments';
import { jsonDocument } from './json';
import { printProblems } from './problems';
import { type Analysis, hasErrors, readAndAnalyse, type Reading } from './reading';
import { heading, remarks } from './remarks';
import type { Terminal } from './terminal';
import { DONE, FILE_HAS_ERRORS, UsageError } from './usage';

const usage = declare('cli/usage', 'error', (message: string) => message);

export function refusedAnalysis(why: string): object {
  const reading: Reading = { name: '', model: null, diagnostics: [] };
  return analysisDocument({ reading, facts: null, diagnostics: [usage({}, why)] });
}

const PIECE = 1 << 16;

const FORMS = ['json', 'csv', 'markdown', 'latex'] as const;

/** `analyze`: everything that follows from a model without running it. */
export async function analyzeCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const wanted = parseFileArguments(args, {
    csv: { type: 'boolean' },
    markdown: { type: 'boolean' },
    latex: { type: 'boolean' },
  });
  const [form, other] = FORMS.filter((name) => wanted.values[name] === true);
  if (other) throw new UsageError(`--${form} or --${other}? One form at a time`);
  const analysis = await readAndAnalyse(wanted);
  if (form === 'json') print(terminal, jsonDocument(analysisDocument(analysis)));
  else {
    if (analysis.facts) terminal.out(written(analysis, analysis.facts, form, terminal.columns));
    printProblems(terminal, analysis);
  }
  return hasErrors(analysis) ? FILE_HAS_ERRORS : DONE;
}

/** In pieces of a size that a pipe takes at once. */
function print(terminal: Terminal, parts: Iterable<string>): void {
  let text = '';
  for (const part of parts) {
    text += part;
    if (text.length < PIECE) continue;
    terminal.out(text);
    text = '';
  }
  terminal.out(text);
}

function written(analysis: Analysis, facts: Facts, form: (typeof FORMS)[number] | undefined, columns: number): string {
  const scene = buildScene(draw(facts, analysis.reading.diagnostics), analysis.reading.name);
  const rows = layerRows(facts, scene);
  switch (form) {
    case 'csv':
      return toCsv(plainTable(rows));
    case 'latex':
      return toLatex(flatTable(rows));
    case 'markdown':
      return markdownSummary(facts, scene);
    default:
      return heading(scene) + toText(treeTable(rows), columns) + remarks(facts);
  }
}
