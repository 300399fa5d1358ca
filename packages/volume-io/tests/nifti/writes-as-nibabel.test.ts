import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { encodeNifti, readNifti } from '../../src/index.js';

const golden = JSON.parse(readFileSync(new URL('../fixtures/nibabel.json', import.meta.url), 'utf8')) as Record<
  string,
  { bytes: string }
>;
/** Written by nibabel, little-endian, with no more in the header than data, shape, affine and extensions ask for. */
const plain = Object.entries(golden).filter(([name]) => /^(n\d_le_|rgb|dim|extended)/.test(name));

describe('volumes written byte for byte as nibabel writes them', () => {
  test.each(plain)('%s', async (name, { bytes }) => {
    const file = Buffer.from(bytes, 'base64');
    const { data, dtype, shape, affine, extensions, header } = await readNifti(file);
    const written = await encodeNifti({ data, dtype, shape, affine, extensions }, { version: header.version });
    expect(Buffer.from(written).equals(name.endsWith('.gz') ? gunzipSync(file) : file)).toBe(true);
  });
});

describe('volumes that cannot be written', () => {
  const data = new Uint8Array(6);
  test.each([
    ['a shape that the data does not fill', { data, shape: [2, 2] }],
    ['a shape with nothing in it', { data, shape: [] }],
    ['an axis of zero', { data: new Uint8Array(0), shape: [2, 0] }],
    ['a type that is not the class of the data', { data, shape: [2, 3], dtype: 'int16' as const }],
    [
      'an affine with a number that is not finite',
      {
        data,
        shape: [2, 3],
        affine: [
          [NaN, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 1, 0],
          [0, 0, 0, 1],
        ],
      },
    ],
    ['an infinite spacing', { data, shape: [2, 3], spacing: [Infinity, 1] }],
  ])('%s', async (_, volume) => {
    await expect(encodeNifti(volume)).rejects.toMatchObject({ code: 'invalid-volume' });
  });

  test('an axis that NIfTI-1 cannot say takes NIfTI-2, or is refused', async () => {
    const long = { data: new Uint8Array(40000), shape: [40000] };
    expect((await readNifti(await encodeNifti(long))).header.version).toBe(2);
    await expect(encodeNifti(long, { version: 1 })).rejects.toMatchObject({ code: 'invalid-volume' });
  });
});
