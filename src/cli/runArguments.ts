import { parseInput, parseOptions, type Inputs } from './arguments';
import { UsageError } from './usage';

export interface RunArguments {
  readonly file: string;
  /** A picture, or an array in its place. */
  readonly image: string | null;
  /** Arrays of NumPy by name of the input. */
  readonly arrays: ReadonlyMap<string, string>;
  /** Extents of inputs that leave them open. */
  readonly sizes: Inputs;
  /** `all`, or names of tensors to tell about beside the outputs. */
  readonly tensors: readonly string[];
  /** Folder for every tensor told about, as .npy. */
  readonly save: string | null;
  /** Classes to list. */
  readonly top: number;
  readonly json: boolean;
}

const ARRAY = /\.npy$/i;
const MOST_CLASSES = 1000;

export function parseRunArguments(args: readonly string[]): RunArguments {
  const { values, positionals } = parseOptions(args, {
    image: { type: 'string' },
    input: { type: 'string', multiple: true },
    tensors: { type: 'string', multiple: true },
    save: { type: 'string' },
    top: { type: 'string' },
    json: { type: 'boolean' },
  });
  const [file, surplus] = positionals;
  if (file === undefined) throw new UsageError('which file?');
  if (surplus !== undefined) throw new UsageError(`one file at a time: what is “${surplus}”?`);
  const arrays = new Map<string, string>();
  const sizes = new Map<string, readonly number[]>();
  for (const text of (values.input ?? []) as readonly string[]) {
    // A path may hold an equals sign, a name too: what ends in .npy is cut at the first, a size at the last.
    const at = text.indexOf('=');
    if (ARRAY.test(text) && at >= 0) arrays.set(text.slice(0, at), text.slice(at + 1));
    else sizes.set(...parseInput(text));
  }
  const top = values.top === undefined ? 5 : Number(values.top);
  if (!Number.isInteger(top) || top < 1 || top > MOST_CLASSES)
    throw new UsageError(`--top ${String(values.top)} is no number of classes from 1 to ${MOST_CLASSES}`);
  const named = (values.tensors ?? []) as readonly string[];
  return {
    file,
    image: (values.image as string | undefined) ?? null,
    arrays,
    sizes,
    tensors: named,
    save: (values.save as string | undefined) ?? null,
    top,
    json: values.json === true,
  };
}
