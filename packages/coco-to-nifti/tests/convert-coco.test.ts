import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readNifti } from '@fractura/volume-io';
import { readImage } from '@fractura/volume-io/images';
import { convertCoco, encodeRle, compressRle, readCaseMapping, type ConvertOptions } from '../src/index.js';
import { box, jpegOf, scratchFolder, tinyAtlas } from './support/tiny-atlas.js';

type Atlas = Awaited<ReturnType<typeof tinyAtlas>>;

const labelOf = async (folder: string, name: string) =>
  (await readNifti(join(folder, 'labelsTr', `${name}.nii.gz`))).data as Uint8Array;
const count = (data: Uint8Array, value: number) => data.reduce((sum, one) => sum + (one === value ? 1 : 0), 0);

let jpeg: Buffer;
beforeAll(async () => {
  jpeg = await jpegOf(40, 20);
});

/** Two sound images, listed in no order, under ids in no order. */
const twoImages = (): Promise<Atlas> =>
  tinyAtlas({
    files: { 'b.jpg': jpeg, 'deep/a.jpg': jpeg },
    images: [
      { id: 90, file_name: 'b.jpg', width: 40, height: 20 },
      { id: 7, file_name: 'a.jpg', width: 40, height: 20 },
    ],
    annotations: [
      { id: 3, image_id: 7, segmentation: [box(20, 10, 10, 10)] },
      { id: 1, image_id: 90, segmentation: [box(0, 0, 4, 4), box(10, 10, 4, 4)] },
      { id: 2, image_id: 7, segmentation: [box(0, 0, 10, 10)] },
    ],
  });

