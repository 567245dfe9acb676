/** The grid of small integers that quantised numbers lie on: scale, zero point, limits. */
import { t } from '../l10n/l10n';
import type { Elements } from './elements';
import type { Step } from './explanation';
import { roundEven } from './functions';

const LIMITS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['uint4', [0, 15]],
  ['int4', [-8, 7]],
  ['uint8', [0, 255]],
  ['int8', [-128, 127]],
  ['uint16', [0, 65_535]],
  ['int16', [-32_768, 32_767]],
]);

/** Least and largest of a type of whole numbers; null for types that are no grid. */
export const limitsOf = (dtype: string): readonly [number, number] | null => LIMITS.get(dtype) ?? null;

/** One number for all, or one per channel. */
export const perChannel = (
  elements: Elements | null | undefined,
  shape: readonly number[] | null | undefined,
  channel: number,
): number => {
  if (!elements) return 0;
  const single = (shape ?? []).every((extent) => extent === 1);
  return elements.at(single ? 0 : channel);
};

/** Elements less a zero point: what they stand for, in steps of the scale. */
export const above = (elements: Elements, zero: number): Elements =>
  zero === 0 ? elements : { at: (index) => elements.at(index) - zero };

interface Landed {
  readonly steps: readonly Step[];
  readonly value: number;
}

/** Rounded to the nearest step (half-way cases to the even one), moved by the zero point, kept within the type. */
export function landOn([least, most]: readonly [number, number], number: number, zero: number): Landed {
  const near = roundEven(number);
  const moved = near + zero;
  const value = Math.min(most, Math.max(least, moved));
  const steps: Step[] = [{ label: t('to the nearest step'), sign: 'g', value: near, result: true }];
  if (zero !== 0) {
    steps.push({ label: t('zero point'), sign: '+', value: zero, result: false });
    steps.push({ label: t('moved'), sign: '', value: moved, result: true });
  }
  steps.push({ label: t('kept within {0}…{1}', least, most), sign: 'g', value, result: true });
  return { steps, value };
}
