import { analyze } from '../core/analysis';
import { printable } from '../core/view/plainText';
import { bytes as sizeText, integer } from '../core/view/numbers';
import { parseOptions } from './arguments';
import { jsonText } from './json';
import { printProblems } from './problems';
import { analysedFile, firstError } from './reading';
import type { Terminal } from './terminal';
import { DONE, UsageError } from './usage';
import { refusal, targetOf, writeModel } from './written';

export const refusedConvert = (why: string): object => ({ schema: 1, file: null, bytes: null, why });

/** `convert`: any model that can be read, as one ONNX file with its weights. */
export async function convertCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    output: { type: 'string', short: 'o' },
    json: { type: 'boolean' },
  });
  const [source, named, surplus] = positionals;
  if (source === undefined) throw new UsageError('which file?');
  if (surplus !== undefined) throw new UsageError(`what is “${surplus}”?`);
  const target = targetOf(values.output, named);
  const { analysis, file } = await analysedFile(source);
  try {
    const { model } = analysis.reading;
    const refuse = refusal(terminal, values.json === true, refusedConvert);
    // What analysis does not like may still be a model; what could not be read is none.
    const broken = analysis.reading.diagnostics.some(({ severity }) => severity === 'error');
    if (!model || broken) return refuse(firstError(analysis));
    const written = await writeModel(model, file, source, target, terminal);
    if (typeof written === 'string') return refuse(written);
    const { parameters } = analyze(model).totals;
    const operators = model.graph.nodes.length;
    if (values.json === true)
      terminal.out(`${jsonText({ schema: 1, file: target, bytes: written, operators, parameters })}\n`);
    else {
      terminal.out(
        `${printable(target)}: ${integer(operators)} operators, ${integer(parameters)} parameters, ${sizeText(written)}\n`,
      );
      printProblems(terminal, analysis);
    }
    return DONE;
  } finally {
    file.dispose();
  }
}
