/**
 * A message of protocol buffers, built field by field: varint (0), 64 bits (1), bytes (2) and 32 bits (5).
 *
 * @see protobuf.dev, "Encoding"
 */
export class ProtobufMessage {
  readonly #parts: Uint8Array[] = [];

  /** A whole number from 0 to 2^53 - 1. */
  integer(field: number, value: number): this {
    this.#parts.push(varint(field * 8), varint(value));
    return this;
  }

  double(field: number, value: number): this {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.#parts.push(varint(field * 8 + 1), bytes);
    return this;
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.#parts.push(varint(field * 8 + 5), bytes);
    return this;
  }

  /** Text as UTF-8, a message within this one, or bytes. */
  bytes(field: number, value: string | ProtobufMessage | Uint8Array): this {
    const bytes =
      typeof value === 'string'
        ? new TextEncoder().encode(value)
        : value instanceof Uint8Array
          ? value
          : value.encode();
    this.#parts.push(varint(field * 8 + 2), varint(bytes.byteLength), bytes);
    return this;
  }

  encode(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}

/** Seven bits a byte, the lowest first. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}

/** Reads a varint. @returns the value and the offset after it */
export function readVarint(bytes: Uint8Array, offset: number): [value: number, next: number] {
  let value = 0;
  let factor = 1;
  for (let at = offset; at < bytes.byteLength; at += 1) {
    value += (bytes[at] & 127) * factor;
    if (bytes[at] < 128) {
      return [value, at + 1];
    }
    factor *= 128;
  }
  return [value, bytes.byteLength];
}
