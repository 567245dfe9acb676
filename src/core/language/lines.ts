import type { Span } from '../diagnostics/diagnostic';

/** Where the lines of a text begin; lines and columns count from 0, columns in UTF-16 units as editors do. */
export class Lines {
  private readonly starts: readonly number[];

  constructor(readonly text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.starts = starts;
  }

  get count(): number {
    return this.starts.length;
  }

  lineAt(offset: number): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  start(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** Of what stands in the line, without its end. */
  span(line: number): Span {
    const next = this.starts[line + 1];
    const end = next === undefined ? this.text.length : next - 1;
    const start = this.start(line);
    return { start, end: end > start && this.text[end - 1] === '\r' ? end - 1 : end };
  }

  content(line: number): string {
    const { start, end } = this.span(line);
    return this.text.slice(start, end);
  }
}
