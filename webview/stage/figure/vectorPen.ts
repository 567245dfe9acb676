/** A pen that keeps what the painters draw as SVG: shapes as shapes, text as text, every colour written out. */
import type { Pen } from '../paint/pen';
import { arcCommands, cornerCommands, number, type Point } from './pathData';

interface Shape {
  readonly tag: 'path' | 'rect' | 'circle';
  readonly attributes: Record<string, string>;
  /** Path it was made of: outlined next, it stays one shape. */
  readonly data: string;
}

type Measure = (words: string, size: number, weight: number) => number;

export class VectorPen implements Pen {
  fillStyle: Pen['fillStyle'] = '#000000';
  strokeStyle: Pen['strokeStyle'] = '#000000';
  lineWidth = 1;
  lineJoin: CanvasLineJoin = 'miter';
  globalAlpha = 1;
  imageSmoothingEnabled = true;
  font = '';
  textAlign: CanvasTextAlign = 'left';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  readonly #written: string[] = [];
  #pending: Shape | null = null;
  #dash: readonly number[] = [];
  #data: string[] = [];
  /** The whole path as one element that SVG has a name for. */
  #whole: Pick<Shape, 'tag' | 'attributes'> | null = null;
  #at: Point = { x: 0, y: 0 };
  #from: Point = { x: 0, y: 0 };
  #transform: string[] = [];
  readonly #saved: string[][] = [];

  /** `measure`: width of words in px. `address`: a picture as a data URL. */
  constructor(
    readonly measure: Measure,
    readonly address: (picture: CanvasImageSource) => string,
  ) {}

  /** Everything drawn, as elements of SVG. */
  get elements(): string {
    this.#flush();
    return this.#written.join('\n');
  }

  open(words: string): void {
    this.#flush();
    this.#written.push(`<g><title>${escaped(words)}</title>`);
  }
  close(): void {
    this.#flush();
    this.#written.push('</g>');
  }

