import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { auditAtlas, exploreAtlas, loadCocoFolder, renderAuditPage } from '../../src/index.js';
import { temporaryFolder } from '../support/temporary-folder.js';

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
