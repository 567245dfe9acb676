import { dimEquals, dimSub, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { relation } from './activation';
import { binaryFormula, binaryTypes, evaluateBinary } from './arithmetic';
import type { OpDef } from './operator';

/** Of two symbolic extents only a constant distance decides; anything else stays open. */
const compare =
  (of: (distance: number) => boolean) =>
  (a: Dim, b: Dim): Dim => {
    const distance = dimSub(a, b);
    return typeof distance === 'number' ? Number(of(distance)) : null;
  };

/** A symbol is an extent: never negative, so it differs from every negative number. */
function equalTo(a: Dim, b: Dim): Dim {
  if (dimEquals(a, b)) return 1;
  const negative = (d: Dim): boolean => typeof d === 'number' && d < 0;
  if ((negative(a) && b !== null) || (negative(b) && a !== null)) return 0;
  return compare((distance) => distance === 0)(a, b);
}

function comparison(name: string, title: string, sign: string, compute: (a: Dim, b: Dim) => Dim): OpDef {
  return {
    name,
    family: 'join',
    title,
    summary: t('Compares two tensors element by element: true where a {0} b.', sign),
    inputs: [{ name: 'A' }, { name: 'B' }],
    types: (ctx) => binaryTypes(ctx, () => 'bool'),
    evaluate: (ctx) => evaluateBinary(ctx, compute),
    label: () => [sign],
    formula: (ctx) => binaryFormula(ctx, (a, b) => relation(sign, a, b)),
  };
}

const equal = comparison('Equal', t('Equal'), '=', equalTo);
const greater = comparison(
  'Greater',
  t('Greater'),
  '>',
  compare((d) => d > 0),
);
const greaterOrEqual = comparison(
  'GreaterOrEqual',
  t('Greater or equal'),
  '≥',
  compare((d) => d >= 0),
);
const less = comparison(
  'Less',
  t('Less'),
  '<',
  compare((d) => d < 0),
);
const lessOrEqual = comparison(
  'LessOrEqual',
  t('Less or equal'),
  '≤',
  compare((d) => d <= 0),
);

export const comparisons: readonly OpDef[] = [equal, greater, greaterOrEqual, less, lessOrEqual];
