/** Arcs and rounded corners of a canvas in SVG's words. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** As much of a pixel as one can see. */
export const number = (value: number): string => String(Math.round(value * 100) / 100 || 0);

const spelled = ({ x, y }: Point): string => `${number(x)} ${number(y)}`;

/** An arc clockwise on the screen; joined to what was drawn before, or a path of its own. */
export function arcCommands(
  centre: Point,
  radius: number,
  from: number,
  to: number,
  joined: boolean,
): { readonly text: string; readonly end: Point } {
  const on = (angle: number): Point => ({
    x: centre.x + radius * Math.cos(angle),
    y: centre.y + radius * Math.sin(angle),
  });
  const r = number(radius);
  const start = on(from);
  const begin = `${joined ? 'L' : 'M'}${spelled(start)}`;
  // A whole circle has no end of its own: two halves.
  if (Math.abs(to - from) >= 2 * Math.PI)
    return {
      text: `${begin}A${r} ${r} 0 1 1 ${spelled(on(from + Math.PI))}A${r} ${r} 0 1 1 ${spelled(start)}`,
      end: start,
    };
  const turn = (((to - from) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
  const end = on(from + turn);
  return { text: `${begin}A${r} ${r} 0 ${turn > Math.PI ? 1 : 0} 1 ${spelled(end)}`, end };
}

/** A line towards `corner`, rounded off, on its way to `to`. */
export function cornerCommands(
  from: Point,
  corner: Point,
  to: Point,
  radius: number,
): { readonly text: string; readonly end: Point } {
  const [ax, ay] = [from.x - corner.x, from.y - corner.y];
  const [bx, by] = [to.x - corner.x, to.y - corner.y];
  const [a, b] = [Math.hypot(ax, ay), Math.hypot(bx, by)];
  const cross = ax * by - ay * bx;
  // Nothing to round where it goes straight on.
  if (!a || !b || radius <= 0 || Math.abs(cross) < 1e-9 * a * b) return { text: `L${spelled(corner)}`, end: corner };
  const angle = Math.acos(Math.max(-1, Math.min(1, (ax * bx + ay * by) / (a * b))));
  const length = radius / Math.tan(angle / 2);
  const start = { x: corner.x + (ax / a) * length, y: corner.y + (ay / a) * length };
  const end = { x: corner.x + (bx / b) * length, y: corner.y + (by / b) * length };
  const r = number(radius);
  return { text: `L${spelled(start)}A${r} ${r} 0 0 ${cross < 0 ? 1 : 0} ${spelled(end)}`, end };
}
