import { declare } from '../../diagnostics/diagnostic';

/** Byte numbers in messages: whole, grouped, the same in every locale. */
const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '\u202F');
const bytes = (n: number): string => `${grouped(n)} ${n === 1 ? 'byte' : 'bytes'}`;

export const truncated = declare('onnx/truncated', 'error', (field: string, size: number, expected: number) => {
  const missing = expected > size ? ` It should have at least ${bytes(expected)}.` : '';
  return (
    `The file ends after ${bytes(size)}, inside ${field}.${missing} ` +
    'What was read until there is shown; download or export the model again.'
  );
});

export const malformed = declare(
  'onnx/malformed',
  'error',
  (field: string, at: number, what: string) =>
    `Damaged bytes in ${field} at byte ${grouped(at)}: ${what}. What could be read around them is shown.`,
);

export const notOnnx = declare(
  'onnx/not-onnx',
  'error',
  (at: number, what: string) =>
    `This is not an ONNX model: ${what} at byte ${grouped(at)}. Choose an .onnx file, or export the model again.`,
);

export const unreadable = declare(
  'file/unreadable',
  'error',
  (at: number, reason: string) => `The file could not be read on from byte ${grouped(at)}: ${reason}.`,
);

export const noGraph = declare(
  'onnx/no-graph',
  'error',
  () => 'The file has no graph. It may have been cut off, or only hold weights or metadata; export the model again.',
);

export const noOpset = declare(
  'onnx/no-opset',
  'warning',
  () => 'The file imports no operator set, so it is not certain what its operators mean. It may have been cut off.',
);

export const tooDeep = declare(
  'onnx/too-deep',
  'error',
  (limit: number) => `Graphs are nested more than ${limit} levels deep here; what lies deeper is not shown.`,
);

export const badText = declare(
  'onnx/bad-text',
  'error',
  (at: number) => `A name or text is not UTF-8 (first at byte ${grouped(at)}). The bad bytes are shown as “\uFFFD”.`,
);

export const longAttribute = declare(
  'onnx/long-attribute',
  'warning',
  (name: string, kept: number) => `The list “${name}” is too long; only its first ${grouped(kept)} entries are shown.`,
);

export const unknownType = declare(
  'onnx/unknown-dtype',
  'error',
  (tensor: string, dtype: number) =>
    `The tensor “${tensor}” has the element type ${dtype}, which ONNX does not define.`,
);

export const badExtent = declare(
  'onnx/bad-extent',
  'error',
  (tensor: string, extents: string) => `The constant “${tensor}” has an impossible size: ${extents}.`,
);

export const unknownExtent = declare(
  'onnx/unknown-extent',
  'warning',
  (tensor: string, extents: string) =>
    `The tensor “${tensor}” is declared with an impossible size (${extents}); that extent counts as unknown.`,
);

export const shortData = declare(
  'onnx/short-data',
  'error',
  (tensor: string, have: number, need: number) =>
    `The data of the constant “${tensor}” are too short: ${bytes(have)} of ${bytes(need)}.`,
);

export const longData = declare(
  'onnx/long-data',
  'warning',
  (tensor: string, have: number, need: number) =>
    `The constant “${tensor}” carries ${bytes(have)} of data where its size needs ${bytes(need)}.`,
);

export const externalRefused = declare(
  'onnx/external-refused',
  'error',
  (location: string, reason: string) => `The weights at “${location}” are not read: ${reason}.`,
);

export const externalMissing = declare(
  'onnx/external-missing',
  'warning',
  (location: string, tensors: number) =>
    `The weights file “${location}” is missing beside the model (it holds ${grouped(tensors)} ` +
    `${tensors === 1 ? 'constant' : 'constants'}). Sizes and costs are right; the model cannot run without it.`,
);

export const externalShort = declare(
  'onnx/external-short',
  'error',
  (location: string, have: number, need: number) =>
    `The weights file “${location}” is too short: ${bytes(have)}, where the model reads up to ${bytes(need)}.`,
);
