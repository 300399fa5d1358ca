import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import {
  prepareRadiograph,
  readRadiograph,
  resizeImage,
  writeImage,
  type RadiographPreparation,
} from '../src/index.js';

const film = fileURLToPath(new URL('fixtures/films/upside-down.jpg', import.meta.url));
const preparation: RadiographPreparation = { resize: 'lanczos', width: 24, height: 20, channels: 1, depth: 'stored' };

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder('prepare-');
});

test('lanczos gives the pixels of readRadiograph, from 0 to 1', async () => {
  const { data } = await readRadiograph(film, { size: { width: 24, height: 20 } });
  expect(await prepareRadiograph(film, preparation)).toEqual({
    width: 24,
    height: 20,
    channels: 1,
    warnings: [],
    data: Float32Array.from(data, (level) => level / 255),
  });
});

test('bilinear gives the pixels of torchvision, in grey or RGB', async () => {
  const full = await readRadiograph(film);
  const { data } = resizeImage({ ...full, channels: 1 }, { width: 24, height: 20 }, 'bilinear');
  const bilinear: RadiographPreparation = { ...preparation, resize: 'bilinear' };
  const grey = await prepareRadiograph(film, bilinear);
  expect(grey.data).toEqual(Float32Array.from(data, (level) => level / 255));
  const rgb = await prepareRadiograph(film, { ...bilinear, channels: 3 });
  expect(rgb.channels).toBe(3);
  expect(rgb.data).toEqual(Float32Array.from({ length: data.length * 3 }, (_, i) => grey.data[Math.floor(i / 3)]));
});

test('16 bits are kept, or cut down to 8 where the preparation says so', async () => {
  const file = join(folder, 'deep.png');
  await writeImage(file, { data: Uint16Array.of(0, 1000, 4095, 65535), shape: [2, 2] });
  const own = { ...preparation, width: 2, height: 2 };
  expect((await prepareRadiograph(file, own)).data).toEqual(Float32Array.of(0, 1000 / 65535, 4095 / 65535, 1));
  const cut = await prepareRadiograph(file, { ...own, depth: 'uint8' });
  expect(cut.data).toEqual(Float32Array.of(0, 3 / 255, 15 / 255, 1));
});

test.each([
  [{ resize: 'nearest' }, 'preparation-invalid'],
  [{ channels: 2 }, 'preparation-invalid'],
  [{ depth: 'float' }, 'preparation-invalid'],
  [{ width: 0 }, 'size-invalid'],
])('a preparation that holds %j is refused', async (change, code) => {
  const unsound = { ...preparation, ...change } as RadiographPreparation;
  await expect(prepareRadiograph(film, unsound)).rejects.toMatchObject({ code });
});
