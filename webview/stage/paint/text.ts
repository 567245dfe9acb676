/** Text on the canvas: widths remembered, long names cut where they say least. */
const ELLIPSIS = '…';
const LIMIT = 20_000;

/** What can tell how wide words are. */
export type Measurer = Pick<CanvasRenderingContext2D, 'font'> & {
  measureText(text: string): { readonly width: number };
};

export class Texts {
  readonly #widths = new Map<string, number>();
  readonly #cuts = new Map<string, string>();

  constructor(
    readonly context: Measurer,
    readonly family: string,
  ) {}

  font(size: number, weight = 400): string {
    return `${weight} ${size}px ${this.family}`;
  }

  /** Width at one pixel of size, so that zooming needs no new measures. */
  width(text: string, size: number, weight = 400): number {
    const key = `${weight}${text}`;
    let unit = this.#widths.get(key);
    if (unit === undefined) {
      if (this.#widths.size > LIMIT) this.#widths.clear();
      const before = this.context.font;
      this.context.font = this.font(100, weight);
      unit = this.context.measureText(text).width / 100;
      this.context.font = before;
      this.#widths.set(key, unit);
    }
    return unit * size;
  }

  /** Shortened to fit, in the middle (names: both ends tell them apart) or at the end. */
  fit(text: string, room: number, size: number, weight = 400, where: 'middle' | 'end' = 'middle'): string {
    if (room <= 0) return '';
    if (this.width(text, size, weight) <= room) return text;
    const key = `${where}${weight}|${Math.floor((room / size) * 4)}|${text}`;
    const known = this.#cuts.get(key);
    if (known !== undefined) return known;
    const cut = this.#cut(text, room, size, weight, where);
    if (this.#cuts.size > LIMIT) this.#cuts.clear();
    this.#cuts.set(key, cut);
    return cut;
  }

  #cut(text: string, room: number, size: number, weight: number, where: 'middle' | 'end'): string {
    // By code points: half a surrogate pair would be drawn as a box.
    const letters = Array.from(text);
    let [low, high] = [0, letters.length - 1];
    const shortened = (keep: number): string => {
      if (where === 'end') return letters.slice(0, keep).join('').trimEnd() + ELLIPSIS;
      const head = Math.ceil(keep / 2);
      return letters.slice(0, head).join('') + ELLIPSIS + letters.slice(letters.length - (keep - head)).join('');
    };
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.width(shortened(middle), size, weight) <= room) low = middle;
      else high = middle - 1;
    }
    return low < 1 ? '' : shortened(low);
  }
}
