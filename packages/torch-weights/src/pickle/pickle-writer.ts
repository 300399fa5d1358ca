import { opcodes } from './opcodes.js';

/** Builds a pickle of protocol 2, the one that torch.save writes. */
export class PickleWriter {
  #bytes = Buffer.alloc(4096);
  #length = 0;
  #remembered = 0;

  constructor() {
    this.code('PROTO');
    this.#reserve(1).writeUInt8(2);
  }

  code(name: keyof typeof opcodes): void {
    this.#reserve(1).writeUInt8(opcodes[name]);
  }

  integer(value: number | bigint): void {
    if (value >= -(2 ** 31) && value < 2 ** 31) {
      this.code('BININT');
      this.#reserve(4).writeInt32LE(Number(value));
      return;
    }
    const bits = BigInt(value);
    const length = Math.ceil((bits.toString(2).length + 1) / 8);
    const digits = BigInt.asUintN(length * 8, bits)
      .toString(16)
      .padStart(length * 2, '0');
    this.code(length < 256 ? 'LONG1' : 'LONG4');
    if (length < 256) {
      this.#reserve(1).writeUInt8(length);
    } else {
      this.#reserve(4).writeUInt32LE(length);
    }
    Buffer.from(digits, 'hex').reverse().copy(this.#reserve(length));
  }

  float(value: number): void {
    this.code('BINFLOAT');
    this.#reserve(8).writeDoubleBE(value);
  }

  text(value: string): void {
    const encoded = Buffer.from(value);
    this.code('BINUNICODE');
    this.#reserve(4).writeUInt32LE(encoded.length);
    encoded.copy(this.#reserve(encoded.length));
  }

  /** A name such as `torch._utils._rebuild_tensor_v2`. */
  global(name: string): void {
    const dot = name.lastIndexOf('.');
    const line = Buffer.from(`${name.slice(0, dot)}\n${name.slice(dot + 1)}\n`);
    this.code('GLOBAL');
    line.copy(this.#reserve(line.length));
  }

  tuple(writeItems: () => void): void {
    this.code('MARK');
    writeItems();
    this.code('TUPLE');
  }

  /** A call of a constructor. */
  reduce(constructor: string, writeArguments: () => void): void {
    this.global(constructor);
    this.tuple(writeArguments);
    this.code('REDUCE');
  }

  /** Keeps the last value for {@link recall}. */
  remember(): number {
    this.code('LONG_BINPUT');
    this.#reserve(4).writeUInt32LE(this.#remembered);
    this.#remembered += 1;
    return this.#remembered - 1;
  }

  recall(index: number): void {
    this.code('LONG_BINGET');
    this.#reserve(4).writeUInt32LE(index);
  }

  finish(): Uint8Array {
    this.code('STOP');
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(length: number): Buffer {
    const start = this.#length;
    this.#length += length;
    if (this.#length > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(this.#length, this.#bytes.length * 2));
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    return this.#bytes.subarray(start, this.#length);
  }
}
