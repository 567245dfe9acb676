import { t } from '../l10n/l10n';
import { Cursor, Malformed, Truncated, type Reading } from './cursor';
import { LONGEST_WORD, Words } from './words';

/** Protobuf wire types. */
export const VARINT = 0;
export const FIXED64 = 1;
export const LENGTH = 2;
export const FIXED32 = 5;

/** A tag and a length or number, each at most 10 bytes. */
const LONGEST_HEADER = 20;
const LONGEST_VARINT = 10;
const TWO_32 = 0x1_0000_0000;

/** Long strings are cut: a name of a megabyte is an attack on whoever draws it, not a name. */
const LONGEST_STRING = 1 << 20;

/** Lengths stay exact in a double. */
const MOST_HIGH = 0x1f_ffff;

const decoder = new TextDecoder();

/** Walks the fields of protobuf messages: `header` reads a field's head, the caller reads or skips what follows. */
export class WireCursor extends Cursor {
  /** Of the field read last. */
  field = 0;
  wire = 0;
  /** Where the field began: its tag. */
  fieldStart = 0;
  /** LENGTH: where its content ends. */
  stop = 0;
  /** VARINT, FIXED32, FIXED64: its bits. */
  low = 0;
  high = 0;
  /** The furthest end that any message declared: how long the file should have been. */
  expected = 0;
  /** Where the first text that is not UTF-8 stands; −1 when all is well. */
  badText = -1;
  private readonly words = new Words();

  /** True when the next header is in memory: then `header` may be called. */
  get ready(): boolean {
    return this.has(Math.min(LONGEST_HEADER, this.size - this.pos));
  }

  /** Waits until `ready`. */
  *ahead(): Reading<void> {
    yield* this.need(Math.max(1, Math.min(LONGEST_HEADER, this.size - this.pos)));
  }

  /** Reads the next field's header, and its number if it is one, of a message that ends at `end`. */
  header(end: number): number {
    this.fieldStart = this.pos;
    this.readVarint();
    if (this.high !== 0) throw new Malformed(this.fieldStart, t('a field number is too large'));
    this.field = this.low >>> 3;
    this.wire = this.low & 7;
    if (this.field === 0) throw new Malformed(this.fieldStart, t('a field has the number 0'));
    switch (this.wire) {
      case VARINT:
        this.readVarint();
        break;
      case LENGTH: {
        const length = this.readLength();
        const stop = this.pos + length;
        if (stop > end && end < this.size)
          throw new Malformed(this.fieldStart, t('a field is longer than what holds it'));
        this.stop = stop;
        if (stop > this.expected) this.expected = stop;
        return this.field;
      }
      case FIXED32:
        this.readFixed(4);
        this.low = this.word(this.pos - 4);
        this.high = 0;
        break;
      case FIXED64:
        this.readFixed(8);
        this.low = this.word(this.pos - 8);
        this.high = this.word(this.pos - 4);
        break;
      default:
        // Groups (3, 4) too: no format of ours has them, so they are damage, and nesting them is an attack.
        throw new Malformed(this.fieldStart, t('a field has the wire type {0}', this.wire));
    }
    if (this.pos > end) throw new Malformed(this.fieldStart, t('a number runs past the end of what holds it'));
    return this.field;
  }

  /** Steps over the field read last. */
  skip(): void {
    if (this.wire === LENGTH) this.skipTo(this.stop);
  }

  /** Steps over a payload without reading it. */
  skipTo(stop: number): void {
    if (stop > this.size) throw new Truncated(this.size, stop - this.size);
    this.pos = stop;
  }

