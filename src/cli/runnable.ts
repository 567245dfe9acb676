/** What the runtime is given of a file: the file itself, or what a definition becomes. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { analyze, type Facts } from '../core/analysis';
import { memorySource, type OpenFile } from '../core/bytes/source';
import { narrowed, readDefinition } from '../core/formats/cnn/definition';
import { writeOnnx } from '../core/formats/onnx/write';
import { openHandle } from '../node/modelFile';

export interface Runnable {
  /** Of what runs: a definition's `width` makes it narrower than what is analysed. */
  readonly facts: Facts;
  readonly file: OpenFile;
  /** What is to be known of the numbers; null for nothing. */
  readonly note: string | null;
}

/** A definition is written as ONNX in memory, with the weights of its seed. Gives in words why that cannot be. */
export async function runnable(facts: Facts, file: string): Promise<Runnable | string> {
  if (facts.model.format !== 'cnn') return { facts, file: await openHandle(file), note: null };
  const name = path.basename(file);
  const whole = readDefinition(await readFile(file, 'utf8'), name.replace(/\.cnn\.ya?ml$/i, ''));
  const { width } = whole.settings;
  const { model } = width === 1 ? whole : narrowed(whole);
  const { bytes, diagnostics } = await writeOnnx(model, null);
  if (!bytes) return diagnostics[0]?.message ?? 'the definition could not be written as a model';
  const own = analyze(model);
  const random = model.metadata.get('convlens.weights') === 'untrained' ? 'random weights' : '';
  const narrow = width === 1 ? '' : `width ${Number(width.toPrecision(4))}: fewer channels than it is analysed with`;
  return {
    facts: own,
    file: {
      name,
      bytes: memorySource(bytes),
      sibling: () => Promise.resolve({ kind: 'missing' }),
      dispose: () => undefined,
    },
    note: [random, narrow].filter(Boolean).join('; ') || null,
  };
}
