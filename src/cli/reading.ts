import { analyze, type Facts } from '../core/analysis';
import type { OpenFile } from '../core/bytes/source';
import { declare, type Diagnostic } from '../core/diagnostics/diagnostic';
import { openModel } from '../core/formats';
import type { Dim } from '../core/ir/dim';
import type { Model } from '../core/ir/types';
import { openHandle } from '../node/modelFile';
import type { FileArguments, Inputs } from './arguments';
import { UsageError } from './usage';

/** A file as it was read; no model where it is none. */
export interface Reading {
  /** Base name of the file. */
  readonly name: string;
  readonly model: Model | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** What follows from it, and all that was found wrong on the way. */
export interface Analysis {
  readonly reading: Reading;
  readonly facts: Facts | null;
  readonly diagnostics: readonly Diagnostic[];
}

const failed = declare(
  'file/internal',
  'error',
  (reason: string) => `ConvLens failed to analyse this model (${reason}). Please report it.`,
);

/** Throws a UsageError where there is no such file. */
export async function read(path: string): Promise<Reading> {
  const file = await opened(path);
  try {
    const { model, diagnostics } = await openModel(file);
    return { name: file.name, model, diagnostics };
  } finally {
    file.dispose();
  }
}

async function opened(path: string): Promise<OpenFile> {
  try {
    return await openHandle(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : error instanceof Error ? error.message : String(error);
    throw new UsageError(`${path}: ${why}`);
  }
}

/** Analysis is ours to get right for any file; should it fail, the document says so. */
export function analyse(reading: Reading, inputs: Inputs, fieldOf: string | undefined): Analysis {
  const { model, diagnostics } = reading;
  if (!model) return { reading, facts: null, diagnostics };
  checkNames(model, [...inputs.keys(), ...(fieldOf === undefined ? [] : [fieldOf])]);
  try {
    const inputShapes = new Map<string, readonly Dim[]>(inputs);
    const facts = analyze(model, fieldOf === undefined ? { inputShapes } : { inputShapes, imageInput: fieldOf });
    return { reading, facts, diagnostics: [...diagnostics, ...facts.diagnostics] };
  } catch (error) {
    const problem = failed({}, error instanceof Error ? error.message : String(error));
    return { reading, facts: null, diagnostics: [...diagnostics, problem] };
  }
}

/** The same with the file still open, for its weights; whoever asks closes it. */
export async function analysedFile(path: string): Promise<{ readonly analysis: Analysis; readonly file: OpenFile }> {
  const file = await opened(path);
  try {
    const { model, diagnostics } = await openModel(file);
    return { analysis: analyse({ name: file.name, model, diagnostics }, new Map(), undefined), file };
  } catch (error) {
    file.dispose();
    throw error;
  }
}

export async function readAndAnalyse({ file, inputs, fieldOf }: FileArguments): Promise<Analysis> {
  return analyse(await read(file), inputs, fieldOf);
}

function checkNames({ graph }: Model, wanted: readonly string[]): void {
  const names = graph.inputs.map((id) => graph.values[id]?.name ?? '');
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const there = names.length ? `its inputs are: ${names.slice(0, 20).join(', ')}` : 'it has none';
  throw new UsageError(`the model has no input “${unknown}”; ${there}`);
}

/** Why there is no analysis. */
export function firstError({ diagnostics }: Analysis): string {
  const error = diagnostics.find((d) => d.severity === 'error');
  const line = error?.location?.kind === 'text' ? error.location.line : undefined;
  if (!error) return 'the file could not be read';
  return line === undefined ? error.message : `line ${line}: ${error.message}`;
}

export const hasErrors = ({ diagnostics }: Analysis): boolean => diagnostics.some((d) => d.severity === 'error');
