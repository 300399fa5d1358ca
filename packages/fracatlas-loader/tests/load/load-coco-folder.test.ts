import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { writeImage } from '@fractura/radiograph';
import sharp from 'sharp';
import { auditAtlas, exploreAtlas, loadCocoFolder, renderAuditPage } from '../../src/index.js';

const square = [10, 10, 30, 10, 30, 40, 10, 40];

async function folderWith(files: string[], coco: unknown): Promise<{ images: string; annotations: string }> {
  const folder = await temporaryFolder();
  const images = join(folder, 'film');
  for (const [i, file] of files.entries()) {
    await mkdir(dirname(join(images, file)), { recursive: true });
    const noise = { type: 'gaussian' as const, mean: 90 + 10 * i, sigma: 40 };
    await sharp({ create: { width: 100, height: 80, channels: 3, background: '#000', noise } }).toFile(
      join(images, file),
    );
  }
  const annotations = join(folder, 'film.json');
  await writeFile(annotations, JSON.stringify(coco));
  return { images, annotations };
}

const cocoOf = (images: { id: number; file_name: string }[], annotated: number[]) => ({
  images: images.map((image) => ({ ...image, width: 100, height: 80 })),
  annotations: annotated.map((image_id, id) => ({ id, image_id, category_id: 3, segmentation: [square], iscrowd: 0 })),
  categories: [{ id: 3, name: 'fracture' }],
});

test('a folder with subfolders becomes records of the same kind as FracAtlas', async () => {
  const coco = cocoOf(
    [
      { id: 5, file_name: 'b/two.png' },
      { id: 2, file_name: './one.jpg' },
    ],
    [5, 5],
  );
  const { images, annotations } = await folderWith(['one.jpg', 'b/two.png', 'three.jpg'], coco);
  const atlas = await loadCocoFolder({ images, annotations });
  expect(atlas.records.map(({ file, id, fractured, fractureCount }) => [file, id, fractured, fractureCount])).toEqual([
    ['b/two.png', 'b/two', true, 2],
    ['one.jpg', 'one', false, 0],
    ['three.jpg', 'three', false, 0],
  ]);
  expect(atlas.records[0]).toMatchObject({ width: 100, height: 80, channels: 3, orientation: 1, bodyParts: [] });
  expect(atlas.records[0].annotations[0]).toMatchObject({ categoryId: 3, box: [10, 10, 20, 30], areaPixels: 600 });
  expect(atlas.sources).toMatchObject({ table: false, coco: true });
  expect(atlas.conflicts).toMatchObject([{ kind: 'coco-unlisted-image', file: 'three.jpg' }]);
  const audit = await auditAtlas(atlas);
  expect(audit.findings.map(({ code }) => code)).toEqual(['coco-unlisted-image']);
  const exploration = exploreAtlas(atlas);
  expect(exploration.categories).toEqual([{ id: 3, name: 'fracture', annotations: 2 }]);
  expect(renderAuditPage(audit, exploration)).toContain('not stated');
});

test('run-length masks are kept as they are', async () => {
  const coco = {
    ...cocoOf([{ id: 1, file_name: 'one.png' }], []),
    annotations: [
      {
        id: 1,
        image_id: 1,
        category_id: 3,
        segmentation: { size: [80, 100], counts: [10, 20, 7970] },
        bbox: [0, 10, 1, 20],
        area: 20,
        iscrowd: 1,
      },
    ],
  };
  const { records } = await loadCocoFolder(await folderWith(['one.png'], coco));
  expect(records[0].annotations).toEqual([
    {
      id: 1,
      categoryId: 3,
      polygons: [],
      mask: { size: [80, 100], counts: [10, 20, 7970] },
      box: [0, 10, 1, 20],
      areaPixels: 20,
      crowd: true,
    },
  ]);
});

