import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeFlaw, decodeRle, readCoco, segmentationToRle, unusedCategories } from '@fractura/coco';
import { loadCocoFolder, readAnySplit, readCases, readSplit, writeSplit, kFold } from '@fractura/fracatlas-loader';
import { openImageFolder, writeImage } from '@fractura/radiograph';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { fuzz, mutateCsv, mutateJsonText } from '../src/index.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder('fuzz-');
  await writeImage(join(folder, 'one.png'), { data: new Uint8Array(80 * 100), shape: [80, 100] });
});

const square = [10, 10, 30, 10, 30, 40, 10, 40];
const coco = {
  images: [
    { id: 1, file_name: 'one.png', width: 100, height: 80 },
    { id: 2, file_name: 'left/two.png' },
  ],
  categories: [
    { id: 0, name: 'root', supercategory: 'none' },
    { id: 3, name: 'fracture' },
  ],
  annotations: [
    {
      id: 5,
      image_id: 1,
      category_id: 3,
      segmentation: [square, [1, 2, 3, 4, 5, 6]],
      bbox: [10, 10, 20, 30],
      area: 600,
      iscrowd: 0,
    },
    { id: 6, image_id: 1, category_id: 3, segmentation: { size: [80, 100], counts: [10, 20, 7970] } },
    { id: 7, image_id: 2, category_id: 3, segmentation: { size: [2, 2], counts: '13' }, iscrowd: 1 },
  ],
};

test('COCO', async () => {
  const file = join(folder, 'coco.json');
  const pathOf = await openImageFolder(folder);
  const { read } = await fuzz({
    make: (draw) => mutateJsonText(coco, draw),
    read: async (bytes) => {
      await writeFile(file, bytes);
      const { images, annotations, categories } = await readCoco(file, { onFlaw: (flaw) => describeFlaw(flaw) });
      unusedCategories({ annotations, categories });
      for (const { segmentation, image_id: image } of annotations) {
        const { file_name: name, width = 100, height = 80 } = images.find(({ id }) => id === image)!;
        if (segmentation !== undefined) {
          decodeRle(segmentationToRle(segmentation, { width, height }));
        }
        if (name === 'one.png') {
          pathOf(name);
        }
      }
    },
  });
  expect(read).toBeGreaterThan(300);
});

test('a folder with COCO', async () => {
  const file = join(folder, 'folder.json');
  const { read } = await fuzz({
    make: (draw) => mutateJsonText(coco, draw),
    read: async (bytes) => {
      await writeFile(file, bytes);
      await loadCocoFolder({ images: folder, annotations: file, unreadable: 'skip' });
    },
  });
  expect(read).toBeGreaterThan(300);
});

const records = Array.from({ length: 10 }, (_, i) => ({
  id: `r${i}`,
  file: `r${i}.png`,
  bytes: i,
  fractured: i % 2 === 0,
}));
const split = kFold(records, { seed: 1 });

test('splits as JSON', async () => {
  const file = join(folder, 'split.json');
  await fuzz({
    make: (draw) => mutateJsonText(split, draw),
    read: async (bytes) => {
      await writeFile(file, bytes);
      await readAnySplit(file, { records });
      await readSplit(file);
    },
  });
});

test('mappings', async () => {
  const file = join(folder, 'mapping.json');
  await fuzz({
    make: (draw) =>
      mutateJsonText(
        [
          { case: 'a', file: 'a.png' },
          { case: 'b', file: 'b.png' },
        ],
        draw,
      ),
    read: async (bytes) => {
      await writeFile(file, bytes);
      await readCases(file);
    },
  });
});

test('splits as CSV', async () => {
  const file = join(folder, 'split.csv');
  await writeSplit(file, split);
  const { readFile } = await import('node:fs/promises');
  const sound = await readFile(file, 'utf8');
  let turn = 0;
  await fuzz({
    make: (draw) => mutateCsv(sound, draw),
    read: async (bytes) => {
      await writeFile(file, bytes);
      turn += 1;
      await (turn % 2 === 0 ? readAnySplit(file, { records }) : readSplit(file));
    },
  });
});
