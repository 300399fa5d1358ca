import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readImage, readImageHeader, readImageStack, readRadiograph, readThumbnail } from '@fractura/radiograph';
import { dicomFilm, mutate, patientElements, temporaryFolder, type Draw } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { fuzz, mutateBmp, mutateDicom, mutatePng, mutateTiff } from '../src/index.js';

const folder = new URL('../../../packages/radiograph/tests/fixtures/', import.meta.url);
const filesOf = (subfolder: string, ending: string) =>
  readdirSync(new URL(subfolder, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(new URL(`${subfolder}${name}`, folder)));

/** Small DICOM films, with and without a patient. */
const films = [8, 16, 24].map((side) =>
  Buffer.from(
    dicomFilm({
      width: side,
      height: side / 2,
      levels: Uint16Array.from({ length: (side * side) / 2 }, (_, i) => (i * 37) % 4096),
      more: side === 8 ? [] : patientElements(),
    }),
  ),
);

const kinds: [string, Buffer[], (sound: Uint8Array, draw: Draw) => Uint8Array][] = [
  ['.png', filesOf('stored/', '.png'), mutatePng],
  ['.tif', filesOf('stored/', '.tif'), mutateTiff],
  ['.bmp', filesOf('stored/', '.bmp'), mutateBmp],
  ['.jpg', filesOf('films/', '.jpg'), mutate],
  ['.dcm', films, mutateDicom],
];

test.each(kinds)('%s', async (ending, sources, change) => {
  expect(sources.length).toBeGreaterThan(2);
  const file = join(await temporaryFolder('fuzz-'), `image${ending}`);
  const readers = [
    (path: string) => readImage(path),
    (path: string) => readImage(path, { palette: 'indices' }),
    (path: string) => readRadiograph(path),
    (path: string) => readRadiograph(path, { damaged: 'salvage' }),
    readImageHeader,
    readImageStack,
    (path: string) => readThumbnail(path, { side: 16 }),
  ];
  let turn = 0;
  const { read, refused } = await fuzz({
    make: (draw) => change(sources[draw(sources.length)], draw),
    read: async (bytes) => {
      await writeFile(file, bytes);
      turn += 1;
      await readers[turn % readers.length](file);
    },
  });
  expect(read).toBeGreaterThan(100);
  expect(Object.values(refused).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(100);
});
