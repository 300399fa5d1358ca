import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import loadWabt from 'wabt';
import { convolveLinesModule } from '../../src/resize/convolve-lines.wasm.js';
import { lumaModule } from '../../src/grey/luma.wasm.js';
import { resampleLanczos } from '../../src/resize/resample-lanczos.js';
import { toGrey } from '../../src/grey/to-grey.js';

describe('WebAssembly', () => {
  test.each([
    ['convolve-lines', convolveLinesModule],
    ['luma', lumaModule],
  ])('%s is shipped as the text that is read', async (name, module) => {
    const wat = readFileSync(new URL(`../../src/radiograph/${name}.wat`, import.meta.url), 'utf8');
    const wabt = await loadWabt();
    const { buffer } = wabt.parseWat(`${name}.wat`, wat, { simd: true }).toBinary({});
    expect(Buffer.from(buffer).toString('base64')).toBe(module);
  });

  test.each([1, 15, 16, 17, 65_535, 65_536, 65_537, 140_000])('the luma of %d pixels', (count) => {
    const pixels = Uint8Array.from({ length: count * 3 }, (_, i) => (Math.imul(i + 7, 2654435761) >>> 13) & 255);
    pixels.fill(255, 0, 3);
    const grey = toGrey(pixels, 3, { cmyk: false });
    const expected = Uint8Array.from({ length: count }, (_, i) => {
      const [red, green, blue] = pixels.subarray(3 * i, 3 * i + 3);
      return Math.floor((red * 19595 + green * 38470 + blue * 7471 + 0x8000) / 65536);
    });
    expect(Buffer.compare(grey, expected)).toBe(0);
  });

  // Whole bands and single lines, counts that four does not divide; a flat image has to stay flat to its last pixel.
  test.each([
    [1, 1],
    [3, 5],
    [700, 1],
    [1, 700],
    [613, 1021],
  ])('%d x %d pixels of one grey level keep it', (width, height) => {
    const image = { data: new Uint8Array(width * height).fill(255), width, height };
    for (const size of [
      { width: 7, height: 9 },
      { width: 224, height: 224 },
    ]) {
      expect(resampleLanczos(image, size).data).toEqual(new Uint8Array(size.width * size.height).fill(255));
    }
  });
});
