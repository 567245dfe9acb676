import { declare } from '../diagnostics/diagnostic';
import { dimText } from '../ir/dim';
import type { TensorType } from '../ir/types';
import { t } from '../l10n/l10n';

const typeText = ({ dtype, shape }: TensorType): string =>
  shape ? `${dtype} [${shape.map(dimText).join(', ')}]` : t('{0} of unknown size', dtype);

export const disagrees = declare(
  'shape/disagrees',
  'warning',
  (who: string, tensor: string, declared: TensorType, inferred: TensorType) =>
    t(
      '{0}: the file declares “{1}” as {2}, but it is {3}. The latter is used.',
      who,
      tensor,
      typeText(declared),
      typeText(inferred),
    ),
);

export const unknownOperator = declare('op/unknown', 'warning', (op: string, domain: string) =>
  domain
    ? t('{0} of {1} is an operator ConvLens does not know. The types the file declares are used.', op, domain)
    : t('{0} is an operator ConvLens does not know. The types the file declares are used.', op),
);

export const mistypedAttribute = declare('op/attribute', 'error', (who: string, attribute: string) =>
  t('{0}: attribute “{1}” is not what the operator expects there, or no number.', who, attribute),
);

/** Our own fault, kept to the one node it happened at. */
export const ruleFailed = declare('analysis/rule-failed', 'warning', (who: string, why: string) =>
  t('{0}: its size could not be worked out because of a fault in ConvLens ({1}).', who, why),
);

export const tooDeep = declare('analysis/too-deep', 'warning', (who: string, depth: number) =>
  t('{0}: graphs inside graphs are followed {1} levels deep, not further.', who, depth),
);

export const unknownInput = declare('input/unknown', 'warning', (name: string) =>
  t('A size was given for “{0}”, but the model has no such input.', name),
);

export const doesNotFit = declare('input/does-not-fit', 'warning', (message: string) =>
  t('With the input size that was given: {0}', message),
);
