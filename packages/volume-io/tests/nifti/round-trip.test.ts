import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { encodeNifti, readNifti, writeNifti } from '../../src/index.js';

const volume = {
  data: Int16Array.from({ length: 24 }, (_, i) => i * 7 - 50),
  shape: [4, 3, 2],
  affine: [
    [0, -0.5, 0, 10],
    [2, 0, 0, -20],
    [0, 0, 3, 5],
    [0, 0, 0, 1],
  ],
};

test('bytes read back as they were encoded', async () => {
  const read = await readNifti(await encodeNifti(volume));
  expect(read.data).toEqual(volume.data);
  expect(read.shape).toEqual([4, 3, 2]);
  expect(read.spacing).toEqual([2, 0.5, 3]);
  expect(read.affine).toEqual(volume.affine);
  expect(read.affineSource).toBe('sform');
  expect(read.trailingBytes).toBe(0);
  read.header.qform.flat().forEach((value, i) => {
    expect(value).toBeCloseTo(volume.affine.flat()[i], 6);
  });
});

test.each(['v.nii', 'v.nii.gz', 'v.hdr', 'v.img.gz'])('%s reads back as it was written', async (name) => {
  const path = join(await temporaryFolder('volume-io-'), name);
  await writeNifti(path, volume);
  const read = await readNifti(path);
  expect(read.data).toEqual(volume.data);
  expect(read.affine).toEqual(volume.affine);
});
