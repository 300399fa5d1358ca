import { describe, expect, test } from '@jest/globals';
import { decodeFloat16, encodeFloat16 } from '../src/index.js';

describe('half precision', () => {
  test('every bit pattern reads and writes back', () => {
    const bits = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const back = encodeFloat16(decodeFloat16(bits));
    for (const [i, value] of back.entries()) {
      const isNaN = (i & 0x7c00) === 0x7c00 && (i & 0x3ff) !== 0;
      if (value !== (isNaN ? 0x7e00 : i)) {
        throw new Error(`0x${i.toString(16)} came back as 0x${value.toString(16)}`);
      }
    }
  });

  // numpy 2.4.6: np.float16(value).view('u2').
  test.each([
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65519.99, 0x7bff],
    [65520, 0x7c00],
    [-1e9, 0xfc00],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [2 ** -25 * 1.0001, 0x0001],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [0.1, 0x2e66],
  ])('%d becomes the bits %d', (value, bits) => {
    expect(encodeFloat16([value])[0]).toBe(bits);
  });
});
