import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { readAnnotationMasks } from '../../src/images/annotation-masks.js';

const preparation = { resize: 'bilinear', width: 4, height: 4, channels: 1, depth: 'stored' } as const;
let file: string;

beforeAll(async () => {
  file = join(await temporaryFolder('masks-'), 'coco.json');
  const box = (x: number, y: number, width: number, height: number) => [
    [x, y, x + width, y, x + width, y + height, x, y + height],
  ];
  const annotation = (id: number, image_id: number, category_id: number, segmentation: number[][]) => ({
    id,
    image_id,
    category_id,
    segmentation,
  });
  await writeFile(
    file,
    JSON.stringify({
      images: [1, 2, 3].map((id) => ({ id, file_name: `${id}.png`, width: 16, height: 8 })),
      categories: [
        { id: 1, name: 'fractured' },
        { id: 2, name: 'implant' },
      ],
      annotations: [
        annotation(1, 1, 1, box(0, 0, 4, 4)),
        annotation(2, 1, 2, box(12, 4, 4, 4)),
        annotation(3, 2, 1, box(9, 3, 1, 1)),
      ],
    }),
  );
});

const rowsOf = (mask: Uint8Array) => [0, 1, 2, 3].map((y) => mask.subarray(4 * y, 4 * y + 4).join(''));

test('all outlines of a film are brought into the frame; films without any are left out', async () => {
  const masks = await readAnnotationMasks(file, preparation);
  expect(masks.map((each) => each.file)).toEqual(['1.png', '2.png']);
  expect(rowsOf(masks[0].mask)).toEqual(['1000', '1000', '0001', '0001']);
});

test('a sign too small for a pixel still has the pixel that it lies in', async () => {
  const [, { mask }] = await readAnnotationMasks(file, preparation);
  expect(rowsOf(mask)).toEqual(['0000', '0010', '0000', '0000']);
});

test('letterboxed films have their outlines where the film lies, and a category may be chosen', async () => {
  const [{ mask }] = await readAnnotationMasks(file, { ...preparation, fit: 'letterbox' }, { category: 'fractured' });
  expect(rowsOf(mask)).toEqual(['0000', '1000', '0000', '0000']);
  await expect(readAnnotationMasks(file, preparation, { category: 'cyst' })).rejects.toMatchObject({
    code: 'annotations-missing',
  });
});
