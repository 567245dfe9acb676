/** Models written by the program: beside the target first, then moved, so that a full disk leaves an old file whole. */
import { realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { OpenFile } from '../core/bytes/source';
import { writeOnnx } from '../core/formats/onnx/write';
import type { Model } from '../core/ir/types';
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
  const target = typeof given === 'string' ? given : named;
  if (target === undefined || target === '') throw new UsageError('where to? -o OUT.onnx');
  return target;
}

/** What of the model a target would overwrite, through links too: the file itself or one with its weights; null for nothing. */
async function partRead({ externalFiles }: Model, source: string, target: string): Promise<string | null> {
  const real = (file: string): Promise<string | null> => realpath(file).catch(() => null);
  const there = await real(target);
  if (there === null) return null;
  if (there === (await real(source))) return 'what is read';
  for (const name of externalFiles ?? []) {
    if (there === (await real(path.join(path.dirname(source), name)))) return 'where the weights of the model lie';
  }
  return null;
}

/** Gives the bytes written, or why the model does not fit into a file; throws a UsageError for a target that cannot be one. */
export async function writeModel(
  model: Model,
  file: OpenFile,
  source: string,
  target: string,
): Promise<number | string> {
  const read = await partRead(model, source, target);
  if (read !== null) throw new UsageError(`${target} is ${read}: write to another file`);
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
