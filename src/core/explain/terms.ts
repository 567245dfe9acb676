/** A weighted sum over many inputs, of which the largest terms are told: fully connected layers and matrix products. */
import { t } from '../l10n/l10n';
import type { Element, Explanation, Step, Terms } from './explanation';

/** So many terms are written out. */
export const SHOWN = 8;

interface WeightedSum {
  readonly count: number;
  readonly x: (i: number) => Element;
  readonly w: (i: number) => Element;
}

/** Indices of the largest by size, those first; of equals the first. */
export function largest(sizes: ArrayLike<number>, most: number): readonly number[] {
  const order = Array.from({ length: sizes.length }, (_, i) => i);
  return order.sort((a, b) => Math.abs(sizes[b]!) - Math.abs(sizes[a]!) || a - b).slice(0, most);
}

export function explainTerms(
  place: readonly number[],
  { count, x, w }: WeightedSum,
  factor: number,
  bias: { readonly label: string; readonly value: number } | null,
): Explanation {
  const products = Float64Array.from({ length: count }, (_, i) => x(i).value * w(i).value);
  let [sum, scale] = [0, 0];
  for (const product of products) {
    sum += product;
    scale += Math.abs(product);
  }
  const shown = largest(products, SHOWN);
  const listed = shown.reduce((total, i) => total + products[i]!, 0);
  const middle: Terms = {
    kind: 'terms',
    terms: shown.map((i) => ({ x: x(i), w: w(i), product: products[i]! })),
    count,
    rest: count > shown.length ? { count: count - shown.length, sum: sum - listed } : null,
  };
  const steps: Step[] = [{ label: t('sum'), sign: '', value: sum, result: true }];
  if (factor !== 1) {
    steps.push({ label: 'α', sign: '×', value: factor, result: false });
    if (!bias) steps.push({ label: t('result'), sign: '', value: factor * sum, result: true });
  }
  if (bias) {
    steps.push({ label: bias.label, sign: '+', value: bias.value, result: false, bias: true });
    steps.push({ label: t('result'), sign: '', value: factor * sum + bias.value, result: true });
  }
  return {
    kind: 'explanation',
    place,
    middle,
    steps,
    value: factor * sum + (bias?.value ?? 0),
    scale: Math.abs(factor) * scale + Math.abs(bias?.value ?? 0),
    terms: count + (bias ? 1 : 0),
    notes: [],
  };
}
