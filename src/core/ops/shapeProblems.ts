import { declare } from '../diagnostics/diagnostic';
import { dimText, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { frontAxis } from './operands';
import type { OpContext } from './operator';
import { refuse } from './problems';

/** Problems of operators that arrange, join and compare tensors. */

const axisOutOfRange = declare('shape/axis', 'error', (who: string, what: string) => `${who}: ${what}.`);

export const impossibleShape = declare('shape/impossible', 'error', (who: string, what: string) => `${who}: ${what}.`);

export const shapeText = (shape: readonly Dim[]): string => `[${shape.map(dimText).join(', ')}]`;

/** The axis counted from the front; null after saying that the tensor has no such axis. */
export function checkedAxis(ctx: OpContext, axis: number, rank: number): number | null {
  const front = frontAxis(axis, rank);
  return front ?? refuse(ctx, axisOutOfRange, t('there is no axis {0} in a tensor with {1} axes', axis, rank));
}

/** All axes counted from the front; null after saying which one does not exist or comes twice. */
export function checkedAxes(ctx: OpContext, axes: readonly number[], rank: number): readonly number[] | null {
  const front = axes.map((axis) => checkedAxis(ctx, axis, rank));
  if (!front.every((axis): axis is number => axis !== null)) return null;
  if (new Set(front).size === front.length) return front;
  return refuse(ctx, axisOutOfRange, t('axes [{0}] names an axis twice', axes.join(', ')));
}

/** The shape itself; null after saying that an extent of it cannot be. */
export function checkedShape(ctx: OpContext, shape: readonly Dim[] | null): readonly Dim[] | null {
  const bad = shape?.some((d) => typeof d === 'number' && (d < 0 || !Number.isSafeInteger(d)));
  return shape && bad ? refuse(ctx, impossibleShape, t('the result would have the size {0}', shapeText(shape))) : shape;
}
