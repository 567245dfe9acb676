import { t } from '../l10n/l10n';
import { cast as def } from '../ops/cast';
import { flatIndex } from './elements';
import { unexplained } from './explanation';
import type { Explainer } from './explainer';

function turned(value: number, dtype: string): number {
  if (dtype === 'bool') return value === 0 ? 0 : 1;
  return dtype.includes('int') ? Math.trunc(value) : value;
}

/** The same number in another type; whole numbers lose what is behind the point. */
export const cast: Explainer = {
  def,
  explain(ctx, place, [x]) {
    const shape = ctx.shapes[0];
    if (!x || !shape) return unexplained(t('The input of this operator is not at hand.'));
    const [from, dtype] = [x.at(flatIndex(place, shape)), ctx.outputs[0]?.dtype ?? 'unknown'];
    const value = turned(from, dtype);
    return {
      kind: 'explanation',
      place,
      middle: { kind: 'operands', operands: [{ name: 'X', index: place, value: from }] },
      steps: [
        { label: `X[${place.join(', ')}]`, sign: '', value: from, result: false },
        { label: t('as {0}', dtype), sign: 'g', value, result: true },
      ],
      value,
      scale: Math.abs(value),
      terms: 1,
      notes: [],
    };
  },
};
