import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FracturaError } from '@fractura/errors';
import { attack, temporaryFolder } from '@fractura/testing';
import { describe, expect, test } from '@jest/globals';
import { readImage } from '../src/index.js';

/** For machines that are busy with other things. */
const patience = 60_000;

describe('mutated files', () => {
  test(
    '2,000 images',
    async () => {
      const folder = new URL('fixtures/stored/', import.meta.url);
      const names = readdirSync(folder).filter((name) => /\.(png|tif|bmp)$/.test(name));
      const file = join(await temporaryFolder('mutated-'), 'image');
      const { refused } = await attack({
        sources: names.map((name) => readFileSync(new URL(name, folder))),
        runs: 2000,
        isRefusal: FracturaError.isInstance,
        read: async (bytes) => {
          await writeFile(file, bytes);
          const { data, shape } = await readImage(file);
          expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
        },
      });
      expect(refused).toBeGreaterThan(700);
    },
    patience,
  );
});
