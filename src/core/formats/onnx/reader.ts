import { Malformed, type Reading } from '../../bytes/cursor';
import { FIXED32, LENGTH, VARINT, exact, signed, type WireCursor } from '../../bytes/wire';
import type { Diagnostic, Span } from '../../diagnostics/diagnostic';
import { t } from '../../l10n/l10n';
import { LONGEST_LIST } from '../limits';
import type { RawEntry, RawTensor } from './messages';
import * as problems from './problems';

const FLOAT = new Float32Array(1);
const FLOAT_BITS = new Uint32Array(FLOAT.buffer);

/** What all message readers share: the cursor, where they are, and where problems go. */
export class Reader {
  /** The path of messages being read, for the message about a file that ends early. */
  readonly where: string[] = [];
  /** The node of the main graph being read. */
  node: number | null = null;
  /** Every tensor whose data lie in another file. */
  readonly external: RawTensor[] = [];
  private toldBadText = false;

  constructor(
    readonly cursor: WireCursor,
    readonly report: (problem: Diagnostic) => void,
  ) {}

  /** Reads a message that is part of another. Damage inside it is reported, and reading goes on after it. */
  *part(name: string, read: (end: number) => Reading<void>): Reading<void> {
    const { cursor } = this;
    if (cursor.wire !== LENGTH) throw new Malformed(cursor.fieldStart, t('a number stands where a message belongs'));
    const stop = cursor.stop;
    this.where.push(name);
    const depth = this.where.length;
    try {
      yield* read(stop);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.damaged(error, stop);
      this.where.length = depth;
      cursor.skipTo(stop);
    }
    this.where.pop();
  }

  damaged(error: Malformed, stop: number): void {
    const place = { location: bytesAt(error.at, Math.max(error.at, stop)), node: this.node };
    this.report(problems.malformed(place, this.path(), error.at, error.what));
  }

  path(): string {
    return this.where.length ? this.where.join('.') : t('the model');
  }

  get span(): Span {
    return { start: this.cursor.fieldStart, end: this.cursor.stop };
  }

  /** The signed number read last. */
  int(): number {
    this.expectNumber();
    return signed(this.cursor.low, this.cursor.high);
  }

  float(): number {
    if (this.cursor.wire !== FIXED32)
      throw new Malformed(this.cursor.fieldStart, t('no float stands where one belongs'));
    FLOAT_BITS[0] = this.cursor.low;
    return FLOAT[0]!;
  }

  /** Adds the repeated integers of the field read last, packed or one by one. */
  *exactInts(list: (number | bigint)[]): Reading<void> {
    const { cursor } = this;
    if (cursor.wire !== LENGTH) {
      this.expectNumber();
      if (list.length < LONGEST_LIST) list.push(exact(cursor.low, cursor.high));
      return;
    }
    const stop = cursor.stop;
    while (cursor.pos < stop && list.length < LONGEST_LIST) {
      yield* cursor.varint(stop);
      list.push(exact(cursor.low, cursor.high));
    }
    cursor.skipTo(stop);
  }

  /** The same as numbers; beyond 2⁵³ (a slice's “to the end”) the nearest one. */
  *ints(list: number[]): Reading<void> {
    const { cursor } = this;
    if (cursor.wire !== LENGTH) {
      if (list.length < LONGEST_LIST) list.push(this.int());
      return;
    }
    const stop = cursor.stop;
    while (cursor.pos < stop && list.length < LONGEST_LIST) {
      yield* cursor.varint(stop);
      list.push(signed(cursor.low, cursor.high));
    }
    cursor.skipTo(stop);
  }

  *floats(list: number[]): Reading<void> {
    const { cursor } = this;
    if (cursor.wire !== LENGTH) {
      if (list.length < LONGEST_LIST) list.push(this.float());
      return;
    }
    const stop = cursor.stop;
    while (cursor.pos + 4 <= stop && list.length < LONGEST_LIST) {
      yield* cursor.need(4);
      const bytes = cursor.take(4);
      FLOAT_BITS[0] = bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16) | (bytes[3]! << 24);
      list.push(FLOAT[0]!);
    }
    cursor.skipTo(stop);
  }

  /** As `text`, where that needs no waiting; null where it does. */
  quickText(): string | null {
    return this.cursor.quickText();
  }

  *text(): Reading<string> {
    const text = yield* this.cursor.text();
    if (this.cursor.badText >= 0 && !this.toldBadText) {
      const at = this.cursor.badText;
      this.toldBadText = true;
      this.report(problems.badText({ location: bytesAt(at, this.cursor.pos), node: this.node }, at));
    }
    return text;
  }

  /** StringStringEntryProto. */
  *entry(list: RawEntry[]): Reading<void> {
    const entry = { key: '', value: '' };
    list.push(entry);
    const { cursor } = this;
    const end = cursor.stop;
    if (cursor.wire !== LENGTH) throw new Malformed(cursor.fieldStart, t('a number stands where a message belongs'));
    while (cursor.pos < end) {
      if (!cursor.ready) yield* cursor.ahead();
      switch (cursor.header(end)) {
        case 1:
          entry.key = yield* this.text();
          break;
        case 2:
          entry.value = yield* this.text();
          break;
        default:
          cursor.skip();
      }
    }
  }

  private expectNumber(): void {
    if (this.cursor.wire !== VARINT) {
      throw new Malformed(this.cursor.fieldStart, t('no whole number stands where one belongs'));
    }
  }
}

export const bytesAt = (start: number, end: number) => ({ kind: 'bytes', span: { start, end } }) as const;
