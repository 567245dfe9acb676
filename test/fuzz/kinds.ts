/** What is damaged: each kind of file a stranger may hand us, with the files to start from and what must hold of it. */
import assert from 'node:assert/strict';
import { decodePicture, NpyError, PictureError, readNpy } from '../../src/core/image';
import { hold } from './invariants';
import { holdText } from './invariantsText';
import { damageBytes, mutate } from './mutate';
import { mutateText } from './mutateText';
import { oneOf, type Random } from './random';
import { seedArrays, seedFiles, seedPictures, seedTexts } from './seeds';

interface Kind {
  readonly name: 'model' | 'definition' | 'picture' | 'array';
  /** Of a hundred cases. */
  readonly share: number;
  readonly extension: string;
  seeds(): readonly Uint8Array[];
  mutate(original: Uint8Array, others: readonly Uint8Array[], random: Random): Uint8Array;
  hold(bytes: Uint8Array, random: Random): Promise<void> | void;
}

const text = new TextDecoder();
const bytes = new TextEncoder();

export const KINDS: readonly Kind[] = [
  { name: 'model', share: 70, extension: '.onnx', seeds: seedFiles, mutate, hold },
  {
    name: 'definition',
    share: 18,
    extension: '.cnn.yaml',
    seeds: seedTexts,
    mutate(original, others, random) {
      if (random() < 0.15) return damageBytes(original, random);
      const borrowed = [text.decode(oneOf(random, others))];
      return bytes.encode(mutateText(text.decode(original), borrowed, random));
    },
    hold: holdText,
  },
  {
    name: 'picture',
    share: 6,
    extension: '.png',
    seeds: seedPictures,
    mutate: (original, _, random) => damageBytes(original, random),
    hold(damaged) {
      const picture = unless(PictureError, () => decodePicture(damaged));
      if (picture) assert.equal(picture.data.length, 4 * picture.width * picture.height);
    },
  },
  {
    name: 'array',
    share: 6,
    extension: '.npy',
    seeds: seedArrays,
    mutate: (original, _, random) => damageBytes(original, random),
    hold(damaged) {
      const array = unless(NpyError, () => readNpy(damaged));
      if (array)
        assert.equal(
          array.values.length,
          array.dims.reduce((all, extent) => all * extent, 1),
        );
    },
  },
];

/** What it gives, or null where it refuses with its own kind of error: no other is let pass. */
function unless<T>(refusal: typeof PictureError | typeof NpyError, attempt: () => T): T | null {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof refusal)) throw error;
    assert.ok(error.message.length > 10, error.message);
    return null;
  }
}

export function kindFor(random: Random): Kind {
  let left = random() * 100;
  return KINDS.find(({ share }) => (left -= share) < 0) ?? KINDS[0]!;
}
