/** The magnitude map on the stage: small numbers recede towards the ground, in light themes the dark ones are large. */
import type { ThemeKind } from './theme';

const STOPS = [
  [13, 8, 40],
  [59, 15, 112],
  [123, 35, 121],
  [184, 55, 99],
  [231, 92, 60],
  [248, 149, 30],
  [249, 212, 75],
  [252, 253, 200],
] as const;

function magnitude(t: number): string {
  const at = Math.min(1, Math.max(0, t)) * (STOPS.length - 1);
  const i = Math.min(STOPS.length - 2, Math.floor(at));
  const f = at - i;
  const channel = (k: 0 | 1 | 2): number => Math.round(STOPS[i]![k] * (1 - f) + STOPS[i + 1]![k] * f);
  return `rgb(${channel(0)} ${channel(1)} ${channel(2)})`;
}

/**
 * Where of the map the least and the largest values stand. Small numbers recede into the ground but do not vanish in it: the least
 * still has twice its contrast (2 : 1), in high contrast, where marks are to be seen by everybody, three times (3 : 1). From 10 % on,
 * as the map's own dark end would have it, it had 1.05 : 1 on dark grounds, and the pale end 1.2 : 1 on white.
 */
const ENDS: Readonly<Record<ThemeKind, readonly [least: number, largest: number]>> = {
  dark: [0.32, 0.97],
  hc: [0.37, 0.97],
  light: [0.74, 0.08],
  hcLight: [0.61, 0.08],
};

/** `share` 0…1 after any exponent. */
export function rampColour(share: number, kind: ThemeKind): string {
  const [least, largest] = ENDS[kind];
  return magnitude(least + (largest - least) * share);
}

export const rampGradient = (kind: ThemeKind): string =>
  `linear-gradient(90deg, ${Array.from({ length: 17 }, (_, i) => rampColour(i / 16, kind)).join(', ')})`;