test('outlines that cannot be drawn are listed one by one, and nothing of them is used', async () => {
  const malformed: [unknown, string][] = [
    [[[1, 2, 3, 4, 5, 6, 7]], 'has an odd count of 7 coordinates for a polygon: [1,2,3,4,5,6,7]'],
    [[[1, 2, 3, 4]], 'has 2 points for a polygon, fewer than 3: [1,2,3,4]'],
    [[[1, 2], square], 'has 1 point for part 1 of 2, fewer than 3: [1,2]'],
    [[square, []], 'has 0 points for part 2 of 2, fewer than 1: []'],
    [[], 'has an empty list for polygons'],
    [[[10, 10, 30, '10', 30, 40]], 'has the coordinate "10" for a polygon, which is not a number'],
    [[[10, 10, 30, Number.NaN, 30, 40]], 'has the coordinate "NaN" for a polygon, which is not a number'],
    [[10, 10, 30, 10, 30, 40], 'has one list of numbers for polygons: [10,10,30,10,30,40]'],
    ['outline', 'has "outline" for polygons'],
    [{ size: [80], counts: [8000] }, 'has a run-length mask of the size [80], not [height, width]'],
    [{ size: [80, 100], counts: [10, 20] }, 'has runs that cover 30 pixels of a mask of 100x80'],
    [{ size: [80, 100] }, 'has the runs nothing, not whole numbers'],
  ];
  const sound = { id: 100, image_id: 1, category_id: 3, segmentation: [square], bbox: [10, 10, 'w', 30], area: '600' };
  const coco = {
    ...cocoOf(
      [
        { id: 1, file_name: 'one.png' },
        { id: 2, file_name: 'two.png' },
      ],
      [],
    ),
    annotations: [...malformed.map(([segmentation], id) => ({ id, image_id: 2, category_id: 3, segmentation })), sound],
  };
  const folder = await folderWith(['one.png', 'two.png'], coco);
  // As Python's json writes what JSON itself has no word for.
  const text = await readFile(folder.annotations, 'utf8');
  await writeFile(folder.annotations, text.replace('30,null', '30,NaN'));
  const atlas = await loadCocoFolder(folder);
  expect(atlas.conflicts.map(({ kind, sentence }) => [kind, sentence])).toEqual([
    ...malformed.map(([, flaw], id) => ['coco-segmentation', `Annotation ${id} of two.png ${flaw}.`]),
    ['coco-box', 'Annotation 100 of one.png has [10,10,"w",30] for its box, not four numbers.'],
    ['coco-area', 'Annotation 100 of one.png has "600" for its area, not a number.'],
  ]);
  const [one, two] = atlas.records;
  expect(one.annotations).toMatchObject([{ box: [10, 10, 20, 30], areaPixels: 600 }]);
  expect(two).toMatchObject({ fractured: true, fractureCount: malformed.length });
  expect(two.annotations.map(({ polygons, mask, flaw }) => [polygons, mask, typeof flaw])).toEqual(
    malformed.map(() => [[], undefined, 'string']),
  );
  const audit = await auditAtlas(atlas);
  expect(audit.findings.map(({ code, severity, count }) => [code, severity, count])).toEqual([
    ['coco-segmentation', 'error', malformed.length],
    ['coco-box', 'warning', 1],
    ['coco-area', 'note', 1],
  ]);
  expect(exploreAtlas(atlas)).toMatchObject({ annotations: malformed.length + 1, maskArea: { max: 600, mean: 600 } });
});

test('a later part of two points is kept, as pycocotools draws it, and told', async () => {
  const coco = cocoOf([{ id: 1, file_name: 'one.png' }], [1]);
  coco.annotations[0].segmentation.push([1, 2, 3, 4]);
  const { records, conflicts } = await loadCocoFolder(await folderWith(['one.png'], coco));
  expect(records[0].annotations).toMatchObject([{ polygons: [square, [1, 2, 3, 4]], areaPixels: 600 }]);
  expect(conflicts).toEqual([
    { kind: 'coco-part', file: 'one.png', sentence: 'Annotation 0 of one.png has 2 points for part 2 of 2.' },
  ]);
});

