import { t } from '../l10n/l10n';
import { maxUnpool as def } from '../ops/maxUnpool';
import { flatIndex, placeOf, sizeOf } from './elements';
import { unexplained, type Kept } from './explanation';
import type { Explainer } from './explainer';
import { placed } from './window';

/** A unit holds the pooled value whose kept index points at it; all others are filled with 0. */
export const maxUnpool: Explainer = {
  def,
  explain(ctx, place, [x, indices]) {
    const shape = ctx.shapes[0];
    const windows = def.windows?.(ctx);
    if (!x || !indices || !shape || !windows) return unexplained(t('The kept indices are not at hand.'));
    const [batch = 0, channel = 0, ...at] = place;
    const [, channels = 1, ...pooled] = shape;
    const [, , ...spatial] = ctx.shape;
    const plane = sizeOf(pooled);
    const from = (batch * channels + channel) * plane;
    // Where two indices point at the same place, the later value stays.
    const kept = new Map<number, number>();
    for (let i = from; i < from + plane; i++) kept.set(indices.at(i), i);
    const own = flatIndex(place, ctx.shape);
    const source = kept.get(own);
    const value = source === undefined ? 0 : x.at(source);
    const cell = windows.map(({ stride, padBegin }, axis) => {
      const found = source === undefined ? undefined : placeOf(source, shape)[axis + 2];
      return found ?? Math.min(Math.floor((at[axis]! + padBegin) / stride), pooled[axis]! - 1);
    });
    const window = placed(
      windows.map(({ kernel, stride, padBegin }, axis) =>
        Array.from({ length: kernel }, (_, tap) => cell[axis]! * stride - padBegin + tap),
      ),
      spatial,
    );
    const base = flatIndex([batch, channel], ctx.shape.slice(0, 2)) * sizeOf(spatial);
    const values = Float64Array.from(window.offsets, (offset) => {
      const index = offset < 0 ? undefined : kept.get(base + offset);
      return index === undefined ? 0 : x.at(index);
    });
    const index = source === undefined ? null : placeOf(source, shape);
    const middle: Kept = {
      kind: 'kept',
      from: index && { name: 'X', index, value, target: own },
      window: { extent: window.extent, positions: window.positions, outside: window.outside },
      input: [batch, channel],
      values,
      own: window.offsets.indexOf(own - base),
    };
    const label = index ? `X[${index.join(', ')}]` : t('no index points here');
    return {
      kind: 'explanation',
      place,
      middle,
      steps: [{ label, sign: '', value, result: true }],
      value,
      scale: 0,
      terms: 1,
      notes: [],
    };
  },
};
