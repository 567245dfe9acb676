/** Models written by the program: beside the target first, then moved, so that a full disk leaves an old file whole. */
import { lstat, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { OpenFile } from '../core/bytes/source';
import { writeOnnx } from '../core/formats/onnx/write';
import type { Model } from '../core/ir/types';
import { partOverwritten } from '../core/overwriting';
import { printable } from '../core/view/plainText';
import { jsonText } from './json';
import type { Terminal } from './terminal';
import { FILE_HAS_ERRORS, UsageError } from './usage';

/** Says why there is no model, as the document a script asked for or in words. */
export function refusal(
  terminal: Terminal,
  json: boolean,
  document: (why: string) => object,
): (why: string) => typeof FILE_HAS_ERRORS {
  return (why) => {
    if (json) terminal.out(`${jsonText(document(why))}\n`);
    else terminal.error(`convlens: ${printable(why)}\n`);
    return FILE_HAS_ERRORS;
  };
}

/** Where the model goes: `-o FILE`, or the last of what was named. */
export function targetOf(given: unknown, named: string | undefined): string {
  if (typeof given === 'string' && named !== undefined) throw new UsageError(`what is “${named}”?`);
  const target = typeof given === 'string' ? given : named;
  if (target === undefined || target === '') throw new UsageError('where to? -o OUT.onnx');
  return target;
}

/** What may not be written over. */
const READ = { model: 'what is read', weights: 'where the weights of the model lie' } as const;

/** Nothing a person has is written over without asking. */
async function mayWrite(terminal: Terminal, target: string): Promise<boolean> {
  const isThere = await lstat(target).then(
    () => true,
    () => false,
  );
  if (!isThere || !terminal.asks) return true;
  terminal.error(`${printable(target)} is there already. Write over it? [y/N] `);
  for await (const answer of terminal.lines()) return /^y(es)?$/i.test(answer.trim());
  return false;
}

/** Gives the bytes written, or why the model does not fit into a file; throws a UsageError for a target that cannot be one. */
export async function writeModel(
  model: Model,
  file: OpenFile,
  source: string,
  target: string,
  terminal: Terminal,
): Promise<number | string> {
  const part = await partOverwritten(model, source, target, {
    beside: (name) => path.join(path.dirname(source), name),
    real: (place) => realpath(place).catch(() => null),
  });
  if (part !== null) throw new UsageError(`${target} is ${READ[part]}: write to another file`);
  if (!(await mayWrite(terminal, target))) throw new UsageError(`${target} was left as it is`);
  const { bytes, diagnostics } = await writeOnnx(model, file);
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (!bytes || error) return error?.message ?? 'the model could not be written';
  const beside = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.part`);
  try {
    await writeFile(beside, bytes);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw new UsageError(`${target} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  return bytes.length;
}
