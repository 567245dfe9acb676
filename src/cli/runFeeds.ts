/** Every input of a model filled for one run, as the page would fill it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  arrayInput,
  decodable,
  decodePicture,
  defaultFilling,
  filledInput,
  isNpy,
  pictureInput,
  picturesAtOnce,
  sniffPicture,
  type FedTensor,
  type Preparation,
} from '../core/image';
import type { RunFacts } from '../core/running';
import type { RunArguments } from './runArguments';
import { UsageError } from './usage';

export interface FedInput {
  readonly name: string;
  readonly tensor: FedTensor;
  /** What it holds, in words: a file's base name, zeros, noise. */
  readonly from: string;
  /** How the picture became numbers; null where none did. */
  readonly preparation: Preparation | null;
}

type Input = RunFacts['inputs'][number];

const extents = ({ shape }: Input): (number | null)[] =>
  shape.map((extent) => (typeof extent === 'number' && extent >= 0 ? extent : null));

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError(`${file}: ${missing ? 'there is no such file' : String(error)}`);
  }
}

/** Errors about what was given are the user's to mend. */
function given<T>(file: string, job: () => T): T {
  try {
    return job();
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function fromPicture(input: Input, file: string, preparation: Preparation): Promise<FedInput> {
  const { name, shape } = input;
  const bytes = await bytesOf(file);
  const spec = { name, dims: extents(input), copies: picturesAtOnce(shape), preparation };
  const array = isNpy(bytes);
  const { tensor } = given(file, () => {
    if (array) return arrayInput(bytes, spec);
    if (!decodable(sniffPicture(bytes))) throw new Error('only PNG and JPEG pictures and .npy arrays are read here');
    return pictureInput(decodePicture(bytes), spec);
  });
  return { name, tensor, from: path.basename(file), preparation: array ? null : preparation };
}

async function fromArray(input: Input, file: string): Promise<FedInput> {
  const { name, dtype } = input;
  const filling = { kind: 'file', name: file, bytes: await bytesOf(file) } as const;
  const tensor = given(file, () => filledInput({ name, dtype, dims: extents(input), filling }));
  return { name, tensor, from: path.basename(file), preparation: null };
}

/** Throws a UsageError for a picture no input takes, an input there is not, and an image input nothing is given for. */
export async function feedInputs(
  { inputs, preparation }: RunFacts,
  { image, arrays }: Pick<RunArguments, 'image' | 'arrays'>,
): Promise<readonly FedInput[]> {
  const unknown = [...arrays.keys()].find((name) => !inputs.some((input) => input.name === name));
  if (unknown !== undefined) {
    const there = inputs.map(({ name }) => name).join(', ');
    throw new UsageError(`the model has no input “${unknown}”; its inputs are: ${there}`);
  }
  const pictured = inputs.find((input) => input.image);
  if (image !== null && !pictured) throw new UsageError('no input of this model takes a picture');
  return Promise.all(
    inputs.map(async (input): Promise<FedInput> => {
      const array = arrays.get(input.name);
      if (array !== undefined) return fromArray(input, array);
      if (input === pictured && preparation) {
        if (image !== null) return fromPicture(input, image, preparation);
        throw new UsageError(`which picture? --image FILE, or --input ${input.name}=FILE.npy`);
      }
      const { name, dtype } = input;
      const filling = defaultFilling(dtype, pictured !== undefined);
      const tensor = filledInput({ name, dtype, dims: extents(input), filling });
      return { name, tensor, from: filling.kind, preparation: null };
    }),
  );
}
