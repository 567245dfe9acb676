/** The magnitude map on the stage: small numbers recede into the ground, in light themes the dark ones are large. */
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

/** `share` 0…1 after any exponent. */
export function rampColour(share: number, kind: ThemeKind): string {
  const light = kind === 'light' || kind === 'hcLight';
  return magnitude(light ? 0.93 - 0.85 * share : 0.1 + 0.87 * share);
}

export const rampGradient = (kind: ThemeKind): string =>
  `linear-gradient(90deg, ${Array.from({ length: 17 }, (_, i) => rampColour(i / 16, kind)).join(', ')})`;
