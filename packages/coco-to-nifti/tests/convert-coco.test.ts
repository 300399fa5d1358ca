import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readNifti } from '@fractura/volume-io';
import { readImage } from '@fractura/radiograph';
import { convertCoco, readCaseMapping, type ConvertOptions } from '../src/index.js';
import { encodeRle, compressRle } from '@fractura/coco';
import { box, jpegOf, tinyAtlas } from './support/tiny-atlas.js';

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

test('a name that the folder has in another spelling is found, and that is said once', async () => {
  const given = await tinyAtlas({
    files: { 'left/a.jpg': jpeg, ['left/röntgen.jpg'.normalize('NFD')]: jpeg },
    images: [
      { id: 1, file_name: 'left\\a.jpg', width: 40, height: 20 },
      { id: 2, file_name: 'left/röntgen.jpg'.normalize('NFC'), width: 40, height: 20 },
    ],
    annotations: [{ id: 1, image_id: 1, segmentation: [box(0, 0, 10, 10)] }],
  });
  const { cases, warnings } = await convertCoco(given);
  expect(cases.length).toBe(2);
  expect(warnings).toEqual([
    {
      file: given.annotations,
      sentence: `${given.annotations} calls images otherwise than ${given.images}: left\\a.jpg is left/a.jpg, and 1 more.`,
    },
  ]);
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
    const mapping = join(await temporaryFolder(), 'map.json');
    const { cases, folder } = await convertCoco({
      ...atlas,
      trainFiles: ['a.jpg'],
      testFiles: ['b.jpg'],
      casePrefix: 'wrist',
      channelName: 'CT',
      mapping,
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
        workers: 1,
        signal: stop.signal,
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

  test('are not made of a category that nobody uses, unless it is named; both are said', async () => {
    const given = await atlas();
    const coco = JSON.parse(await readFile(given.annotations, 'utf8')) as { categories: object[] };
    coco.categories.unshift({ id: 0, name: 'bones' });
    await writeFile(given.annotations, JSON.stringify(coco));
    const { labels, warnings } = await convertCoco(given);
    expect(labels).toEqual({ background: 0, ulna: 1, radius: 2, gap: 3 });
    expect(warnings).toEqual([
      {
        file: given.annotations,
        sentence: expect.stringMatching(/^The category "bones" has no annotation: it gets no label/) as unknown,
      },
    ]);
    const kept = await convertCoco({ ...given, overwrite: true, labels: { bones: ['bones'], ulna: ['ulna'] } });
    expect(kept.labels).toEqual({ background: 0, bones: 1, ulna: 2 });
    expect(kept.warnings[0].sentence).toBe('The category "bones" has no annotation: no pixel of it is drawn.');
    const others = await convertCoco({ ...given, overwrite: true, labels: { ulna: ['ulna'] } });
    expect(others.warnings).toEqual([]);
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
        rasterAt,
        size: { width: 20, height: 10 },
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

describe('what cannot be converted at all', () => {
  test.each([
    ['a number out of range', { datasetId: 1000 }, 'dataset-name-invalid'],
    ['a name with a slash', { datasetName: 'a/b' }, 'dataset-name-invalid'],
    ['a size of nothing', { size: { width: 0, height: 5 } }, 'size-invalid'],
    ['an image that is not listed', { trainFiles: ['z.jpg'] }, 'image-not-listed'],
    ['an image in both lists', { trainFiles: ['a.jpg'], testFiles: ['a.jpg'] }, 'image-listed-twice'],
    ['no folder of images', { images: 'no-such-folder' }, 'folder-missing'],
    ['no annotations', { annotations: 'no-such-file.json' }, 'file-missing'],
    ['no worker', { workers: 0 }, 'workers-invalid'],
    ['half a worker', { workers: 1.5 }, 'workers-invalid'],
    ['a prefix with a slash', { casePrefix: '../x' }, 'case-prefix-invalid'],
  ])('%s', async (_, change, code) => {
    await expect(convertCoco({ ...(await twoImages()), ...change })).rejects.toMatchObject({ code });
  });

  test.each([
    ['no JSON', '{', 'json-invalid'],
    ['a list', '[]', 'coco-invalid'],
    ['no images', '{"annotations":[],"categories":[]}', 'coco-invalid'],
    ['an image without a name', '{"images":[{"id":1}],"annotations":[],"categories":[]}', 'coco-invalid'],
    [
      'an id twice',
      '{"images":[{"id":1,"file_name":"a"},{"id":1,"file_name":"b"}],"annotations":[],"categories":[]}',
      'coco-invalid',
    ],
    [
      'an image under two ids',
      '{"images":[{"id":1,"file_name":"a"},{"id":2,"file_name":"a"}],"annotations":[],"categories":[]}',
      'annotations-invalid',
    ],
    [
      'a lost annotation',
      '{"images":[],"annotations":[{"id":1,"image_id":5,"category_id":1}],"categories":[{"id":1,"name":"a"}]}',
      'coco-invalid',
    ],
    [
      'a way out of the folder',
      '{"images":[{"id":1,"file_name":"../../etc/x"}],"annotations":[],"categories":[{"id":1,"name":"a"}]}',
      'coco-invalid',
    ],
  ])('annotations that hold %s', async (_, text, code) => {
    const atlas = await twoImages();
    await writeFile(atlas.annotations, text);
    await expect(convertCoco(atlas)).rejects.toMatchObject({ code });
  });
});
