import type { Format, Head, ModelFile, Parsed } from './format';
import { onnx } from './onnx';
import { detectAmong, openWith } from './open';

export type { Format, Head, Parsed } from './format';

/** Adding a format is adding a folder and a line here. */
export const formats: readonly Format[] = [onnx];

/** The format of a file; `null` for a stranger. */
export const detect = (head: Head): Format | null => detectAmong(formats, head);

/** Opens any file as a model. Whatever is wrong with it is in the diagnostics; only Cancelled is thrown. */
export const openModel = (file: ModelFile, signal?: AbortSignal): Promise<Parsed> => openWith(formats, file, signal);
