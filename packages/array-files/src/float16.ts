/** Value of each of the 65536 bit patterns (IEEE 754 binary16); made at the first use. */
let valueOfBits: Float32Array | undefined;

function tabulate(): Float32Array {
  return Float32Array.from({ length: 65536 }, (_, bits) => {
    const sign = bits >> 15 === 0 ? 1 : -1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 31) {
      return fraction === 0 ? sign * Infinity : NaN;
    }
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
}

/** Float32 values of float16 bit patterns; exact. */
export function decodeFloat16(bits: Uint16Array): Float32Array {
  valueOfBits ??= tabulate();
  const values = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i += 1) {
    values[i] = valueOfBits[bits[i]];
  }
  return values;
}

const scratch = new DataView(new ArrayBuffer(8));

/** Adding and taking 2^52 leaves an integer, rounded half to even, of any number from 0 to 2^52. */
const roundHalfToEven = (value: number) => value + 2 ** 52 - 2 ** 52;

function bitsOf(value: number): number {
  if (Number.isNaN(value)) {
    return 0x7e00;
  }
  scratch.setFloat64(0, value);
  const high = scratch.getUint32(0);
  const sign = (high >>> 31) << 15;
  const magnitude = Math.abs(value);
  // 65520 lies halfway between the largest float16 (65504) and the next step, which would be infinite.
  if (magnitude >= 65520) {
    return sign | 0x7c00;
  }
  if (magnitude < 2 ** -14) {
    return sign | roundHalfToEven(magnitude * 2 ** 24);
  }
  const exponent = ((high >>> 20) & 2047) - 1023;
  // A fraction that rounds up to 2048 carries into the exponent by itself.
  return sign | (((exponent + 14) << 10) + roundHalfToEven(magnitude * 2 ** (10 - exponent)));
}

/** Float16 bit patterns of numbers, rounded to nearest, ties to even, as numpy and PyTorch do; every NaN becomes 0x7e00. */
export function encodeFloat16(values: ArrayLike<number>): Uint16Array {
  const bits = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    bits[i] = bitsOf(values[i]);
  }
  return bits;
}
