import type { Facts } from '../core/analysis';
import { explain } from '../core/failure';
import { findLabels } from '../core/labels';
import { runFacts, type RunFacts } from '../core/running';
import { topClasses } from '../core/scores';
import type { ValueId } from '../core/ir/types';
import { jsonText } from './json';
import { valueNamed } from './naming';
import { runnable } from './runnable';
import { printProblems } from './problems';
import { firstError, hasErrors, readAndAnalyse } from './reading';
import { parseRunArguments, type RunArguments } from './runArguments';
import { noRun, runDocument, runWords, type RunDocument } from './runDocument';
import { feedInputs } from './runFeeds';
import { imageNetLabels } from './runFiles';
import { saveTensors } from './runSave';
import { runModel, type RunResult } from './runSession';
import type { Terminal } from './terminal';
import { DONE, FILE_HAS_ERRORS, UsageError } from './usage';

export const refusedRun = (why: string): object => noRun('', why);

/** `run`: the model on a picture or on arrays, with the page's runtime and the page's preparation. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const wanted = parseRunArguments(args);
  const analysis = await readAndAnalyse({ ...wanted, inputs: wanted.sizes, fieldOf: undefined, values: {} });
  const { facts, reading } = analysis;
  const broken = reading.model?.format === 'cnn' && hasErrors(analysis);
  const document =
    facts && !broken ? await ran(facts, reading.name, wanted) : noRun(reading.name, firstError(analysis));
  terminal.out(wanted.json ? `${jsonText(document)}\n` : runWords(document));
  if (!wanted.json) {
    if (document.why !== null) terminal.error(`${document.why}\n`);
    printProblems(terminal, analysis);
  }
  return document.why !== null || hasErrors(analysis) ? FILE_HAS_ERRORS : DONE;
}

/** The tensors in between that are asked for, by their names or those of layers; throws a UsageError for one there is not. */
function tapsFor(facts: Facts, { taps, outputs }: RunFacts, tensors: readonly string[]): readonly string[] {
  const nameOf = (id: ValueId): string => facts.graph.values[id]!.name;
  const names = taps.map(nameOf);
  if (tensors.includes('all')) return names;
  const asked = tensors.map((text) => {
    const id = valueNamed(facts, text);
    const name = id === null ? text : nameOf(id);
    if (id === null || (!names.includes(name) && !outputs.includes(name)))
      throw new UsageError(`the model makes no tensor “${text}” and has no such layer`);
    return name;
  });
  return [...new Set(asked)].filter((name) => !outputs.includes(name));
}

async function ran(analysed: Facts, name: string, wanted: RunArguments): Promise<RunDocument> {
  if (analysed.model.format === 'cnn' && wanted.sizes.size > 0)
    throw new UsageError('the size of the input stands in the definition: change it there');
  const prepared = await runnable(analysed, wanted.file);
  if (typeof prepared === 'string') return noRun(name, prepared);
  const { facts, file, note } = prepared;
  try {
    const run = runFacts(facts);
    const taps = tapsFor(facts, run, wanted.tensors);
    if (run.obstacle) return noRun(name, `${run.obstacle.what} ${run.obstacle.hint}`);
    const inputs = await feedInputs(run, wanted);
    const labels = await findLabels({
      model: name,
      metadata: facts.model.metadata,
      classes: run.classes,
      sibling: (path) => file.sibling(path),
      imageNet: imageNetLabels,
    });
    const external = facts.model.externalFiles ?? [];
    const result = await attempt(() => runModel({ file, external, inputs, outputs: run.outputs, taps }));
    if (typeof result === 'string') return noRun(name, result);
    if (wanted.save !== null) await saveTensors(wanted.save, result.tensors);
    const top = topOf(result, run.outputs, labels, wanted.top);
    return runDocument({ file: name, note, inputs, outputs: run.outputs, result, labels, top });
  } finally {
    file.dispose();
  }
}

/** What the runtime says where it refuses the model. */
async function attempt(job: () => Promise<RunResult>): Promise<RunResult | string> {
  try {
    return await job();
  } catch (error) {
    const { what, hint } = explain(error);
    return `${what} ${hint}`;
  }
}

/** Of the first output that is a vector of scores. */
function topOf(
  { tensors }: RunResult,
  outputs: readonly string[],
  labels: Parameters<typeof topClasses>[1],
  count: number,
): RunDocument['top'] {
  for (const name of outputs) {
    const output = tensors.find((tensor) => tensor.name === name);
    const top = output ? topClasses(output, labels, count) : null;
    if (top) return top;
  }
  return null;
}
