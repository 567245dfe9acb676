/** Patch × kernel = products: the middle of everything that is a weighted sum over a window. */
import { t } from '../l10n/l10n';
import type { Elements } from './elements';
import type { ChannelProducts, Explanation, Patch, Products, Step } from './explanation';
import type { Placed } from './window';

interface ChannelPlaces {
  readonly input: readonly number[];
  readonly weight: readonly number[];
  /** Flat index of the channel's first element. */
  readonly xFrom: number;
  readonly wFrom: number;
}

/** Products of one channel. `taps` are flat indices within one kernel, by cell. */
export function channelProducts(
  { input, weight, xFrom, wFrom }: ChannelPlaces,
  window: Placed,
  taps: readonly number[],
  x: Elements,
  w: Elements,
): ChannelProducts {
  const size = taps.length;
  const patch = new Float64Array(size);
  const kernel = new Float64Array(size);
  const products = new Float64Array(size);
  let sum = 0;
  for (let cell = 0; cell < size; cell++) {
    const offset = window.offsets[cell]!;
    patch[cell] = offset < 0 ? 0 : x.at(xFrom + offset);
    kernel[cell] = w.at(wFrom + taps[cell]!);
    products[cell] = patch[cell]! * kernel[cell]!;
    sum += products[cell]!;
  }
  return { input, weight, patch, kernel, products, sum };
}

const patchOf = ({ extent, positions, outside }: Patch): Patch => ({ extent, positions, outside });

/** Σ over all channels, then the bias where there is one. */
export function explainProducts(
  place: readonly number[],
  middle: Omit<Products, 'kind'>,
  bias: { readonly label: string; readonly value: number } | null,
  notes: readonly string[],
): Explanation {
  const sum = middle.channels.reduce((total, channel) => total + channel.sum, 0);
  const value = sum + (bias?.value ?? 0);
  let scale = Math.abs(bias?.value ?? 0);
  for (const { products } of middle.channels) for (const product of products) scale += Math.abs(product);
  const steps: Step[] = [{ label: t('sum'), sign: '', value: sum, result: true }];
  if (bias) {
    steps.push({ label: bias.label, sign: '+', value: bias.value, result: false, bias: true });
    steps.push({ label: t('result'), sign: '', value, result: true });
  }
  const terms = middle.channels.length * middle.window.outside.length + (bias ? 1 : 0);
  const plain: Products = { kind: 'products', ...middle, window: patchOf(middle.window) };
  return { kind: 'explanation', place, middle: plain, steps, value, scale, terms, notes };
}
