import { t } from '../l10n/l10n';
import { concat as def, subscript } from '../ops/concat';
import { flatIndex } from './elements';
import { unexplained } from './explanation';
import type { Explainer } from './explainer';

/** Which of the joined tensors the unit comes from, and from where in it. */
export const concat: Explainer = {
  def,
  explain(ctx, place, inputs) {
    const given = ctx.attrs.int('axis', 1);
    const axis = given < 0 ? given + place.length : given;
    let start = 0;
    const parts = ctx.shapes.map((shape, input) => {
      const count = shape?.[axis] ?? 0;
      const at = place[axis] ?? 0;
      const part = { name: `X${subscript(input + 1)}`, start, count, own: at >= start && at < start + count };
      start += count;
      return part;
    });
    const input = parts.findIndex(({ own }) => own);
    const [elements, shape, part] = [inputs[input], ctx.shapes[input], parts[input]];
    if (!elements || !shape || !part) return unexplained(t('The joined tensors do not fit together.'));
    const index = place.map((position, i) => (i === axis ? position - part.start : position));
    const value = elements.at(flatIndex(index, shape));
    return {
      kind: 'explanation',
      place,
      middle: { kind: 'copied', from: { name: part.name, index, value }, parts },
      steps: [{ label: `${part.name}[${index.join(', ')}]`, sign: '', value, result: true }],
      value,
      scale: 0,
      terms: 1,
      notes: [],
    };
  },
};
