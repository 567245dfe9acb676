/** The reference protobuf writer; reading is our own (wire.ts), because it must not need the whole file. */
export { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

const VARINT = 0;
const LENGTH = 2;
const FIXED32 = 5;
const MOST = 2n ** 63n - 1n;

const encoder = new TextEncoder();
const FLOAT = new DataView(new ArrayBuffer(4));

/**
 * Writes one protobuf message whose payloads may be large: they are kept as they come and copied once, at the end, where the
 * reference writer copies them for every message around them.
 */
export class MessageWriter {
  private readonly parts: Uint8Array[] = [];
  private small: number[] = [];
  private size = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.size + this.small.length;
  }

  int(field: number, value: number | bigint): this {
    this.tag(field, VARINT);
    this.varint(value);
    return this;
  }

  float(field: number, value: number): this {
    this.tag(field, FIXED32);
    this.floatBits(value);
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  /** The bytes are not copied before `finish`. */
  bytes(field: number, value: Uint8Array): this {
    this.tag(field, LENGTH);
    this.varint(value.length);
    this.append(value);
    return this;
  }

  packedInts(field: number, values: readonly (number | bigint)[]): this {
    return this.message(field, (inner) => values.forEach((value) => inner.varint(value)));
  }

  packedFloats(field: number, values: readonly number[]): this {
    return this.message(field, (inner) => values.forEach((value) => inner.floatBits(value)));
  }

  message(field: number, write: (inner: MessageWriter) => void): this {
    const inner = new MessageWriter();
    write(inner);
    this.tag(field, LENGTH);
    this.varint(inner.length);
    inner.flush();
    for (const part of inner.parts) this.append(part);
    return this;
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.flush();
    const whole = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  private tag(field: number, wire: number): void {
    this.varint(field * 8 + wire);
  }

  /** Negative numbers take ten bytes: the two's complement of 64 bits. */
  private varint(value: number | bigint): void {
    if (typeof value === 'number' && value >= 0 && value < 2 ** 31) {
      let rest = value;
      while (rest > 0x7f) {
        this.small.push((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      this.small.push(rest);
      return;
    }
    // The largest 64-bit integers, which mean “to the end”, are no exact numbers: as one they would be a little too large.
    const whole = BigInt(value);
    const clamped = typeof value === 'number' && whole > MOST ? MOST : whole;
    let rest = BigInt.asUintN(64, clamped);
    while (rest > 0x7fn) {
      this.small.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.small.push(Number(rest));
  }

  private floatBits(value: number): void {
    FLOAT.setFloat32(0, value, true);
    for (let i = 0; i < 4; i++) this.small.push(FLOAT.getUint8(i));
  }

  private append(part: Uint8Array): void {
    this.flush();
    this.parts.push(part);
    this.size += part.length;
  }

  private flush(): void {
    if (this.small.length === 0) return;
    const part = Uint8Array.from(this.small);
    this.small = [];
    this.parts.push(part);
    this.size += part.length;
  }
}
