import { declare } from '../../diagnostics/diagnostic';
import { marked } from '../../l10n/decimals';
import { t } from '../../l10n/l10n';

export const unwritten = declare('onnx/unwritten', 'error', (name: string, reason: string) =>
  t('“{0}” could not be written: {1}.', name, reason),
);

export const tooLarge = declare('onnx/too-large', 'error', (bytes: number) =>
  t('The weights take {0} GB, and an ONNX file holds 2 GB at most.', marked((bytes / 1e9).toFixed(1))),
);
