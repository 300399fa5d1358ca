import { expect, test } from '@jest/globals';
import { encodeNifti, type NiftiInput } from '../../src/index.js';

const volume: NiftiInput = { data: new Uint8Array(6), shape: [3, 2] };

test.each<[string, Partial<NiftiInput>, RegExp]>([
  ['a shape that asks for other numbers', { shape: [3, 3] }, /asks for 9 numbers; the data has 6/],
  ['an axis of nothing', { shape: [6, 0] }, /at least 1/],
  ['eight axes', { shape: [6, 1, 1, 1, 1, 1, 1, 1] }, /one to seven/],
  ['another type than the data has', { dtype: 'int16' }, /must come as int16, not as uint8/],
  ['a type that NIfTI does not have', { dtype: 'float16' as 'uint8' }, /no voxels of the type float16/],
  ['a spacing of 0', { spacing: [1, 0] }, /above 0/],
  ['a spacing below 0', { spacing: [-1, 1] }, /above 0/],
  ['a spacing that is not a number', { spacing: [NaN, 1] }, /finite/],
  ['units beyond a byte', { header: { units: 300 } }, /units is 300; NIfTI-1 has room for integers from 0 to 255/],
  ['a slice beyond 16 bits', { header: { sliceEnd: 70000 } }, /sliceEnd is 70000/],
])('%s', async (_, change, message) => {
  const writing = encodeNifti({ ...volume, ...change });
  await expect(writing).rejects.toMatchObject({ name: 'VolumeIoError', code: 'invalid-volume' });
  await expect(writing).rejects.toThrow(message);
});

test('what version 1 has no room for fits version 2', async () => {
  await expect(encodeNifti({ ...volume, header: { sliceEnd: 70000 } }, { version: 2 })).resolves.toBeDefined();
});

test.each([-1, 10, 1.5])('the gzip level %d', async (level) => {
  await expect(encodeNifti(volume, { gzip: true, level })).rejects.toMatchObject({ code: 'invalid-volume' });
});

test('a plain array of numbers', async () => {
  const data = [0, 1, 2, 3, 4, 5] as unknown as Uint8Array;
  await expect(encodeNifti({ ...volume, data })).rejects.toMatchObject({ code: 'not-numbers' });
});
