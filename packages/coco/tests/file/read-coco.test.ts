import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { describeFlaw, readCoco, writeCoco, type CocoFlaw } from '../../src/index.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder('coco-');
});

const square = [10, 10, 30, 10, 30, 40, 10, 40];
const images = [{ id: 1, file_name: 'one.png', width: 100, height: 80 }];
const categories = [{ id: 3, name: 'fracture' }];
const annotation = { id: 5, image_id: 1, category_id: 3, segmentation: [square] };
const sound = { images, categories, annotations: [annotation] };

/** Writes a file, as JSON or as it is, and gives its path. */
async function fileOf(content: unknown): Promise<string> {
  const path = join(folder, 'coco.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function collect(content: unknown) {
  const flaws: CocoFlaw[] = [];
  const coco = await readCoco(await fileOf(content), { onFlaw: (flaw) => flaws.push(flaw) });
  return { coco, flaws };
}

test('a file comes back as it was written', async () => {
  const path = join(folder, 'written.json');
  const coco = {
    ...sound,
    annotations: [
      { ...annotation, bbox: [10, 10, 20, 30] as [number, number, number, number], area: 600, iscrowd: 0 as const },
      { ...annotation, id: 6, segmentation: { size: [80, 100] as [number, number], counts: [10, 20, 7970] } },
    ],
  };
  await writeCoco(path, coco);
  expect(await readCoco(path)).toEqual(coco);
});

test('what other tools write is read: texts of digits for ids, true and null for crowds, a byte order mark', async () => {
  const text = JSON.stringify({
    images: [{ id: '1', file_name: 'one.png', width: null, height: 80.0 }],
    categories: [{ id: '3', name: 'fracture', supercategory: 'bone' }],
    annotations: [
      { ...annotation, image_id: '1', iscrowd: true },
      { ...annotation, id: '6', iscrowd: false },
      { ...annotation, id: 7.0, iscrowd: null },
      { ...annotation, id: 8, iscrowd: '1' },
    ],
  });
  const coco = await readCoco(await fileOf(`\uFEFF${text}`));
  expect(coco.images).toEqual([{ id: 1, file_name: 'one.png', height: 80 }]);
  expect(coco.categories).toEqual([{ id: 3, name: 'fracture', supercategory: 'bone' }]);
  expect(coco.annotations.map(({ image_id, iscrowd }) => [image_id, iscrowd])).toEqual([
    [1, 1],
    [1, 0],
    [1, undefined],
    [1, 1],
  ]);
});

describe('flaws that leave the rest usable', () => {
  const malformed: [unknown, string][] = [
    [[[1, 2, 3, 4, 5, 6, 7]], 'has an odd count of 7 coordinates for a polygon: [1,2,3,4,5,6,7]'],
    [[[1, 2], square], 'has 1 point for part 1 of 2, fewer than 3: [1,2]'],
    [[square, []], 'has 0 points for part 2 of 2, fewer than 1: []'],
    [[], 'has an empty list for polygons'],
    [[[10, 10, 30, '10', 30, 40]], 'has the coordinate "10" for a polygon, which is not a number'],
    [[[10, 10, 30, 1e12, 30, 40]], 'has the coordinate 1000000000000 for a polygon, which is too far away to be drawn'],
    ['outline', 'has "outline" for polygons'],
    [{ size: [80, 0], counts: [] }, 'has a run-length mask of the size [80,0], not [height, width]'],
    [{ size: [80, 100], counts: [10, 20] }, 'has runs that cover 30 pixels of a mask of 100x80'],
    [{ size: [80, 100], counts: [0.5] }, 'has the runs [0.5], not whole numbers'],
    [{ size: [80, 100], counts: 'a ' }, 'has compressed runs that break their code at character 2 of 2'],
    [{ size: [80, 100], counts: 'a' }, 'has compressed runs that end within a number'],
    [null, 'has neither an outline nor a box'],
  ];

  test.each(malformed)(
    'the outline %j is told with its annotation, image and value',
    async (segmentation, sentence) => {
      const { coco, flaws } = await collect({ ...sound, annotations: [{ ...annotation, segmentation }] });
      const [image] = coco.images;
      const [kept] = coco.annotations;
      const remedy = expect.stringMatching(/^[A-Z].*\.$/);
      expect(flaws).toEqual([{ kind: 'segmentation', image, annotation: kept, value: segmentation, sentence, remedy }]);
      expect(kept.segmentation).toBeUndefined();
      expect(describeFlaw(flaws[0])).toBe(`Annotation 5 of one.png ${sentence}.`);
    },
  );

  test('a later part of two points is kept, as pycocotools draws it, and told', async () => {
    const segmentation = [square, [1, 2, 3, 4]];
    const { coco, flaws } = await collect({ ...sound, annotations: [{ ...annotation, segmentation }] });
    expect(flaws).toMatchObject([{ kind: 'part', sentence: 'has 2 points for part 2 of 2' }]);
    expect(coco.annotations[0].segmentation).toEqual(segmentation);
  });

  test('boxes and areas that are not numbers are left out and told', async () => {
    const { coco, flaws } = await collect({
      ...sound,
      annotations: [{ ...annotation, bbox: [10, 10, 'w', 30], area: '600' }],
    });
    expect(flaws.map(({ kind, sentence }) => [kind, sentence])).toEqual([
      ['bbox', 'has [10,10,"w",30] for its box, not four numbers'],
      ['area', 'has "600" for its area, not a number'],
    ]);
    expect(coco.annotations).toEqual([annotation]);
  });

  test('an image under two ids is told', async () => {
    const { flaws } = await collect({ ...sound, images: [...images, { id: 2, file_name: 'one.png' }] });
    expect(flaws).toMatchObject([{ kind: 'image-twice', image: { id: 2 }, value: 'one.png' }]);
  });

  test('a second annotation with an id is kept and told', async () => {
    const { coco, flaws } = await collect({ ...sound, annotations: [annotation, annotation] });
    expect(flaws).toMatchObject([
      { kind: 'annotation-twice', value: 5, remedy: expect.stringContaining('id of its own') },
    ]);
    expect(coco.annotations).toHaveLength(2);
  });

  test.each<[unknown, RegExp]>([
    [square, /list of their own/],
    [
      [
        [
          [10, 10],
          [30, 10],
          [30, 40],
        ],
      ],
      /not as pairs/,
    ],
    [[[10, 10, 20, 30]], /a box belongs in "bbox"/],
    [[[1, 2, 3, 4, 5, 6, 7]], /each point has an x and a y/],
    [{ size: [80, 0], counts: [] }, /two integers above 0/],
    [{ size: [1e6, 1e6], counts: [1e12] }, /smaller image/],
    [{ size: [80, 100], counts: [8000.5] }, /list of run lengths/],
    [{ size: [100, 80], counts: 'a' }, /cut, edited/],
    [{ size: [80, 100], counts: [1] }, /must fill height x width/],
  ])('the remedy for %j is its own', async (segmentation, remedy) => {
    const { flaws } = await collect({ ...sound, annotations: [{ ...annotation, segmentation }] });
    expect(flaws.map((flaw) => flaw.remedy)).toEqual([expect.stringMatching(remedy)]);
  });

  test('without somebody to tell them to, the first ends the reading', async () => {
    const file = await fileOf({ ...sound, annotations: [{ ...annotation, segmentation: [] }] });
    await expect(readCoco(file)).rejects.toMatchObject({
      code: 'coco-invalid',
      message: `The COCO file ${file} has a flaw. Annotation 5 of one.png has an empty list for polygons.`,
    });
  });
});

describe('what nothing can be told without is refused by name', () => {
  test.each([
    ['no JSON', '{', 'json-invalid', 'is not valid JSON'],
    ['a list', '[]', 'coco-invalid', 'the file is []; expected a JSON object'],
    ['no images', { ...sound, images: undefined }, 'coco-invalid', 'images is nothing; expected a list'],
    ['an image that is a text', { ...sound, images: ['one.png'] }, 'coco-invalid', 'images[0] is "one.png"'],
    ['an image without a name', { ...sound, images: [{ id: 1 }] }, 'coco-invalid', 'images[0].file_name is nothing'],
    [
      'an image of no height',
      { ...sound, images: [{ ...images[0], height: 0 }] },
      'coco-invalid',
      'images[0].height is 0',
    ],
    ['an id twice', { ...sound, images: [...images, ...images] }, 'coco-invalid', 'images[1].id is 1'],
    [
      'a category twice',
      { ...sound, categories: [...categories, ...categories] },
      'coco-invalid',
      'categories[1].id is 3',
    ],
    ['half an id', { ...sound, annotations: [{ ...annotation, id: 1.5 }] }, 'coco-invalid', 'annotations[0].id is 1.5'],
    [
      'a lost image',
      { ...sound, annotations: [{ ...annotation, image_id: 9 }] },
      'coco-invalid',
      'annotations[0].image_id is 9',
    ],
    [
      'a lost category',
      { ...sound, annotations: [{ ...annotation, category_id: 9 }] },
      'coco-invalid',
      'annotations[0].category_id is 9',
    ],
    [
      'a crowd of two',
      { ...sound, annotations: [{ ...annotation, iscrowd: 2 }] },
      'coco-invalid',
      'annotations[0].iscrowd is 2',
    ],
    [
      'an empty crowd',
      { ...sound, annotations: [{ ...annotation, iscrowd: '' }] },
      'coco-invalid',
      'annotations[0].iscrowd',
    ],
    [
      'a list for an id',
      { ...sound, annotations: [{ ...annotation, id: [5] }] },
      'coco-invalid',
      'annotations[0].id is [5]',
    ],
    ['a drive', { ...sound, images: [{ id: 1, file_name: 'C:\\x.png' }] }, 'coco-invalid', 'a drive letter'],
    [
      'a way out by backslashes',
      { ...sound, images: [{ id: 1, file_name: '..\\x.png' }] },
      'coco-invalid',
      'out of the folder',
    ],
    [
      'a way out of the folder',
      { ...sound, images: [{ id: 1, file_name: 'a/../../x' }] },
      'coco-invalid',
      '"a/../../x"',
    ],
    ['an absolute name', { ...sound, images: [{ id: 1, file_name: '/etc/x' }] }, 'coco-invalid', '"/etc/x"'],
  ])('%s', async (_, content, code, named) => {
    const file = await fileOf(content);
    const failure = { code, message: expect.stringContaining(named), remedy: expect.stringMatching(/\w/) };
    await expect(readCoco(file)).rejects.toMatchObject(failure);
    await expect(readCoco(file)).rejects.toThrow(file);
  });

  test('a file that is too large for a text, before it is read, with how to split it', async () => {
    const file = join(folder, 'large.json');
    await writeFile(file, '{');
    await truncate(file, 600 * 2 ** 20);
    await expect(readCoco(file)).rejects.toMatchObject({
      code: 'file-too-large',
      remedy: expect.stringMatching(/[Ss]plit/),
    });
  });

  test('a file that is missing, or a folder', async () => {
    await expect(readCoco(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'file-missing' });
    await expect(readCoco(folder)).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});
