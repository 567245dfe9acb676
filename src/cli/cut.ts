import { analyze, type Facts } from '../core/analysis';
import { cutModel } from '../core/ir/cut';
import { dimText } from '../core/ir/dim';
import type { ValueId } from '../core/ir/types';
import { printable } from '../core/view/plainText';
import { bytes as sizeText, integer } from '../core/view/numbers';
import { parseOptions } from './arguments';
import { jsonText } from './json';
import { valueNamed } from './naming';
import { printProblems } from './problems';
import { analysedFile, firstError } from './reading';
import type { Terminal } from './terminal';
import { DONE, UsageError } from './usage';
import { refusal, targetOf, writeModel } from './written';

export const refusedCut = (why: string): object => ({ schema: 1, file: null, bytes: null, outputs: null, why });

/** `cut`: what is needed for some tensors, as a model of its own. */
export async function cutCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    at: { type: 'string', multiple: true },
    output: { type: 'string', short: 'o' },
    json: { type: 'boolean' },
  });
  const asked = values.at as readonly string[] | undefined;
  const [source, ...rest] = positionals;
  if (source === undefined) throw new UsageError('which file?');
  const layer = asked ? null : rest.shift();
  const places = asked ?? (layer === undefined || layer === null ? [] : [layer]);
  if (places.length === 0) throw new UsageError('where? --at TENSOR');
  const target = targetOf(values.output, rest.shift());
  if (rest.length) throw new UsageError(`what is “${rest[0]}”?`);
  const { analysis, file } = await analysedFile(source);
  try {
    const { facts } = analysis;
    const refuse = refusal(terminal, values.json === true, refusedCut);
    if (!facts) return refuse(firstError(analysis));
    const at = [...new Set(places.flatMap((place) => valuesAt(facts, place)))];
    const model = cutModel(facts.model, at, (id) => facts.types[id] ?? null);
    const bytes = await writeModel(model, file, source, target);
    if (typeof bytes === 'string') return refuse(bytes);
    const left = analyze(model);
    const outputs = at.map((id) => ({
      name: facts.graph.values[id]!.name,
      shape: (facts.types[id]?.shape ?? []).map((dim) => (typeof dim === 'number' ? dim : dimText(dim))),
    }));
    const counts = {
      operators: { kept: model.graph.nodes.length, of: facts.graph.nodes.length },
      parameters: { kept: left.totals.parameters, of: facts.totals.parameters },
    };
    if (values.json === true) terminal.out(`${jsonText({ schema: 1, file: target, bytes, outputs, ...counts })}\n`);
    else {
      const { operators, parameters } = counts;
      const part = (own: { readonly kept: number; readonly of: number }): string =>
        `${integer(own.kept)} of ${integer(own.of)}`;
      terminal.out(
        `${printable(target)}: ${part(operators)} operators and ${part(parameters)} parameters remain, ${sizeText(bytes)}\n`,
      );
      for (const { name, shape } of outputs) terminal.out(`  output ${printable(name)} ${shape.join('×')}\n`);
      printProblems(terminal, analysis);
    }
    return DONE;
  } finally {
    file.dispose();
  }
}

/** A tensor by its name, several of them between commas, or what a layer of that name makes. */
function valuesAt(facts: Facts, text: string): readonly ValueId[] {
  const { graph } = facts;
  const whole = valueNamed(facts, text);
  const found =
    whole === null ? text.split(',').map((name) => [name, valueNamed(facts, name)] as const) : [[text, whole] as const];
  return found.map(([name, id]) => {
    if (id === null) throw new UsageError(`there is no tensor and no layer “${name}”`);
    if (graph.values[id]!.producer === null)
      throw new UsageError(`“${name}” is made by no layer: nothing would remain`);
    return id;
  });
}
