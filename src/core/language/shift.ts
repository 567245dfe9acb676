/** Where places of one state of a text are in a later one. All changes between the two lie in one stretch: what it held is gone. */
export class Shift {
  /** The stretch in the text before and in the text after: `[from, until)`. */
  private readonly from: number;
  private readonly untilBefore: number;
  private readonly untilAfter: number;

  constructor(before: string, after: string) {
    const shorter = Math.min(before.length, after.length);
    let from = 0;
    if (before === after) from = shorter;
    while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
    let behind = 0;
    while (
      behind < shorter - from &&
      before.charCodeAt(before.length - 1 - behind) === after.charCodeAt(after.length - 1 - behind)
    )
      behind++;
    this.from = from;
    this.untilBefore = before.length - behind;
    this.untilAfter = after.length - behind;
  }

  /** Null for a place that is no more; what stood right where something was put in now stands behind it. */
  toAfter(offset: number): number | null {
    if (offset >= this.untilBefore) return offset + this.untilAfter - this.untilBefore;
    return offset <= this.from ? offset : null;
  }

  /** Null for a place in what is new. */
  toBefore(offset: number): number | null {
    if (offset <= this.from) return offset;
    return offset >= this.untilAfter ? offset - this.untilAfter + this.untilBefore : null;
  }

  /** For a place in what is new, where that begins. */
  nearestBefore(offset: number): number {
    return this.toBefore(offset) ?? this.from;
  }
}
