import { declare } from '../diagnostics/diagnostic';
import { dimText } from '../ir/dim';
import type { TensorType } from '../ir/types';

const typeText = (t: TensorType): string =>
  `${t.dtype} ${t.shape ? `[${t.shape.map(dimText).join(', ')}]` : 'of unknown size'}`;

export const disagrees = declare(
  'shape/disagrees',
  'warning',
  (who: string, tensor: string, declared: TensorType, inferred: TensorType) =>
    `${who}: the file declares “${tensor}” as ${typeText(declared)}, but it is ${typeText(inferred)}. The latter is used.`,
);

export const unknownOperator = declare(
  'op/unknown',
  'warning',
  (op: string, domain: string) =>
    `${op}${domain ? ` of ${domain}` : ''} is an operator ConvLens does not know. The types the file declares are used.`,
);

export const mistypedAttribute = declare(
  'op/attribute',
  'error',
  (who: string, attribute: string) =>
    `${who}: attribute “${attribute}” is not what the operator expects there, or no number.`,
);

/** Our own fault, kept to the one node it happened at. */
export const ruleFailed = declare(
  'analysis/rule-failed',
  'warning',
  (who: string, why: string) => `${who}: its size could not be worked out because of a fault in ConvLens (${why}).`,
);

export const tooDeep = declare(
  'analysis/too-deep',
  'warning',
  (who: string, depth: number) => `${who}: graphs inside graphs are followed ${depth} levels deep, not further.`,
);

export const unknownInput = declare(
  'input/unknown',
  'warning',
  (name: string) => `A size was given for “${name}”, but the model has no such input.`,
);

export const doesNotFit = declare(
  'input/does-not-fit',
  'warning',
  (message: string) => `With the input size that was given: ${message}`,
);
