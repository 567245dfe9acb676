import assert from 'node:assert/strict';
import { rampColour } from '../../../webview/ui/ramp';
import type { ThemeKind } from '../../../webview/ui/theme';

/** Grounds of VS Code's own themes, and the least contrast of a mark on them. */
const GROUNDS: Readonly<Record<ThemeKind, readonly [ground: string, contrast: number]>> = {
  dark: ['31 31 31', 2],
  light: ['255 255 255', 2],
  hc: ['0 0 0', 3],
  hcLight: ['255 255 255', 3],
};

/** Relative luminance as WCAG 2 has it. */
function luminance(colour: string): number {
  const [red, green, blue] = colour.match(/\d+/g)!.map((text) => {
    const share = Number(text) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('colours of numbers on the stage', () => {
  for (const [kind, [ground, least]] of Object.entries(GROUNDS))
    it(`stand out from the ground, the smallest too, and the more the larger: ${kind}`, () => {
      const below = luminance(ground);
      let before = 0;
      for (let share = 0; share <= 1; share += 1 / 64) {
        const own = luminance(rampColour(share, kind as ThemeKind));
        const contrast = (Math.max(own, below) + 0.05) / (Math.min(own, below) + 0.05);
        assert.ok(contrast >= least && contrast > before, `${contrast} at ${share} after ${before}`);
        before = contrast;
      }
    });
});
