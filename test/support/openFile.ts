import { readFileSync } from 'node:fs';
import type { Model } from '../../src/core/ir/types';
import { readReferenceOnnx } from './referenceOnnx';

/** A model file of the corpus, for tests that are not about reading files. */
export const openFile = (path: string): Promise<{ readonly model: Model | null }> =>
  Promise.resolve({ model: readReferenceOnnx(readFileSync(path)) });
