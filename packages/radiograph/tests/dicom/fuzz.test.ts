import { readdirSync, readFileSync } from 'node:fs';
import { FracturaError } from '@fractura/errors';
import { attack } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { decodeDicom } from '../../src/page.js';

/** For machines that are busy with other things. */
const patience = 600_000;

const folder = new URL('../fixtures/dicom/files/', import.meta.url);

/** Of every coding, the smallest files: what is damaged is then often what tells the codec, not a pixel. */
const sources = readdirSync(folder)
  .map((name) => readFileSync(new URL(name, folder)))
  .filter(({ length }) => length < 16_000);

test(
  '1,000 mutated files are read or refused, and no image is larger than its limit',
  async () => {
    const maxPixels = 2 ** 20;
    const { refused } = await attack({
      sources,
      runs: 1000,
      isRefusal: FracturaError.isInstance,
      read: async (bytes) => {
        const { data, width, height } = await decodeDicom(bytes, { maxPixels });
        expect(data.length).toBe(width * height);
        expect(data.length).toBeLessThanOrEqual(maxPixels);
      },
    });
    expect(refused).toBeGreaterThan(500);
  },
  patience,
);
