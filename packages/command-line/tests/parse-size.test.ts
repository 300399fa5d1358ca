import { describe, expect, test } from '@jest/globals';
import { parseSize, type PixelSize } from '../src/index.js';

describe('parseSize', () => {
  test('reads width x height, with either letter', () => {
    expect(parseSize('224x112')).toEqual({ width: 224, height: 112 });
    expect(parseSize('224X112')).toEqual({ width: 224, height: 112 });
  });

  test('gives the word that may stand instead', () => {
    const size: PixelSize | 'native' = parseSize('native', 'native');
    expect(size).toBe('native');
  });

  test('refuses anything else with the remedy', () => {
    for (const text of ['224', '0x224', '224x', '-1x3', 'native', '2.5x3', '']) {
      expect(() => parseSize(text)).toThrow(
        expect.objectContaining({
          code: 'usage',
          message: `The size "${text}" cannot be read.`,
          remedy: 'Give width x height in pixels, as in 224x224.',
        }),
      );
    }
    expect(() => parseSize('own', 'native')).toThrow(
      expect.objectContaining({ remedy: 'Give width x height in pixels, as in 224x224, or "native".' }),
    );
  });
});
