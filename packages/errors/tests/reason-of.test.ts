import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { isMissing, reasonOf } from '../src/index.js';

test('the first line of a message, without its full stop, is the reason', () => {
  expect(reasonOf(new Error('The header is cut off.\nat byte 7'))).toBe('The header is cut off');
  expect(reasonOf('a text')).toBe('a text');
});

test('a missing file is told as such', async () => {
  for (const path of ['/none/here', '/dev/null/below-a-file']) {
    const error: unknown = await readFile(path).catch((cause: unknown) => cause);
    expect(isMissing(error)).toBe(true);
    expect(reasonOf(error)).toBe('it does not exist');
  }
  expect(isMissing(new Error('other'))).toBe(false);
  expect(isMissing(undefined)).toBe(false);
});

test("libvips' warnings are told once, and its prefix is left out", () => {
  expect(reasonOf(new Error('Warning treated as error due to failOn setting\nWarning'))).toBe(
    'the decoder gave a warning',
  );
  expect(reasonOf(new Error('VipsJpeg: premature end of JPEG image'))).toBe('premature end of JPEG image');
});