  /** Reads a varint into `low` and `high`; its bytes must be at hand unless the file ends. */
  readVarint(): void {
    const { view, base } = this;
    let at = this.pos - base;
    const first = view[at];
    if (first !== undefined && first < 0x80) {
      this.low = first;
      this.high = 0;
      this.pos++;
      return;
    }
    let low = 0;
    let high = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = view[at++];
      if (byte === undefined) throw new Truncated(this.size, 1);
      if (shift === 63 && byte > 1) throw new Malformed(this.pos, t('a number is longer than 64 bits'));
      if (shift < 28) low |= (byte & 0x7f) << shift;
      else if (shift === 28) {
        low |= (byte & 0x0f) << 28;
        high |= (byte & 0x7f) >> 4;
      } else high |= (byte & 0x7f) << (shift - 32);
      if (byte < 0x80) break;
    }
    this.low = low >>> 0;
    this.high = high >>> 0;
    this.pos = base + at;
  }

  /** Waits for a varint that is no field's value (packed numbers), then reads it. */
  *varint(end: number): Reading<void> {
    const ahead = Math.min(LONGEST_VARINT, this.size - this.pos);
    if (!this.has(ahead)) yield* this.need(Math.max(ahead, 1));
    this.readVarint();
    if (this.pos > end) throw new Malformed(this.pos, t('a number runs past the end of what holds it'));
  }

  /** As `text`, of one that is short, plain and in memory already: nearly all of them. Null where it is not. */
  quickText(): string | null {
    const length = this.stop - this.pos;
    if (this.wire !== LENGTH || length > LONGEST_WORD || this.stop > this.size || !this.has(length)) return null;
    const from = this.pos - this.base;
    const text = this.words.at(this.view, from, from + length);
    if (text !== null) this.pos = this.stop;
    return text;
  }

  /** The content of the field read last as text, cut at LONGEST_STRING. */
  *text(): Reading<string> {
    const quick = this.quickText();
    if (quick !== null) return quick;
    const length = this.stop - this.pos;
    if (this.wire !== LENGTH) throw new Malformed(this.fieldStart, t('a number stands where a text belongs'));
    if (this.stop > this.size) throw new Truncated(this.size, this.stop - this.size);
    if (length === 0) return '';
    const kept = Math.min(length, LONGEST_STRING);
    if (!this.has(kept)) yield* this.need(kept);
    const start = this.pos;
    const text = this.decode(this.take(kept), start);
    this.pos = start + length;
    return kept < length ? `${text}… (${length} bytes)` : text;
  }

  private decode(bytes: Uint8Array, start: number): string {
    const text = decoder.decode(bytes);
    if (text.includes('\uFFFD') && this.badText < 0 && !holdsReplacement(bytes)) this.badText = start;
    return text;
  }

  private readLength(): number {
    this.readVarint();
    if (this.high > MOST_HIGH) throw new Malformed(this.fieldStart, t('a length is larger than any file'));
    return this.high * TWO_32 + this.low;
  }

  private readFixed(bytes: number): void {
    if (this.pos + bytes > this.size) throw new Truncated(this.size, this.pos + bytes - this.size);
    this.pos += bytes;
  }

  private word(at: number): number {
    const i = at - this.base;
    const { view } = this;
    return (view[i]! | (view[i + 1]! << 8) | (view[i + 2]! << 16) | (view[i + 3]! << 24)) >>> 0;
  }
}

/** U+FFFD written in the file itself is no decoding error. */
function holdsReplacement(bytes: Uint8Array): boolean {
  for (let i = 0; i + 2 < bytes.length; i++) {
    if (bytes[i] === 0xef && bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) return true;
  }
  return false;
}

/** The 64 bits as a signed number; exact, or the nearest double beyond ±2⁵³. */
export const signed = (low: number, high: number): number => (high | 0) * TWO_32 + low;

/** The 64 bits as an unsigned number; exact up to 2⁵³. */
const unsigned = (low: number, high: number): number => high * TWO_32 + low;

/** The 64 bits exactly: a number where it is safe, else a bigint. */
export function exact(low: number, high: number, isSigned = true): number | bigint {
  const near = isSigned ? signed(low, high) : unsigned(low, high);
  if (Number.isSafeInteger(near)) return near;
  const bits = (BigInt(high) << 32n) | BigInt(low);
  return isSigned ? BigInt.asIntN(64, bits) : bits;
}
