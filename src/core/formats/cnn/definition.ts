import type { Diagnostic, Span } from '../../diagnostics/diagnostic';
import type { FixableDiagnostic } from '../../diagnostics/fix';
import { comparing } from '../../ir/sameModel';
import type { Model } from '../../ir/types';
import { atOnce, type Steps } from '../../steps';
import { t } from '../../l10n/l10n';
import { lookBack } from './lower/after';
import { Lowering } from './lower/lowering';
import type { Use } from './lower/references';
import { readSettings, type Settings } from './lower/settings';
import type { LayerRun, Wire } from './lower/wire';
import * as problems from './problems';
import { DocumentParser } from './syntax/document';
import type { Slip } from './syntax/mend';
import { readProgram, type Program } from './syntax/program';
import type { YamlError } from './syntax/yaml';
import { optionNamed } from './vocabulary/options';

/** A text and everything that follows from it without analysis. */
export interface Definition {
  readonly source: string;
  readonly program: Program;
  readonly settings: Settings;
  /** In full size, whatever `width` says. */
  readonly model: Model;
  /** The layers of the net in the order of computation. */
  readonly runs: readonly LayerRun[];
  /** Places where names stand. */
  readonly uses: readonly Use[];
  /** Worst first within a line's order: what to tell, each once. */
  readonly diagnostics: readonly FixableDiagnostic[];
}

/** ONNX 1.12: what every runtime in use can load. Borders that wrap came with 19. */
const OPSET = 17;
const OPSET_WRAP = 19;

/** Reads definitions; keeps what a text before had in common with the next one. */
export class DefinitionReader {
  private readonly parser = new DocumentParser();

  /** Any text gives a definition: what cannot be read is told, and the rest makes the graph so far. */
  read(source: string, name = ''): Definition {
    return atOnce(this.reading(source, name));
  }

  /** The same in steps of a layer each. */
  *reading(source: string, name = ''): Steps<Definition> {
    const program = yield* readProgram(yield* this.parser.parse(source));
    const found: FixableDiagnostic[] = [];
    const report = (problem: FixableDiagnostic): void => void found.push(problem);
    for (const slip of program.slips) report(slipProblem(slip));
    for (const error of program.errors) report(yamlProblem(source, error));
    const said = readSettings(program, report);
    const settings: Settings = { ...said, name: said.name || name };
    if (!program.layers.length) {
      const span = program.settings.get('layers')?.key.span ?? { start: source.length, end: source.length };
      report(problems.noLayers(place(span)));
    }
    return yield* finished(source, program, settings, 1, found);
  }
}

/** The same net with `width` applied to its channels: the twin that runs in place of one that is too large. */
export const narrowed = ({ source, program, settings }: Definition): Definition =>
  atOnce(finished(source, program, settings, settings.width, []));

/** Whether two texts show the same net and run the same one: blanks and comments change neither, `width` the second alone. */
export function* sameNet(a: Definition, b: Definition): Steps<boolean> {
  return a.settings.width === b.settings.width && (yield* comparing(a.model, b.model));
}

function* finished(
  source: string,
  program: Program,
  settings: Settings,
  width: number,
  found: readonly FixableDiagnostic[],
): Steps<Definition> {
  const lowering = yield* lower(source, program, { ...settings, width });
  lookBack(lowering, source);
  yield;
  const model = modelOf(lowering, settings);
  yield;
  return {
    source,
    program,
    settings,
    model,
    runs: lowering.runs,
    uses: lowering.uses,
    diagnostics: distinct([
      ...found,
      ...lowering.problems.map(({ problem, run }) => ({ ...problem, node: run?.main ?? null })),
    ]),
  };
}

/** Reads one text once. */
export const readDefinition = (source: string, name = ''): Definition => new DefinitionReader().read(source, name);

const place = (span: { readonly start: number; readonly end: number }) =>
  ({ location: { kind: 'text', span } }) as const;

function slipProblem({ kind, word: { text, span }, edits }: Slip): FixableDiagnostic {
  const at = place(span);
  const fixed = (problem: Diagnostic, title: string): FixableDiagnostic => ({ ...problem, fixes: [{ title, edits }] });
  switch (kind) {
    case 'blank':
      return fixed(problems.missingBlank(at, text), t('Insert a blank'));
    case 'colon':
      return fixed(problems.missingColon(at, text), t('Insert the colon'));
    case 'column':
      return fixed(problems.wrongColumn(at, text), t('Move the line to its column'));
    case 'tab':
      return fixed(problems.tabs(at), t('Two blanks for each tab'));
    case 'dash':
      return fixed(problems.missingDash(at), t('Put a dash before each layer'));
  }
}

