import { readFileSync } from 'node:fs';
import { FracturaError } from '@fractura/errors';
import { attack } from '@fractura/testing';
import { describe, expect, test } from '@jest/globals';
import { readNifti, readNpy, readNpz } from '../src/index.js';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'));
const decode = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

const nifti = Object.values(read('nibabel.json') as Record<string, { bytes: string; image?: string }>);
const numpy = read('numpy.json') as {
  arrays: Record<string, { bytes: string }>;
  npz: { stored: string; deflated: string };
};

/** Every file is read or refused by a typed error, and no array is larger than the file can account for. */
const attackReader = (
  sources: Uint8Array[],
  runs: number,
  reader: (bytes: Uint8Array) => Promise<{ byteLength: number }[]>,
) =>
  attack({
    sources,
    runs,
    isRefusal: FracturaError.isInstance,
    read: async (bytes) => {
      // Deflate packs 1032:1 at most; scaling to float64 takes eight bytes for one.
      for (const { byteLength } of await reader(bytes)) {
        expect(byteLength).toBeLessThan(bytes.length * 1032 * 8);
      }
    },
  });

/** For machines that are busy with other things. */
const patience = 60_000;

describe('mutated files', () => {
  test(
    '8,000 NIfTI files, plain and compressed',
    async () => {
      const { read: sound, refused } = await attackReader(
        nifti.map(({ bytes }) => decode(bytes)),
        8000,
        async (bytes) => [(await readNifti(bytes)).data],
      );
      expect(sound).toBeGreaterThan(500);
      expect(refused).toBeGreaterThan(3000);
    },
    patience,
  );

  test(
    '1,000 headers with the voxels of a pair',
    async () => {
      const pair = nifti.find(({ image }) => image !== undefined)!;
      const image = decode(pair.image!);
      await attackReader([decode(pair.bytes)], 1000, async (bytes) => [(await readNifti(bytes, { image })).data]);
    },
    patience,
  );

  test(
    '3,000 NPY files',
    async () => {
      const sources = Object.values(numpy.arrays).map(({ bytes }) => decode(bytes));
      const { refused } = await attackReader(sources, 3000, async (bytes) => [(await readNpy(bytes)).data]);
      expect(refused).toBeGreaterThan(1000);
    },
    patience,
  );

  test(
    '2,000 NPZ files',
    async () => {
      const sources = [decode(numpy.npz.stored), decode(numpy.npz.deflated)];
      const { refused } = await attackReader(sources, 2000, async (bytes) =>
        [...(await readNpz(bytes)).values()].map(({ data }) => data),
      );
      expect(refused).toBeGreaterThan(1000);
    },
    patience,
  );
});
