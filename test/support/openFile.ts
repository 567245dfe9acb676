import { openModel } from '../../src/core/formats';
import type { Parsed } from '../../src/core/formats';
import { modelFile } from './modelFile';

/** A model file of the disk, read as the product reads it. */
export const openFile = (path: string): Promise<Parsed> => openModel(modelFile(path));
