import { analyze, type Facts } from '../core/analysis';
import { headPlace } from '../core/analysis/headPlace';
import { cutModel } from '../core/ir/cut';
import { dimText } from '../core/ir/dim';
import { headChannels, headSynapses, isClasses, type HeadPlan, type NewHead } from '../core/ir/head';
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
    head: { type: 'string' },
    seed: { type: 'string' },
    softmax: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const asked = values.at as readonly string[] | undefined;
  const [source, ...rest] = positionals;
  if (source === undefined) throw new UsageError('which file?');
  const layer = asked ? null : rest.shift();
  const places = asked ?? (layer === undefined || layer === null ? [] : [layer]);
  if (places.length === 0) throw new UsageError('where? --at TENSOR');
  const target = targetOf(values.output, rest.shift());
  const head = headPlan(values);
  if (rest.length) throw new UsageError(`what is “${rest[0]}”?`);
  const { analysis, file } = await analysedFile(source);
  try {
    const { facts } = analysis;
    const refuse = refusal(terminal, values.json === true, refusedCut);
    if (!facts) return refuse(firstError(analysis));
    const at = [...new Set(places.flatMap((place) => valuesAt(facts, place)))];
    const typeOf = (id: ValueId) => facts.types[id] ?? null;
    const added = head && newHead(facts, at, head);
    const model = cutModel(facts.model, at, typeOf, added?.head);
    const bytes = await writeModel(model, file, source, target, terminal);
    if (typeof bytes === 'string') return refuse(bytes);
    const left = analyze(model);
    const kept = head ? analyze(cutModel(facts.model, at, typeOf)) : left;
    const { graph, types } = head ? left : facts;
    const outputs = (head ? graph.outputs : at).map((id) => ({
      name: graph.values[id]!.name,
      shape: (types[id]?.shape ?? []).map((dim) => (typeof dim === 'number' ? dim : dimText(dim))),
    }));
    const counts = {
      operators: { kept: kept.graph.nodes.length, of: facts.graph.nodes.length },
      parameters: { kept: kept.totals.parameters, of: facts.totals.parameters },
      ...(added ? { head: added.told } : {}),
    };
    if (values.json === true) terminal.out(`${jsonText({ schema: 1, file: target, bytes, outputs, ...counts })}\n`);
    else {
      const { operators, parameters } = counts;
      const part = (own: { readonly kept: number; readonly of: number }): string =>
        `${integer(own.kept)} of ${integer(own.of)}`;
      terminal.out(
        `${printable(target)}: ${part(operators)} operators and ${part(parameters)} parameters remain, ${sizeText(bytes)}\n`,
      );
      if (added) {
        const { classes, channels, synapses } = added.told;
        terminal.out(
          `  a new head of ${integer(classes)} classes on ${integer(channels)} channels has ${integer(synapses)} synapses to learn\n`,
        );
      }
      for (const { name, shape } of outputs) terminal.out(`  output ${printable(name)} ${shape.join('×')}\n`);
      printProblems(terminal, analysis);
    }
    return DONE;
  } finally {
    file.dispose();
  }
}

/** What `--head`, `--seed` and `--softmax` ask for; null for no head. */
function headPlan(values: Readonly<Record<string, unknown>>): HeadPlan | null {
  const whole = (name: string, usual: number | null): number | null => {
    const text = values[name];
    if (typeof text !== 'string') return usual;
    if (!/^\d+$/.test(text) || Number(text) > 0xffffffff)
      throw new UsageError(`--${name} ${text} is no number to count with`);
    return Number(text);
  };
  const classes = whole('head', null);
  if (classes === null) {
    if (values.seed !== undefined || values.softmax === true)
      throw new UsageError('a seed and a softmax belong to a head: --head CLASSES');
    return null;
  }
  return { classes, seed: whole('seed', 0) ?? 0, softmax: values.softmax === true };
}

/** The head with its place on the one tensor that gets it, and what is told of it. */
function newHead(
  facts: Facts,
  at: readonly ValueId[],
  plan: HeadPlan,
): {
  readonly head: NewHead;
  readonly told: {
    readonly classes: number;
    readonly seed: number;
    readonly channels: number;
    readonly synapses: number;
  };
} {
  const [only, more] = at;
  if (only === undefined || more !== undefined) throw new UsageError('a head is put onto one tensor');
  const { name } = facts.graph.values[only]!;
  if (facts.constant[only]) throw new UsageError(`${name} is the same whatever the input: a head would learn nothing`);
  const place = headPlace(facts, only);
  const channels = headChannels(facts.types[only] ?? null, place);
  if (typeof place === 'string' || typeof channels === 'string') throw new UsageError(`${name}: ${channels}`);
  const { classes, seed } = plan;
  if (!isClasses(channels, classes))
    throw new UsageError(`${classes} is no number of classes for a head on ${channels} channels`);
  return { head: { ...plan, place }, told: { classes, seed, channels, synapses: headSynapses(channels, classes) } };
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