  beginPath(): void {
    this.#data = [];
    this.#whole = null;
  }
  closePath(): void {
    this.#data.push('Z');
    this.#at = this.#from;
  }
  moveTo(x: number, y: number): void {
    this.#add(`M${number(x)} ${number(y)}`);
    this.#at = this.#from = { x, y };
  }
  lineTo(x: number, y: number): void {
    this.#add(`L${number(x)} ${number(y)}`);
    this.#at = { x, y };
  }
  arcTo(x1: number, y1: number, x2: number, y2: number, radius: number): void {
    const { text, end } = cornerCommands(this.#at, { x: x1, y: y1 }, { x: x2, y: y2 }, radius);
    this.#add(text);
    this.#at = end;
  }
  arc(x: number, y: number, radius: number, from: number, to: number): void {
    const circle = { tag: 'circle', attributes: { cx: number(x), cy: number(y), r: number(radius) } } as const;
    const whole = !this.#data.length && Math.abs(to - from) >= 2 * Math.PI ? circle : null;
    const { text, end } = arcCommands({ x, y }, radius, from, to, this.#data.length > 0);
    this.#add(text);
    this.#whole = whole;
    this.#at = end;
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.roundRect(x, y, width, height, 0);
  }
  roundRect(x: number, y: number, width: number, height: number, radii?: unknown): void {
    const r = Math.max(0, Math.min(typeof radii === 'number' ? radii : 0, width / 2, height / 2));
    const attributes = {
      x: number(x),
      y: number(y),
      width: number(width),
      height: number(height),
      ...(r ? { rx: number(r) } : {}),
    };
    const whole = this.#data.length ? null : ({ tag: 'rect', attributes } as const);
    const corner = (dx: number, dy: number): string =>
      r ? `a${number(r)} ${number(r)} 0 0 1 ${number(dx)} ${number(dy)}` : '';
    this.#add(
      `M${number(x + r)} ${number(y)}H${number(x + width - r)}${corner(r, r)}V${number(y + height - r)}${corner(-r, r)}` +
        `H${number(x + r)}${corner(-r, -r)}V${number(y + r)}${corner(r, -r)}Z`,
    );
    this.#whole = whole;
    this.#at = this.#from = { x, y };
  }

  fill(): void {
    const colour = paint(this.fillStyle, this.globalAlpha);
    if (!colour) return;
    this.#flush();
    this.#pending = this.#shape({ fill: colour.hex, ...faint('fill', colour.alpha) });
  }
  stroke(): void {
    const colour = paint(this.strokeStyle, this.globalAlpha);
    if (!colour || !this.#data.length) return;
    const attributes = {
      stroke: colour.hex,
      ...faint('stroke', colour.alpha),
      'stroke-width': number(this.lineWidth),
      ...(this.#dash.length ? { 'stroke-dasharray': this.#dash.map(number).join(' ') } : {}),
      ...(this.lineJoin === 'miter' ? {} : { 'stroke-linejoin': this.lineJoin }),
    };
    const last = this.#pending;
    if (last?.data === this.#data.join('')) Object.assign(last.attributes, attributes);
    else {
      this.#flush();
      this.#pending = this.#shape({ fill: 'none', ...attributes });
    }
  }
  setLineDash(segments: Iterable<number>): void {
    this.#dash = [...segments];
  }

  fillText(words: string, x: number, y: number): void {
    const colour = paint(this.fillStyle, this.globalAlpha);
    if (!colour) return;
    this.#flush();
    const { size, weight } = fontOf(this.font);
    const anchor = ANCHORS[this.textAlign];
    const attributes = {
      x: number(x),
      y: number(y),
      'font-size': number(size),
      ...(weight === 400 ? {} : { 'font-weight': String(weight) }),
      ...(anchor ? { 'text-anchor': anchor } : {}),
      fill: colour.hex,
      ...faint('fill', colour.alpha),
      ...this.#placed(),
    };
    this.#written.push(`<text${written(attributes)}>${escaped(words)}</text>`);
  }
  /** The ground around letters: a plain box, since half the programs that read SVG paint outlines over their own text. */
  strokeText(words: string, x: number, y: number): void {
    const colour = paint(this.strokeStyle, this.globalAlpha);
    if (!colour) return;
    this.#flush();
    const { size, weight } = fontOf(this.font);
    const width = this.measure(words, size, weight);
    const pad = this.lineWidth / 2;
    const left = x - pad - (this.textAlign === 'center' ? width / 2 : this.textAlign === 'right' ? width : 0);
    const attributes = {
      x: number(left),
      y: number(y - size * 0.82),
      width: number(width + 2 * pad),
      height: number(size * 1.08),
      fill: colour.hex,
      ...faint('fill', colour.alpha),
      ...this.#placed(),
    };
    this.#written.push(`<rect${written(attributes)}/>`);
  }

  drawImage(picture: CanvasImageSource, x: number, y: number, width: number, height: number): void {
    if (this.globalAlpha <= 0) return;
    this.#flush();
    const attributes = {
      x: number(x),
      y: number(y),
      width: number(width),
      height: number(height),
      ...(this.globalAlpha < 1 ? { opacity: number(this.globalAlpha) } : {}),
      preserveAspectRatio: 'none',
      ...(this.imageSmoothingEnabled ? {} : { style: 'image-rendering:pixelated' }),
      href: this.address(picture),
      ...this.#placed(),
    };
    this.#written.push(`<image${written(attributes)}/>`);
  }

  save(): void {
    this.#saved.push([...this.#transform]);
  }
  restore(): void {
    this.#transform = this.#saved.pop() ?? [];
  }
  translate(x: number, y: number): void {
    this.#transform.push(`translate(${number(x)} ${number(y)})`);
  }
  rotate(angle: number): void {
    this.#transform.push(`rotate(${number((angle * 180) / Math.PI)})`);
  }

  #add(text: string): void {
    this.#whole = null;
    this.#data.push(text);
  }
  #placed(): Record<string, string> {
    return this.#transform.length ? { transform: this.#transform.join(' ') } : {};
  }
  #shape(style: Record<string, string>): Shape {
    const data = this.#data.join('');
    const { tag, attributes } = this.#whole ?? { tag: 'path' as const, attributes: { d: data } };
    return { tag, data, attributes: { ...attributes, ...style, ...this.#placed() } };
  }
  #flush(): void {
    const shape = this.#pending;
    this.#pending = null;
    if (shape?.data) this.#written.push(`<${shape.tag}${written(shape.attributes)}/>`);
  }
}

const ANCHORS: Readonly<Partial<Record<CanvasTextAlign, string>>> = { center: 'middle', right: 'end', end: 'end' };

const faint = (what: string, alpha: number): Record<string, string> =>
  alpha < 1 ? { [`${what}-opacity`]: number(alpha) } : {};

function fontOf(font: string): { readonly size: number; readonly weight: number } {
  const [, weight = '400', size = '10'] = /^(\d+) ([\d.]+)px/.exec(font) ?? [];
  return { size: Number(size), weight: Number(weight) };
}

/** Colours as the theme spells them, with the alpha apart; null for nothing to be seen. */
export function paint(style: Pen['fillStyle'], alpha = 1): { readonly hex: string; readonly alpha: number } | null {
  if (typeof style !== 'string' || !style || style === 'transparent' || alpha <= 0) return null;
  if (style.startsWith('#')) return { hex: style.toLowerCase(), alpha };
  const numbers = style.match(/[\d.]+/g)?.map(Number) ?? [];
  const [red = 0, green = 0, blue = 0, own = 1] = numbers;
  const hex = [red, green, blue].map((n) => Math.round(n).toString(16).padStart(2, '0')).join('');
  return own > 0 ? { hex: `#${hex}`, alpha: alpha * own } : null;
}

const written = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of any model as text of XML: signs that XML does not allow are replaced, halves of a pair too. */
export const escaped = (text: string): string =>
  Array.from(text, (sign) => (allowed(sign.codePointAt(0)!) ? (ENTITIES[sign] ?? sign) : '\ufffd')).join('');

/** A code point that may stand in a document of XML 1.0; half of a surrogate pair may not. */
const allowed = (code: number): boolean =>
  code >= 0x20 ? !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff : [9, 10, 13].includes(code);
