/** Elements of a vector drawing; their text only ever becomes a text node. */
const SVG = 'http://www.w3.org/2000/svg';

type Attributes = Readonly<Record<string, string | number | null>>;

/** Null leaves an attribute out; numbers are written with as much of a pixel as one can see. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (SVGElement | string)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== null) element.setAttribute(name, typeof value === 'number' ? String(round(value)) : value);
  element.append(...children);
  return element;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** `M0 0L10 5`, closed by `Z`. */
export const pathOf = (points: readonly (readonly [number, number])[], closed = false): string =>
  `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}${closed ? 'Z' : ''}`;
