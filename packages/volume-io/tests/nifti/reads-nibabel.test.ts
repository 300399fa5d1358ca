import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readNifti } from '../../src/index.js';

interface Golden {
  shape: number[];
  spacing: number[];
  affine: number[][];
  slope: number | null;
  inter: number | null;
  data: (number | string)[];
  extensions: [code: number, hex: string][];
  bytes: string;
  image?: string;
}
const golden = JSON.parse(readFileSync(new URL('../fixtures/nibabel.json', import.meta.url), 'utf8')) as Record<
  string,
  Golden
>;

/** nibabel takes trailing zeros off an extension, which only pad it to 16 bytes. */
const unpadded = (data: Uint8Array) =>
  Buffer.from(data)
    .toString('hex')
    .replace(/(00)+$/, '');

describe('files by nibabel and SimpleITK', () => {
  test.each(Object.entries(golden))('%s', async (_, { bytes, image, ...expected }) => {
    const read = await readNifti(Buffer.from(bytes, 'base64'), {
      scale: false,
      image: image === undefined ? undefined : Buffer.from(image, 'base64'),
    });
    expect(read.shape).toEqual(expected.shape);
    expect(read.trailingBytes).toBe(0);
    expect(Array.from(read.data as ArrayLike<number | bigint>, (value) => String(value))).toEqual(
      expected.data.map(String),
    );
    expect(read.spacing).toEqual(expected.spacing);
    for (const [i, value] of read.affine.flat().entries()) {
      expect(value).toBeCloseTo(expected.affine.flat()[i], 5);
    }
    expect(read.extensions.map(({ code, data }) => [code, unpadded(data)])).toEqual(expected.extensions);
  });

  test('slope and intercept give the numbers that get_fdata gives', async () => {
    const { bytes, slope, inter, data } = golden['scaled.nii.gz'];
    const read = await readNifti(Buffer.from(bytes, 'base64'));
    expect(read.dtype).toBe('float64');
    expect(read.header.storedDtype).toBe('int16');
    expect(Array.from(read.data as Float64Array)).toEqual(data.map((value) => Number(value) * slope! + inter!));
  });
});
