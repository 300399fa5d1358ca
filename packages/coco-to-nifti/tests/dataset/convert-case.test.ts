import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readNifti } from '@fractura/volume-io';
import { convertCoco } from '../../src/index.js';
import { box, jpegOf, tinyAtlas } from '../support/tiny-atlas.js';

type Atlas = Awaited<ReturnType<typeof tinyAtlas>>;

let jpeg: Buffer;
beforeAll(async () => {
  jpeg = await jpegOf(40, 20);
});

describe('images that are not as they should be', () => {
  const damagedAtlas = async (): Promise<Atlas> =>
    tinyAtlas({
      files: {
        'sound.jpg': jpeg,
        'cut.jpg': jpeg.subarray(0, jpeg.length - 12),
        'text.jpg': Buffer.from('not an image'),
        'other-size.jpg': await jpegOf(80, 40),
        'flaw.jpg': jpeg,
      },
      images: ['sound', 'cut', 'text', 'other-size', 'flaw', 'missing'].map((name, i) => ({
        id: i,
        file_name: `${name}.jpg`,
        width: 40,
        height: 20,
      })),
      annotations: [
        ...[0, 1, 2, 3].map((i) => ({ id: i, image_id: i, segmentation: [box(-2, 4, 10, 10)] })),
        { id: 9, image_id: 4, segmentation: [[1, 2, 3]] },
        { id: 10, image_id: 4, segmentation: [box(4, 4, 8, 8)] },
      ],
    });

  test('are skipped and listed by default; numbers keep their gaps', async () => {
    const { cases, skipped, clippedPolygons } = await convertCoco(await damagedAtlas());
    expect(cases.map(({ case: name }) => name)).toEqual(['tin_0001']);
    expect(skipped.map(({ file }) => file)).toEqual([
      ...['cut.jpg', 'text.jpg', 'other-size.jpg', 'flaw.jpg', 'missing.jpg'],
    ]);
    for (const { file, reason } of skipped.slice(0, 3)) {
      expect(reason).toContain(file);
    }
    expect(clippedPolygons).toEqual([{ file: 'sound.jpg', annotationId: 0 }]);
  });

  test('are taken as far as they go when salvaged, and listed', async () => {
    const { cases, skipped, salvaged, leftOutAnnotations } = await convertCoco({
      ...(await damagedAtlas()),
      damaged: 'salvage',
    });
    expect(cases.map(({ file }) => file)).toEqual(['sound.jpg', 'cut.jpg', 'other-size.jpg', 'flaw.jpg']);
    expect(salvaged.map(({ file }) => file)).toEqual(['cut.jpg', 'other-size.jpg']);
    expect(skipped.map(({ file }) => file)).toEqual(['text.jpg', 'missing.jpg']);
    expect(leftOutAnnotations).toHaveLength(1);
    expect(cases[3].instances).toBe(1);
  });

  test('end the conversion when told to', async () => {
    await expect(convertCoco({ ...(await damagedAtlas()), damaged: 'error' })).rejects.toMatchObject({
      code: expect.stringMatching(/^(image|size|annotation)-/),
      message: expect.stringMatching(/\.jpg|Annotation 9 of image 4/),
      remedy: expect.any(String),
    });
  });

  test('with outlines that cannot be drawn are skipped with the reason, or lose those outlines when salvaged', async () => {
    const malformed: [unknown, string][] = [
      [[[1, 2, 3, 4, 5, 6, 7]], 'has an odd count of 7 coordinates for a polygon: [1,2,3,4,5,6,7]'],
      [[[1, 2, 3, 4]], 'has 2 points for a polygon, fewer than 3: [1,2,3,4]'],
      [[], 'has an empty list for polygons'],
      [[[1, 2, '3', 4, 5, 6]], 'has the coordinate "3" for a polygon, which is not a number'],
      [[[1, 2, 12345, 4, 5, 6]], 'has the coordinate "NaN" for a polygon, which is not a number'],
    ];
    const atlas = await tinyAtlas({
      files: Object.fromEntries(malformed.map((_, i) => [`${i}.jpg`, jpeg])),
      images: malformed.map((_, i) => ({ id: i, file_name: `${i}.jpg` })),
      annotations: malformed.flatMap(([segmentation], i) => [
        { id: 10 + i, image_id: i, segmentation: segmentation as number[][] },
        { id: 20 + i, image_id: i, segmentation: [box(0, 0, 4, 4)] },
      ]),
    });
    // As Python's json writes what JSON itself has no word for.
    await writeFile(atlas.annotations, (await readFile(atlas.annotations, 'utf8')).replace('12345', 'NaN'));
    const salvaged = await convertCoco({ ...atlas, damaged: 'salvage' });
    expect(salvaged.cases.map(({ foregroundPixels }) => foregroundPixels)).toEqual(malformed.map(() => 16));
    expect(salvaged.leftOutAnnotations).toEqual(
      malformed.map(([, flaw], i) => ({
        file: `${i}.jpg`,
        annotationId: 10 + i,
        reason: `its segmentation ${flaw}`,
      })),
    );
    await expect(convertCoco({ ...atlas, damaged: 'error' })).rejects.toThrow(
      'Annotation 10 of image 0 cannot be drawn: its segmentation has an odd count of 7 coordinates for a polygon: [1,2,3,4,5,6,7].',
    );
    await expect(convertCoco({ ...atlas, damaged: 'skip' })).rejects.toThrow(
      /5 were skipped, the first because: .*odd/,
    );
  });

  test('are turned upright by EXIF, in whose frame the annotations are', async () => {
    const turned = await tinyAtlas({
      files: { 'a.jpg': await jpegOf(40, 20, 6) },
      images: [{ id: 1, file_name: 'a.jpg', width: 20, height: 40 }],
      annotations: [{ id: 1, image_id: 1, segmentation: [box(0, 0, 20, 10)] }],
    });
    const { cases, folder } = await convertCoco(turned);
    expect(cases[0]).toMatchObject({ orientation: 6, sourceWidth: 20, sourceHeight: 40, foregroundPixels: 200 });
    const { data } = await readNifti(join(folder, 'imagesTr', 'tin_0001_0000.nii.gz'));
    // Left to right became top to bottom.
    expect(Number(data[0])).toBeLessThan(40);
    expect(Number(data[data.length - 1])).toBeGreaterThan(190);
  });

  test('annotated before EXIF turned them are told as such', async () => {
    const turned = await tinyAtlas({
      files: { 'a.jpg': await jpegOf(40, 20, 6), 'b.jpg': jpeg },
      images: [
        { id: 1, file_name: 'a.jpg', width: 40, height: 20 },
        { id: 2, file_name: 'b.jpg', width: 40, height: 20 },
      ],
      annotations: [],
    });
    const { skipped } = await convertCoco(turned);
    expect(skipped[0].reason).toContain('before its EXIF orientation (6)');
  });
});
