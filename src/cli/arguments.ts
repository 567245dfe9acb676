import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './usage';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** Extents by input name. */
export type Inputs = ReadonlyMap<string, readonly number[]>;

/** What all commands share. */
export interface FileArguments {
  readonly file: string;
  readonly inputs: Inputs;
  /** Input that receptive fields refer to. */
  readonly fieldOf: string | undefined;
  readonly json: boolean;
  readonly values: Values;
}

const SHARED: Options = {
  input: { type: 'string', multiple: true },
  'field-of': { type: 'string' },
  json: { type: 'boolean' },
};

/** No tensor has more elements along an axis than can be counted exactly. */
const LARGEST = Number.MAX_SAFE_INTEGER;

/** `x=1x3x224x224`, at the last `=`; `x=` is a scalar. */
export function parseInput(text: string): readonly [name: string, shape: readonly number[]] {
  const at = text.lastIndexOf('=');
  const name = text.slice(0, at);
  if (at < 0) throw new UsageError(`--input ${text} has no “=” between the name and the size, as in x=1x3x224x224`);
  const extents = text.slice(at + 1);
  const shape = extents === '' ? [] : extents.split(/[x×]/).map((part) => (/^\d+$/.test(part) ? Number(part) : 0));
  if (shape.some((extent) => extent < 1 || extent > LARGEST)) {
    throw new UsageError(`“${extents}” in --input ${text} is no size; sizes are positive numbers as in 1x3x224x224`);
  }
  return [name, shape];
}

/** `27,13`: whole numbers from 0 on. */
export function parseAt(text: string): readonly number[] {
  const at = text.split(',').map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : NaN));
  if (!at.every(Number.isSafeInteger)) throw new UsageError(`--at ${text} is no place; places are written as in 27,13`);
  return at;
}

export function parseFileArguments(args: readonly string[], own: Options): FileArguments {
  const { values, positionals } = parseOptions(args, { ...SHARED, ...own });
  const [file, surplus] = positionals;
  if (file === undefined) throw new UsageError('which file?');
  if (surplus !== undefined) throw new UsageError(`one file at a time: what is “${surplus}”?`);
  const inputs = ((values.input ?? []) as readonly string[]).map(parseInput);
  const fieldOf = values['field-of'] as string | undefined;
  return { file, inputs: new Map(inputs), fieldOf, json: values.json === true, values };
}

/** Throws a UsageError for what is no option. */
export function parseOptions(
  args: readonly string[],
  options: Options,
): { values: Values; positionals: readonly string[] } {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
