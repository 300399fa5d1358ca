import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import {
  listImages,
  prepareRadiograph,
  readImageHeader,
  readRadiograph,
  readThumbnail,
  resizeImage,
  writeImage,
} from '../src/index.js';

const place = useTemporaryFolder();
const path = (name: string) => fileURLToPath(new URL(`fixtures/dicom/files/${name}`, import.meta.url));

test('a DICOM file is read as other images are, by its content', async () => {
  const file = place('hand.jpg');
  await copyFile(path('waves_12_rle.dcm'), file);
  const { data, ...radiograph } = await readRadiograph(file);
  expect(radiograph).toEqual({
    width: 150,
    height: 183,
    sourceWidth: 150,
    sourceHeight: 183,
    orientation: 1,
    damage: undefined,
    pixelSpacing: { row: 0.143, column: 0.143, at: 'patient' },
    warnings: [],
  });
  expect(data).toBeInstanceOf(Uint16Array);
  expect(await readImageHeader(file)).toEqual({
    bytes: 45894,
    width: 150,
    height: 183,
    orientation: 1,
    channels: 1,
    pixelSpacing: radiograph.pixelSpacing,
  });
  const small = await readRadiograph(file, { size: { width: 60, height: 50 } });
  expect(small.data).toEqual(
    resizeImage({ data, width: 150, height: 183, channels: 1 }, { width: 60, height: 50 }, 'lanczos').data,
  );
  const preparation = { resize: 'bilinear', width: 150, height: 183, channels: 1, depth: 'stored' } as const;
  const prepared = await prepareRadiograph(file, preparation);
  expect(prepared.data).toEqual(Float32Array.from(data, (level) => level / 65535));
  const { image } = await readThumbnail(file, { side: 8 });
  const mean = (levels: Iterable<number>) => {
    const all = [...levels];
    return all.reduce((sum, level) => sum + level, 0) / all.length;
  };
  expect(Math.abs(mean(image!.data) - mean(data) / 257)).toBeLessThan(3);
});

test('which of several windows is an option', async () => {
  const file = path('waves_12_rle.dcm');
  const [first, second] = [await readRadiograph(file), await readRadiograph(file, { window: 2 })];
  expect(first.data).not.toEqual(second.data);
  await expect(readRadiograph(file, { window: 3 })).rejects.toMatchObject({ code: 'window-missing' });
});

test('a damaged DICOM file is said to be so', async () => {
  await expect(readRadiograph(path('MR_truncated.dcm'))).rejects.toMatchObject({ code: 'image-damaged' });
  const { damage, image } = await readThumbnail(path('MR_truncated.dcm'), { side: 8 });
  expect(damage).toContain('(7FE0,0010) PixelData');
  expect(image).toBeUndefined();
});

test('DICOM files are found by their ending, or by their content where they have none', async () => {
  await mkdir(place('study/A'), { recursive: true });
  for (const name of ['a.dcm', 'b.DCM', 'study/A/IM0001', 'study/1.2.840.7', 'study/DICOMDIR', '.hidden']) {
    await copyFile(path('MR_small.dcm'), place(name));
  }
  await writeFile(place('study/README'), 'nothing');
  await writeFile(place('study/notes.txt'), 'nothing');
  expect(await listImages(place(''), { recursive: true })).toEqual([
    'a.dcm',
    'b.DCM',
    'study/1.2.840.7',
    'study/A/IM0001',
  ]);
});

test('16 bits that look like 12 are said', async () => {
  const write = (name: string, highest: number) =>
    writeImage(place(name), { data: Uint16Array.of(0, 300, 2000, highest), shape: [2, 2] });
  await write('twelve.png', 4095);
  await write('sixteen.png', 65_000);
  const { warnings } = await readRadiograph(place('twelve.png'));
  expect(warnings).toEqual([
    `${place('twelve.png')} has 16 bits, but no level above 4095: it looks like an image of 12 bits.`,
  ]);
  expect((await readRadiograph(place('sixteen.png'))).warnings).toEqual([]);
});