describe('the data set', () => {
  test('has the folders, names and files of nnU-Net', async () => {
    const { folder, cases, skipped } = await convertCoco(await twoImages());
    expect(folder).toMatch(/Dataset005_Tiny$/);
    expect((await readdir(folder)).sort()).toEqual(['dataset.json', 'imagesTr', 'labelsTr']);
    expect((await readdir(join(folder, 'imagesTr'))).sort()).toEqual(['tin_0001_0000.nii.gz', 'tin_0002_0000.nii.gz']);
    expect(JSON.parse(await readFile(join(folder, 'dataset.json'), 'utf8'))).toEqual({
      channel_names: { '0': 'X-ray' },
      labels: { background: 0, fractured: 1 },
      numTraining: 2,
      file_ending: '.nii.gz',
    });
    expect(skipped).toEqual([]);
    expect(
      cases.map(({ case: name, file, imageId, instances, foregroundPixels }) => [
        name,
        file,
        imageId,
        instances,
        foregroundPixels,
      ]),
    ).toEqual([
      ['tin_0001', 'b.jpg', 90, 1, 32],
      ['tin_0002', 'a.jpg', 7, 2, 200],
    ]);
    const image = await readNifti(join(folder, 'imagesTr', 'tin_0001_0000.nii.gz'));
    expect(image).toMatchObject({ shape: [40, 20, 1], dtype: 'uint8', spacing: [1, 1, 1] });
  });

  test('follows the lists of training and test images, and maps cases both ways', async () => {
    const atlas = await twoImages();
    const mapping = join(await scratchFolder(), 'map.json');
    const { cases, folder } = await convertCoco({
      ...atlas,
      ...{ trainFiles: ['a.jpg'], testFiles: ['b.jpg'], casePrefix: 'wrist', channelName: 'CT', mapping },
    });
    expect(cases.map(({ case: name, set }) => [name, set])).toEqual([
      ['wrist_0001', 'train'],
      ['wrist_0002', 'test'],
    ]);
    expect(await readdir(join(folder, 'imagesTs'))).toEqual(['wrist_0002_0000.nii.gz']);
    expect(await readCaseMapping(mapping)).toEqual([
      { case: 'wrist_0001', file: 'a.jpg', imageId: 7 },
      { case: 'wrist_0002', file: 'b.jpg', imageId: 90 },
    ]);
  });

  test.each([
    ['nifti-2d', '.nii.gz', [10, 5]],
    ['png', '.png', [5, 10]],
  ] as const)('is written as %s', async (format, ending, shape) => {
    const { folder } = await convertCoco({ ...(await twoImages()), format, size: { width: 10, height: 5 } });
    const label = join(folder, 'labelsTr', `tin_0002${ending}`);
    const read = format === 'png' ? await readImage(label) : await readNifti(label);
    expect(read.shape).toEqual(shape);
    expect(new Set(read.data as Uint8Array)).toEqual(new Set([0, 1]));
  });

  test('is written over only by the same conversion, or when told', async () => {
    const atlas = await twoImages();
    const first = await convertCoco(atlas);
    expect(await convertCoco(atlas)).toEqual(first);
    await expect(convertCoco({ ...atlas, trainFiles: ['a.jpg'] })).rejects.toMatchObject({ code: 'dataset-exists' });
    const { cases } = await convertCoco({ ...atlas, trainFiles: ['a.jpg'], overwrite: true });
    expect(cases).toHaveLength(1);
    await expect(convertCoco({ ...atlas, datasetName: 'Other' })).rejects.toMatchObject({ code: 'dataset-id-taken' });
  });

  test('stops at a signal and reports how far it came', async () => {
    const atlas = await twoImages();
    const stop = new AbortController();
    const seen: number[] = [];
    await expect(
      convertCoco({
        ...atlas,
        ...{ workers: 1, signal: stop.signal },
        onProgress: ({ done }) => {
          seen.push(done);
          stop.abort();
        },
      }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual([1]);
    expect(await readdir(join(atlas.output, 'Dataset005_Tiny'))).not.toContain('dataset.json');
  });
});

describe('labels', () => {
  const categories = [
    { id: 30, name: 'gap' },
    { id: 4, name: 'ulna' },
    { id: 11, name: 'radius' },
  ];
  const atlas = (): Promise<Atlas> => {
    const mask = Uint8Array.from({ length: 800 }, (_, i) => (i % 40 >= 36 && i < 80 ? 1 : 0));
    const { size, counts } = encodeRle(mask, 20, 40);
    return tinyAtlas({
      categories,
      files: { 'a.jpg': jpeg, 'none.jpg': jpeg },
      images: [
        { id: 1, file_name: 'a.jpg', width: 40, height: 20 },
        { id: 2, file_name: 'none.jpg', width: 40, height: 20 },
      ],
      annotations: [
        { id: 1, image_id: 1, category_id: 30, segmentation: [box(2, 2, 4, 4)] },
        { id: 2, image_id: 1, category_id: 4, segmentation: [box(0, 0, 10, 10)] },
        { id: 3, image_id: 1, category_id: 11, segmentation: compressRle({ size, counts }) },
        { id: 4, image_id: 1, category_id: 11, segmentation: { size, counts }, iscrowd: 1 },
      ],
    });
  };

  test('are numbered by rising category id; where they overlap the highest stays', async () => {
    const { folder, cases, labels } = await convertCoco(await atlas());
    expect(labels).toEqual({ background: 0, ulna: 1, radius: 2, gap: 3 });
    const label = await labelOf(folder, 'tin_0001');
    expect([1, 2, 3].map((value) => count(label, value))).toEqual([84, 8, 16]);
    expect(cases[0]).toMatchObject({ instances: 4, overlappingPixels: 16, foregroundPixels: 108 });
    expect(cases[1]).toMatchObject({ instances: 0, foregroundPixels: 0 });
  });

  test('join categories, and make regions for nnU-Net', async () => {
    const { folder, labels, regionsClassOrder } = await convertCoco({
      ...(await atlas()),
      labels: { bone: ['ulna', 'radius'], gap: ['gap'] },
      regions: { limb: ['bone', 'gap'], gap: ['gap'] },
    });
    expect(labels).toEqual({ background: 0, limb: [1, 2], gap: [2] });
    expect(regionsClassOrder).toEqual([1, 2]);
    expect(JSON.parse(await readFile(join(folder, 'dataset.json'), 'utf8'))).toMatchObject({
      regions_class_order: [1, 2],
    });
    expect(count(await labelOf(folder, 'tin_0001'), 1)).toBe(92);
  });

  test('of crowds are drawn, ignored in training or left out', async () => {
    const only = { labels: { radius: ['radius'] } };
    const ignored = await convertCoco({ ...(await atlas()), ...only, crowds: 'ignore' });
    expect(ignored.labels).toEqual({ background: 0, radius: 1, ignore: 2 });
    expect(count(await labelOf(ignored.folder, 'tin_0001'), 2)).toBe(8);
    const without = await convertCoco({ ...(await atlas()), ...only, crowds: 'leave-out' });
    expect(without.leftOutAnnotations).toEqual([{ file: 'a.jpg', annotationId: 4, reason: 'it is a crowd' }]);
  });

  test('are drawn at the target size, or at full size and reduced', async () => {
    const thin = await tinyAtlas({
      files: { 'a.jpg': jpeg },
      images: [{ id: 1, file_name: 'a.jpg' }],
      annotations: [{ id: 1, image_id: 1, segmentation: [box(0, 0, 20, 20)] }],
    });
    for (const rasterAt of ['target', 'full'] as const) {
      const { folder, rasterAt: stated } = await convertCoco({
        ...thin,
        ...{ rasterAt, size: { width: 20, height: 10 } },
      });
      expect(stated).toBe(rasterAt);
      expect(count(await labelOf(folder, 'tin_0001'), 1)).toBe(100);
    }
  });

  test.each([
    [{ labels: { bone: ['femur'] } }],
    [{ labels: { bone: ['ulna'], other: ['ulna'] } }],
    [{ labels: { background: ['ulna'] } }],
    [{ regions: { all: ['ulna'] } }],
    [{ labels: {} }],
  ] as [Partial<ConvertOptions>][])('that make no sense are refused: %j', async (choice) => {
    await expect(convertCoco({ ...(await atlas()), ...choice })).rejects.toMatchObject({ code: 'labels-invalid' });
  });
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
        ...{ id: i, file_name: `${name}.jpg`, width: 40, height: 20 },
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
    for (const { file, reason } of skipped.slice(0, 3)) expect(reason).toContain(file);
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
      name: 'CocoToNiftiError',
      remedy: expect.any(String),
    });
  });

  test('with outlines that cannot be drawn are skipped with the reason, or lose those outlines when salvaged', async () => {
    const malformed: [unknown, string][] = [
      [[[1, 2, 3, 4, 5, 6, 7]], 'has an odd count of coordinates (7) in part 1'],
      [[[1, 2, 3, 4]], 'has 2 points in part 1, fewer than 3'],
      [[], 'has no polygon'],
      [[[1, 2, '3', 4, 5, 6]], 'is not a list of lists of numbers'],
      [[[1, 2, 12345, 4, 5, 6]], 'has the coordinate NaN in part 1, which cannot be drawn'],
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
      'Annotation 10 of image 0 cannot be drawn: its segmentation has an odd count of coordinates (7) in part 1.',
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

describe('what cannot be converted at all', () => {
  test.each([
    ['a number out of range', { datasetId: 1000 }, 'dataset-name-invalid'],
    ['a name with a slash', { datasetName: 'a/b' }, 'dataset-name-invalid'],
    ['a size of nothing', { size: { width: 0, height: 5 } }, 'size-invalid'],
    ['an image that is not listed', { trainFiles: ['z.jpg'] }, 'image-not-listed'],
    ['an image in both lists', { trainFiles: ['a.jpg'], testFiles: ['a.jpg'] }, 'image-listed-twice'],
    ['no folder of images', { images: 'no-such-folder' }, 'images-missing'],
    ['no annotations', { annotations: 'no-such-file.json' }, 'annotations-unreadable'],
    ['no worker', { workers: 0 }, 'workers-invalid'],
    ['half a worker', { workers: 1.5 }, 'workers-invalid'],
    ['a prefix with a slash', { casePrefix: '../x' }, 'case-prefix-invalid'],
  ])('%s', async (_, change, code) => {
    await expect(convertCoco({ ...(await twoImages()), ...change })).rejects.toMatchObject({ code });
  });

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no images', '{"annotations":[],"categories":[]}'],
    ['an image without a name', '{"images":[{"id":1}],"annotations":[],"categories":[]}'],
    ['an id twice', '{"images":[{"id":1,"file_name":"a"},{"id":1,"file_name":"b"}],"annotations":[],"categories":[]}'],
    [
      'a lost annotation',
      '{"images":[],"annotations":[{"id":1,"image_id":5,"category_id":1}],"categories":[{"id":1,"name":"a"}]}',
    ],
    [
      'a way out of the folder',
      '{"images":[{"id":1,"file_name":"../../etc/x"}],"annotations":[],"categories":[{"id":1,"name":"a"}]}',
    ],
  ])('annotations that hold %s', async (_, text) => {
    const atlas = await twoImages();
    await writeFile(atlas.annotations, text);
    await expect(convertCoco(atlas)).rejects.toMatchObject({ code: 'annotations-invalid' });
  });
});
