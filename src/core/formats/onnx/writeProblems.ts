import { declare } from '../../diagnostics/diagnostic';

export const unwritten = declare(
  'onnx/unwritten',
  'error',
  (name: string, reason: string) => `“${name}” could not be written: ${reason}.`,
);

export const tooLarge = declare(
  'onnx/too-large',
  'error',
  (bytes: number) => `The weights take ${(bytes / 1e9).toFixed(1)} GB, and an ONNX file holds 2 GB at most.`,
);
