import { readdirSync, readFileSync } from 'node:fs';
import { readSafetensors, readStateDict, readTorchFile } from '@fractura/torch-weights';
import { mutate } from '@fractura/testing';
import { encodeNpy, encodeNpz, readNifti, readNpy, readNpz } from '@fractura/volume-io';
import { expect, test } from '@jest/globals';
import { fuzz, mutateNifti, mutateNpy, mutateSafetensors, mutateZip } from '../src/index.js';

const packages = new URL('../../../packages/', import.meta.url);
const nifti = Object.values(
  JSON.parse(readFileSync(new URL('volume-io/tests/fixtures/nibabel.json', packages), 'utf8')) as Record<
    string,
    { bytes: string }
  >,
)
  .map(({ bytes }) => Buffer.from(bytes, 'base64'))
  .filter((bytes) => bytes.readUInt32LE(0) === 348);

test('NIfTI', async () => {
  const { read } = await fuzz({ make: (draw) => mutateNifti(nifti[draw(nifti.length)], draw), read: readNifti });
  expect(read).toBeGreaterThan(100);
});

const arrays = [
  { data: Float32Array.from({ length: 12 }, (_, i) => i), shape: [3, 4] },
  { data: Int16Array.of(1, 2, 3), shape: [3], fortranOrder: true },
];

test('NPY', async () => {
  const sources = arrays.map(encodeNpy);
  const { read } = await fuzz({ make: (draw) => mutateNpy(sources[draw(2)], draw), read: readNpy });
  expect(read).toBeGreaterThan(100);
});

test('NPZ', async () => {
  const sources = [false, true].map((compress) => encodeNpz({ a: arrays[0], b: arrays[1] }, { compress }));
  const { read } = await fuzz({ make: (draw) => mutateZip(sources[draw(2)], mutateNpy, draw), read: readNpz });
  expect(read).toBeGreaterThan(100);
});

const torchFiles = new URL('torch-weights/tests/fixtures/torch-files/', packages);
const filesThat = (pattern: RegExp) =>
  readdirSync(torchFiles)
    .filter((name) => pattern.test(name))
    .map((name) => readFileSync(new URL(name, torchFiles)));

test('safetensors', async () => {
  const sources = filesThat(/^(plain|dtypes)\.safetensors$/);
  expect(sources).toHaveLength(2);
  const { read } = await fuzz({
    make: (draw) => mutateSafetensors(sources[draw(sources.length)], draw),
    read: readSafetensors,
  });
  expect(read).toBeGreaterThan(20);
});

const isZip = (bytes: Buffer) => bytes.includes('PK\u0005\u0006');

test('.pth', async () => {
  const sources = filesThat(/^(single_tensor|tensors\.protocol5|short_storage|.*views)\.pth$/).filter(isZip);
  expect(sources.length).toBeGreaterThan(1);
  let turn = 0;
  await fuzz({
    make: (draw) => mutateZip(sources[draw(sources.length)], mutate, draw),
    read: async (bytes) => {
      turn += 1;
      await (turn % 2 === 0 ? readTorchFile(bytes) : readStateDict(bytes));
    },
  });
});
