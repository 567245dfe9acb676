import { t } from '../l10n/l10n';
import { sameType } from './activation';
import type { OpDef } from './operator';

/** Normalisations without learned numbers. Like all of them they count as pointwise: each unit is only scaled. */

const lpNormalisation: OpDef = {
  name: 'LpNormalization',
  family: 'normalisation',
  title: 'Lp norm',
  summary: t('Divides by the length along one axis, so that every vector has length 1.'),
  inputs: [{ name: 'input' }],
  types: sameType,
  label: (ctx) => [`L${ctx.attrs.int('p', 2)}`, `axis ${ctx.attrs.int('axis', -1)}`],
};

const meanVarianceNormalisation: OpDef = {
  name: 'MeanVarianceNormalization',
  family: 'normalisation',
  title: t('Mean and variance norm'),
  summary: t('Shifts and scales every channel to mean 0 and variance 1.'),
  inputs: [{ name: 'X' }],
  types: sameType,
};

export const plainNormalisations: readonly OpDef[] = [lpNormalisation, meanVarianceNormalisation];
