import { declare } from '../../diagnostics/diagnostic';
import { t } from '../../l10n/l10n';

/** Byte numbers in messages: whole, grouped, the same in every locale. */
const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '\u202F');
const bytes = (n: number): string => `${grouped(n)} ${n === 1 ? 'byte' : 'bytes'}`;

export const truncated = declare('onnx/truncated', 'error', (field: string, size: number, expected: number) => {
  if (expected <= size)
    return t(
      'The file ends after {0}, inside {1}. What was read until there is shown; download or export the model again.',
      bytes(size),
      field,
    );
  return t(
    'The file ends after {0}, inside {1}. It should have at least {2}. What was read until there is shown; download or export the model again.',
    bytes(size),
    field,
    bytes(expected),
  );
});

export const malformed = declare('onnx/malformed', 'error', (field: string, at: number, what: string) =>
  t('Damaged bytes in {0} at byte {1}: {2}. What could be read around them is shown.', field, grouped(at), what),
);

export const notOnnx = declare('onnx/not-onnx', 'error', (at: number, what: string) =>
  t('This is not an ONNX model: {0} at byte {1}. Choose an .onnx file, or export the model again.', what, grouped(at)),
);

export const unreadable = declare('file/unreadable', 'error', (at: number, reason: string) =>
  t('The file could not be read on from byte {0}: {1}.', grouped(at), reason),
);

export const noGraph = declare('onnx/no-graph', 'error', () =>
  t('The file has no graph. It may have been cut off, or only hold weights or metadata; export the model again.'),
);

export const noOpset = declare('onnx/no-opset', 'warning', () =>
  t('The file imports no operator set, so it is not certain what its operators mean. It may have been cut off.'),
);

export const tooDeep = declare('onnx/too-deep', 'error', (limit: number) =>
  t('Graphs are nested more than {0} levels deep here; what lies deeper is not shown.', limit),
);

export const badText = declare('onnx/bad-text', 'error', (at: number) =>
  t('A name or text is not UTF-8 (first at byte {0}). The bad bytes are shown as “\uFFFD”.', grouped(at)),
);

export const longAttribute = declare('onnx/long-attribute', 'warning', (name: string, kept: number) =>
  t('The list “{0}” is too long; only its first {1} entries are shown.', name, grouped(kept)),
);

export const unknownType = declare('onnx/unknown-dtype', 'error', (tensor: string, dtype: number) =>
  t('The tensor “{0}” has the element type {1}, which ONNX does not define.', tensor, dtype),
);

export const badExtent = declare('onnx/bad-extent', 'error', (tensor: string, extents: string) =>
  t('The constant “{0}” has an impossible size: {1}.', tensor, extents),
);

export const unknownExtent = declare('onnx/unknown-extent', 'warning', (tensor: string, extents: string) =>
  t('The tensor “{0}” is declared with an impossible size ({1}); that extent counts as unknown.', tensor, extents),
);

export const shortData = declare('onnx/short-data', 'error', (tensor: string, have: number, need: number) =>
  t('The data of the constant “{0}” are too short: {1} of {2}.', tensor, bytes(have), bytes(need)),
);

export const longData = declare('onnx/long-data', 'warning', (tensor: string, have: number, need: number) =>
  t('The constant “{0}” carries {1} of data where its size needs {2}.', tensor, bytes(have), bytes(need)),
);

export const externalRefused = declare('onnx/external-refused', 'error', (location: string, reason: string) =>
  t('The weights at “{0}” are not read: {1}.', location, reason),
);

export const externalMissing = declare('onnx/external-missing', 'warning', (location: string, tensors: number) =>
  tensors === 1
    ? t(
        'The weights file “{0}” is missing beside the model (it holds 1 constant). Sizes and costs are right; the model cannot run without it.',
        location,
      )
    : t(
        'The weights file “{0}” is missing beside the model (it holds {1} constants). Sizes and costs are right; the model cannot run without it.',
        location,
        grouped(tensors),
      ),
);

export const externalShort = declare('onnx/external-short', 'error', (location: string, have: number, need: number) =>
  t('The weights file “{0}” is too short: {1}, where the model reads up to {2}.', location, bytes(have), bytes(need)),
);