test('BMP and TIFF are read, audited and counted as other images are', async () => {
  const folder = await folderWith(
    ['one.png', 'three.tif'],
    cocoOf(
      [1, 2, 3].map((id) => ({ id, file_name: ['one.png', 'two.bmp', 'three.tif'][id - 1] })),
      [2],
    ),
  );
  const { data, info } = await sharp(join(folder.images, 'one.png')).raw().toBuffer({ resolveWithObject: true });
  await writeImage(join(folder.images, 'two.bmp'), { data, shape: [info.height, info.width, info.channels] });
  await writeFile(join(folder.images, 'cut.bmp'), (await readFile(join(folder.images, 'two.bmp'))).subarray(0, 999));
  const atlas = await loadCocoFolder({ ...folder, unreadable: 'skip' });
  expect(atlas.records.map(({ file, width, height, channels }) => [file, width, height, channels])).toEqual([
    ['one.png', 100, 80, 3],
    ['three.tif', 100, 80, 3],
    ['two.bmp', 100, 80, 3],
  ]);
  expect(atlas.conflicts).toMatchObject([
    { kind: 'image-unreadable', sentence: expect.stringContaining('do not fit its 999 bytes') },
    { kind: 'coco-unlisted-image', file: 'cut.bmp' },
  ]);
  const { duplicatePairs, damaged } = await auditAtlas(atlas);
  expect(damaged).toEqual([]);
  expect(duplicatePairs).toMatchObject([{ files: ['one.png', 'two.bmp'], kind: 'near', correlation: 1 }]);
});

test('sizes may be missing, and annotations may be boxes alone', async () => {
  const coco = {
    images: [{ id: 1, file_name: 'one.png' }],
    categories: [{ id: 3, name: 'fracture' }],
    annotations: [{ id: 1, image_id: 1, category_id: 3, bbox: [5, 6, 7, 8], area: 56 }],
  };
  const { records, conflicts } = await loadCocoFolder(await folderWith(['one.png'], coco));
  expect(conflicts).toEqual([]);
  expect(records).toMatchObject([{ fractured: true, annotations: [{ polygons: [], box: [5, 6, 7, 8] }] }]);
});

test('a size in COCO that is that of the turned image is told', async () => {
  const { images, annotations } = await folderWith([], cocoOf([{ id: 1, file_name: 'one.jpg' }], [1]));
  await mkdir(images);
  const film = sharp({ create: { width: 100, height: 80, channels: 3, background: '#555' } });
  await film.withMetadata({ orientation: 6 }).toFile(join(images, 'one.jpg'));
  const { records, conflicts } = await loadCocoFolder({ images, annotations });
  expect(records[0]).toMatchObject({ orientation: 6, width: 80, height: 100 });
  expect(conflicts).toMatchObject([{ kind: 'coco-image-size', file: 'one.jpg' }]);
});

test.each([
  ['an image that is not there', ['one.jpg'], 'two.jpg', 'image-missing'],
  ['a name that leads out of the folder', ['one.jpg'], '../film.json', 'coco-invalid'],
  ['an absolute name', ['one.jpg'], '/etc/hostname', 'coco-invalid'],
])('%s is refused by name', async (_, files, name, code) => {
  const folder = await folderWith(files, cocoOf([{ id: 1, file_name: name }], []));
  await expect(loadCocoFolder(folder)).rejects.toMatchObject({ code, message: expect.stringContaining(name) });
});

test('a folder that is not there is refused by name', async () => {
  const { annotations } = await folderWith(['one.jpg'], cocoOf([], []));
  await expect(loadCocoFolder({ images: '/no/such/folder', annotations })).rejects.toMatchObject({
    code: 'folder-missing',
    message: expect.stringContaining('/no/such/folder'),
  });
});

test('normal radiographs of another folder are records too, called after it', async () => {
  const { images, annotations } = await folderWith(['one.png'], cocoOf([{ id: 1, file_name: 'one.png' }], [1]));
  const { images: normals } = await folderWith(['two.png', 'deep/one.png'], cocoOf([], []));
  const { records, conflicts } = await loadCocoFolder({ images, annotations, normals });
  expect(records.map(({ file, path, fractured }) => [file, path, fractured])).toEqual([
    ['film/deep/one.png', join(normals, 'deep', 'one.png'), false],
    ['film/two.png', join(normals, 'two.png'), false],
    ['one.png', join(images, 'one.png'), true],
  ]);
  expect(conflicts).toEqual([]);
});

test('a folder of normal radiographs within that of all images adds none, and holds none with annotations', async () => {
  const coco = cocoOf([{ id: 1, file_name: 'one.png' }], [1]);
  const { images, annotations } = await folderWith(['one.png', 'sound/two.png'], coco);
  const { records } = await loadCocoFolder({ images, annotations, normals: join(images, 'sound') });
  expect(records.map(({ file }) => file)).toEqual(['one.png', 'sound/two.png']);
  await expect(loadCocoFolder({ images, annotations, normals: images })).rejects.toMatchObject({
    code: 'normal-annotated',
  });
});
