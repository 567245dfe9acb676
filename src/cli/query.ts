import type { Inputs } from './arguments';
import { UsageError } from './usage';

/** One question of `unit --queries -`. */
export interface Query {
  readonly value: string;
  readonly at: readonly number[];
  readonly inputs: Inputs;
}

const isWhole = (n: unknown): n is number => typeof n === 'number' && Number.isSafeInteger(n) && n >= 0;

function wholes(value: unknown, what: string, least: number): readonly number[] {
  if (!Array.isArray(value) || !value.every((n) => isWhole(n) && n >= least)) {
    throw new UsageError(`${what} has to be a list of whole numbers from ${least} on`);
  }
  return value as readonly number[];
}

/** `{"value": "T", "at": [r, c], "input": {"x": [1, 3, 512, 512]}}`; throws a UsageError that says what is wrong. */
export function parseQuery(line: string): Query {
  const query = record(parsed(line), 'a question');
  const { value, at, input } = query;
  if (typeof value !== 'string') throw new UsageError('"value" has to be the name of a tensor');
  const inputs = Object.entries(input === undefined ? {} : record(input, '"input"'));
  return {
    value,
    at: at === undefined ? [] : wholes(at, '"at"', 0),
    inputs: new Map(inputs.map(([name, shape]) => [name, wholes(shape, `"input" of ${name}`, 1)])),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new UsageError('this line is no JSON');
  }
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`${what} has to be a JSON object`);
  }
  return value as Readonly<Record<string, unknown>>;
}
