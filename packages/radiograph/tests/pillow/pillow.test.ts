import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { readNpy } from '@fractura/volume-io';
import { readRadiograph } from '../../src/index.js';
import { resampleLanczos } from '../../src/resize/resample-lanczos.js';

const shared = fileURLToPath(new URL('../../../../../shared/', import.meta.url));
const vectors = `${shared}reference/fracatlas-nnunet/conversion/`;
interface Conversion {
  case: string;
  file: string;
  transposed_size: [number, number];
  exif_orientation: number | null;
  full_L_file: string | null;
}
const here = existsSync(vectors);
const conversions = here ? (JSON.parse(readFileSync(`${vectors}conversion.json`, 'utf8')) as Conversion[]) : [];
const size = { width: 224, height: 224 };

describe('FracAtlas as Pillow converts it', () => {
  if (!here) {
    test.skip('needs the shared reference vectors', () => undefined);
  }
  for (const conversion of conversions) {
    test(`${conversion.case} comes out equal to the last grey level`, async () => {
      const radiograph = await readRadiograph(`${shared}fracatlas/images/Fractured/${conversion.file}`, { size });
      const expected = await readNpy(`${vectors}${conversion.case}.L224.npy`);
      expect(Buffer.compare(radiograph.data as Uint8Array, expected.data as Uint8Array)).toBe(0);
      expect(radiograph).toMatchObject({
        ...size,
        sourceWidth: conversion.transposed_size[0],
        sourceHeight: conversion.transposed_size[1],
        orientation: conversion.exif_orientation ?? 1,
      });
    });
    if (conversion.full_L_file !== null) {
      test(`${conversion.case} is scaled equally from the full grey image`, async () => {
        const full = await readNpy(`${vectors}${conversion.case}.fullL.npy`);
        const [height, width] = full.shape as [number, number];
        const scaled = resampleLanczos({ data: full.data as Uint8Array, width, height }, size);
        const expected = await readNpy(`${vectors}${conversion.case}.L224.npy`);
        expect(Buffer.compare(scaled.data, expected.data as Uint8Array)).toBe(0);
      });
    }
  }
});
