import type { Format, ModelFile, Parsed } from './format';
import { cnn } from './cnn';
import { onnx } from './onnx';
import { openWith } from './open';

export type { Format, Parsed } from './format';

/** Adding a format is adding a folder and a line here. */
export const formats: readonly Format[] = [onnx, cnn];

/** Opens any file as a model. Whatever is wrong with it is in the diagnostics; only Cancelled is thrown. */
export const openModel = (file: ModelFile, signal?: AbortSignal): Promise<Parsed> => openWith(formats, file, signal);
