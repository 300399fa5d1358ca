/** Reads a pickle's bytes in order; going beyond their end throws. */
export class ByteCursor {
  position: number;
  readonly #view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    start: number,
    /** Makes the error of a file that ends too early. */
    readonly fail: (what: string) => Error,
  ) {
    this.position = start;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Moves on by `length` bytes. @returns where they begin */
  take(length: number): number {
    const start = this.position;
    if (!(length >= 0 && length <= this.bytes.byteLength - start)) {
      throw this.fail(
        `its pickle ends at byte ${this.bytes.byteLength}, within the ${length} bytes from byte ${start}`,
      );
    }
    this.position = start + length;
    return start;
  }

  uint8 = (): number => this.#view.getUint8(this.take(1));
  uint16 = (): number => this.#view.getUint16(this.take(2), true);
  int32 = (): number => this.#view.getInt32(this.take(4), true);
  uint32 = (): number => this.#view.getUint32(this.take(4), true);
  uint64 = (): number => Number(this.#view.getBigUint64(this.take(8), true));
  /** Pickle's floats alone are big-endian. */
  float64 = (): number => this.#view.getFloat64(this.take(8), false);

  slice(length: number): Uint8Array {
    const start = this.take(length);
    return this.bytes.slice(start, start + length);
  }

  /** UTF-8, in which Python lets unpaired surrogates pass; they become U+FFFD. */
  text(length: number): string {
    const start = this.take(length);
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, length).toString('utf8');
  }

  /** Up to the next line feed, which is passed. */
  line(): string {
    const end = this.bytes.indexOf(10, this.position);
    if (end === -1) {
      throw this.fail('its pickle ends within a line');
    }
    const text = this.text(end - this.position);
    this.position = end + 1;
    return text;
  }

  /** Two's complement, little-endian, of any length. */
  integer(length: number): number | bigint {
    const bytes = this.slice(length);
    if (length === 0) {
      return 0;
    }
    const unsigned = BigInt(`0x${Buffer.from(bytes.reverse()).toString('hex')}`);
    const value = BigInt.asIntN(length * 8, unsigned);
    const small = Number(value);
    return Number.isSafeInteger(small) ? small : value;
  }
}
