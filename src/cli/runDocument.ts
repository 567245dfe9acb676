/** What came out of a run: as a document for programs, and in words. */
import type { Preparation } from '../core/image';
import type { Scored } from '../core/scores';
import { decimal, integer } from '../core/view/numbers';
import { printable } from '../core/view/plainText';
import type { FedInput } from './runFeeds';
import type { RunResult, RunTensor } from './runSession';

/** Numbers of larger tensors would bury the rest: `--save` writes those. */
const MOST_VALUES = 65_536;

interface TensorDocument {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Elements that are no finite numbers; the three before are of the others. */
  readonly nonFinite: number;
  /** Row by row, null where not finite; null altogether for tensors of more than 65 536 elements. */
  readonly values: readonly (number | null)[] | null;
}

export interface RunDocument {
  readonly file: string;
  readonly provider: string;
  readonly threads: number;
  readonly loadMs: number | null;
  readonly ms: number | null;
  readonly inputs: readonly {
    readonly name: string;
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly from: string;
    readonly preparation: Preparation | null;
  }[];
  /** What is to be known of the numbers of a definition, which nobody trained. */
  readonly note: string | null;
  readonly labels: { readonly source: string; readonly assumed: boolean } | null;
  readonly top: readonly Scored[] | null;
  readonly outputs: readonly TensorDocument[];
  readonly tensors: readonly TensorDocument[];
  readonly unseen: readonly string[];
  readonly why: string | null;
}

const NOTHING = {
  provider: 'WASM',
  threads: 1,
  loadMs: null,
  ms: null,
  inputs: [],
  note: null,
  labels: null,
  top: null,
};

export const noRun = (file: string, why: string): RunDocument => ({
  file,
  ...NOTHING,
  outputs: [],
  tensors: [],
  unseen: [],
  why,
});

function tensorDocument({ name, dtype, dims, data }: RunTensor): TensorDocument {
  let [min, max, sum, finite] = [Infinity, -Infinity, 0, 0];
  for (const value of data) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    finite++;
  }
  const some = finite > 0;
  return {
    name,
    dtype,
    shape: dims,
    min: some ? min : null,
    max: some ? max : null,
    mean: some ? sum / finite : null,
    nonFinite: data.length - finite,
    values: data.length > MOST_VALUES ? null : Array.from(data, (value) => (Number.isFinite(value) ? value : null)),
  };
}

export interface Ran {
  readonly file: string;
  readonly note: string | null;
  readonly inputs: readonly FedInput[];
  readonly outputs: readonly string[];
  readonly result: RunResult;
  readonly labels: RunDocument['labels'];
  readonly top: RunDocument['top'];
}

export function runDocument({ file, note, inputs, outputs, result, labels, top }: Ran): RunDocument {
  const documents = result.tensors.map(tensorDocument);
  return {
    file,
    provider: 'WASM',
    threads: 1,
    loadMs: result.loadMs,
    ms: result.ms,
    inputs: inputs.map(({ name, tensor: { dtype, dims }, from, preparation }) => ({
      name,
      dtype,
      shape: dims,
      from,
      preparation,
    })),
    note,
    labels,
    top,
    outputs: documents.filter(({ name }) => outputs.includes(name)),
    tensors: documents.filter(({ name }) => !outputs.includes(name)),
    unseen: result.unseen,
    why: null,
  };
}

const size = (shape: readonly number[]): string => shape.join('×') || 'one number';
const number = (value: number | null): string => (value === null ? '?' : decimal(value));

function* lines({ inputs, note, top, labels, outputs, tensors, unseen, ms, loadMs }: RunDocument): Iterable<string> {
  for (const { name, shape, dtype, from, preparation } of inputs) {
    yield `input ${name} (${size(shape)} ${dtype}): ${from}${preparation ? `, ${inOneLine(preparation)}` : ''}`;
  }
  if (note !== null) yield note;
  if (ms !== null) yield `run in ${decimal(ms, 3)} ms on WASM with 1 thread, loaded in ${decimal(loadMs ?? 0, 3)} ms`;
  if (top) {
    yield '';
    const width = Math.max(...top.map(({ index }) => String(index).length));
    for (const { index, label, probability } of top) {
      const percent = `${(probability * 100).toFixed(2)} %`;
      yield `${percent.padStart(8)}  ${String(index).padStart(width)}  ${label ?? ''}`.trimEnd();
    }
    if (labels?.assumed) yield `(the names are ${labels.source}’s: there are as many classes)`;
  }
  yield '';
  for (const { name, shape, dtype, min, max, mean, nonFinite } of [...outputs, ...tensors]) {
    const bad = nonFinite > 0 ? `, ${integer(nonFinite)} not finite` : '';
    yield `${name}  ${size(shape)} ${dtype}  ${number(min)}…${number(max)}, mean ${number(mean)}${bad}`;
  }
  if (unseen.length > 0) yield `the runtime does not give out: ${unseen.join(', ')}`;
}

function inOneLine({ resize, order, scale, mean, std, reason }: Preparation): string {
  const list = (values: readonly number[]): string =>
    [...new Set(values)].length === 1 ? decimal(values[0]!, 3) : values.map((value) => decimal(value, 3)).join(' ');
  const steps = [
    scaleWords(scale),
    mean.some((value) => value !== 0) ? `− ${list(mean)}` : '',
    std.some((value) => value !== 1) ? `÷ ${list(std)}` : '',
  ].filter(Boolean);
  return `${resize}, ${order}, ${steps.length ? `pixels ${steps.join(', ')}` : 'pixels as they are'}; ${reason}`;
}

/** `÷ 255` where that is what is meant: a person reads no reciprocals. */
function scaleWords(scale: number): string {
  if (scale === 1) return '';
  const divisor = Math.round(10 / scale) / 10;
  const isRound = scale > 0 && scale < 1 && Math.abs(divisor * scale - 1) < 1e-6;
  return isRound ? `÷ ${decimal(divisor, 6)}` : `× ${decimal(scale, 3)}`;
}

export function runWords(document: RunDocument): string {
  return [...lines(document)].map((line) => `${printable(line)}\n`).join('');
}