/** A key under a layer that lacks its colon is the commonest slip; YAML has other words for it. */
function yamlProblem(source: string, { code, message, span }: YamlError): FixableDiagnostic {
  const behind = code === 'unexpected-token' ? behindList(source, span) : null;
  if (behind) return behind;
  const [, word] = /^([\w ]+?)\s*\n/.exec(source.slice(span.start, span.end + 1)) ?? [];
  if (code !== 'multiline-implicit-key' || word === undefined) return problems.yamlProblem(place(span), tidy(message));
  const end = span.start + word.length;
  const colon = { span: { start: end, end }, text: ':' };
  const missing = problems.missingColon(place({ start: span.start, end }), word);
  return { ...missing, fixes: [{ title: t('Insert the colon'), edits: [colon] }] };
}

/** `concat: [a, b] crop`. */
function behindList(source: string, { start }: Span): FixableDiagnostic | null {
  const [word = ''] = /^\w+/.exec(source.slice(start, start + 40)) ?? [];
  const line = source.slice(source.lastIndexOf('\n', start - 1) + 1, start);
  const [, indent = '', before = ''] = /^((?:\s|-(?= ))*)[\w ]+:\s*\[.*\](\s*)$/.exec(line) ?? [];
  if (optionNamed(word)?.kind !== 'flag' || indent === '') return null;
  const end = start + word.length;
  const rest = /^[ \t]*(?=\r?(?:\n|$))/.test(source.slice(end));
  const problem = problems.behindList(place({ start, end }), word, `${word}: true`);
  if (!rest) return problem;
  const edit = { span: { start: start - before.length, end }, text: `\n${' '.repeat(indent.length)}${word}: true` };
  return { ...problem, fixes: [{ title: t('Put it into a line of its own'), edits: [edit] }] };
}

/** The first sentence: what follows shows the place, which is marked anyway. */
const tidy = (message: string): string => message.split(/\n| at line \d+/)[0]!.replace(/\.?$/, '.');

/** Two things are known only at the end: who asks for indices, and which layers decide the outputs' channels. */
function* lower(source: string, program: Program, settings: Settings): Steps<Lowering> {
  const nobody: ReadonlySet<number> = new Set();
  let lowering = new Lowering(source, program, settings, { unscaled: nobody, unpooled: nobody });
  yield* lowering.run();
  const unscaled = settings.width === 1 ? nobody : decidingRuns(lowering.outputs);
  if (lowering.unpooled.size || unscaled.size) {
    lowering = new Lowering(source, program, settings, { unscaled, unpooled: lowering.unpooled });
    yield* lowering.run();
  }
  return lowering;
}

/** The last layers before the outputs that decide how many channels there are. */
function decidingRuns(outputs: readonly Wire[]): ReadonlySet<number> {
  const deciding = new Set<number>();
  const seen = new Set<LayerRun>();
  const queue = [...outputs];
  for (const { run } of queue) {
    if (!run || seen.has(run)) continue;
    seen.add(run);
    if (run.makesChannels) deciding.add(run.index);
    else queue.push(...run.inputs);
  }
  return deciding;
}

function modelOf(lowering: Lowering, settings: Settings): Model {
  const { builder } = lowering.emitter;
  for (const { tensor } of lowering.outputs) builder.output(tensor, { dtype: 'float32', shape: null });
  const { graph } = builder.build();
  const wraps = graph.nodes.some(({ attrs }) => {
    const mode = attrs.get('mode');
    return mode?.kind === 'string' && mode.value === 'wrap';
  });
  const learned = lowering.runs.some(({ makesChannels, fixedWeights }) => makesChannels && !fixedWeights);
  return {
    format: 'cnn',
    producer: 'ConvLens',
    irVersion: wraps ? 9 : 8,
    opsets: new Map([['ai.onnx', wraps ? OPSET_WRAP : OPSET]]),
    metadata: new Map([...settings.metadata, ...(learned ? [['convlens.weights', 'untrained'] as const] : [])]),
    functions: [],
    graph,
  };
}

/** A layer in a block has its problems as often as the block is used: each is told once. */
function distinct(found: readonly FixableDiagnostic[]): readonly FixableDiagnostic[] {
  const first = new Map<string, FixableDiagnostic>();
  const start = ({ location }: Diagnostic): number => (location?.kind === 'text' ? location.span.start : 0);
  for (const problem of found) {
    const key = `${problem.code}|${start(problem)}`;
    const known = first.get(key);
    if (!known || (known.node === null && problem.node !== null && known.message === problem.message))
      first.set(key, problem);
  }
  return [...first.values()].sort((a, b) => start(a) - start(b));
}
