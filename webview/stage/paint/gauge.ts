/**
 * What one unit sees, in the input: outer square = the input, inner = the field, both to scale. Beyond the input the field is
 * the outer one and the input shrinks inside it; after a global operator it is filled.
 */
import { bar, outlined, type Brush } from './brush';

export function gauge(brush: Brush, x: number, y: number, size: number, sees: number | 'all', input: number): void {
  const { context, theme } = brush;
  if (sees === 'all') {
    context.globalAlpha *= 0.85;
    bar(brush, x, y, size, size, theme.foreground, 0);
    context.globalAlpha /= 0.85;
    return;
  }
  const share = sees / input;
  if (share <= 1) {
    const inner = Math.max(1.5, size * share);
    outlined(brush, x, y, size, size, { radius: 0, stroke: theme.dim });
    bar(brush, x + (size - inner) / 2, y + (size - inner) / 2, inner, inner, theme.foreground, 0);
    return;
  }
  const inner = size / share;
  context.globalAlpha *= 0.35;
  bar(brush, x, y, size, size, theme.foreground, 0);
  context.globalAlpha /= 0.35;
  const at = (size - inner) / 2;
  outlined(brush, x + at, y + at, inner, inner, { radius: 0, fill: theme.foreground, stroke: theme.dim });
}
