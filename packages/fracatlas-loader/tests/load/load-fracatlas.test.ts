import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { atlasLayout, auditAtlas, loadFracAtlas, makeSyntheticAtlas, type ConflictKind } from '../../src/index.js';

let original: string;
let fracturedFile: string;
let normalFile: string;

beforeAll(async () => {
  original = await temporaryFolder();
  await makeSyntheticAtlas({ directory: original, fractured: 8, normal: 8, seed: 2 });
  const clean = (await loadFracAtlas(original)).records.filter(
    ({ orientation, channels, width }) => orientation === 1 && channels === 3 && width < 500,
  );
  const conflicts = (await loadFracAtlas(original)).conflicts.map(({ file }) => file);
  const pick = (fractured: boolean) =>
    clean.find(
      (record) => record.fractured === fractured && !conflicts.includes(record.file) && record.annotations.length < 2,
    )!;
  [fracturedFile, normalFile] = [pick(true).file, pick(false).file];
});

const copyOf = async () => {
  const directory = await temporaryFolder();
  await cp(original, directory, { recursive: true });
  return { directory, layout: atlasLayout(directory) };
};
const editText = async (path: string, edit: (text: string) => string) => {
  const before = await readFile(path, 'utf8');
  const after = edit(before);
  expect(after).not.toBe(before);
  await writeFile(path, after);
};
interface Coco {
  images: { id: number; file_name: string; width: number; height: number }[];
  annotations: { image_id: number; bbox: number[]; area: number; segmentation: number[][]; category_id: unknown }[];
}
const editCoco = (path: string, edit: (coco: Coco) => void) =>
  editText(path, (text) => {
    const coco = JSON.parse(text) as Coco;
    edit(coco);
    return JSON.stringify(coco);
  });

test('records are sorted and carry what the tables say of them', async () => {
  const { records, categories } = await loadFracAtlas(original);
  expect(records.map(({ file }) => file)).toEqual(records.map(({ file }) => file).sort());
  expect(categories).toEqual([{ id: 0, name: 'fractured' }]);
  const record = records.find(({ file }) => file === fracturedFile)!;
  expect(record).toMatchObject({
    id: fracturedFile.replace('.jpg', ''),
    fractured: true,
    fractureCount: 1,
    orientation: 1,
  });
  expect(record.bodyParts).toHaveLength(1);
  expect(record.views).toHaveLength(1);
  const [{ polygons, box, areaPixels, categoryId, crowd }] = record.annotations;
  expect(polygons[0].length).toBeGreaterThanOrEqual(6);
  expect([box.every((v) => v > 0), areaPixels > 0, categoryId, crowd]).toEqual([true, true, 0, false]);
});

describe('each contradiction is told with its file', () => {
  const told = async (directory: string, kind: ConflictKind, file = fracturedFile) => {
    const { conflicts } = await loadFracAtlas(directory);
    const found = conflicts.filter((conflict) => conflict.kind === kind && conflict.file === file);
    expect(found).toHaveLength(1);
    expect(found[0].sentence).toContain(file);
  };

  test('no row in dataset.csv', async () => {
    const { directory, layout } = await copyOf();
    await editText(layout.table, (text) => text.replace(new RegExp(`^${fracturedFile}.*\n`, 'm'), ''));
    await told(directory, 'image-without-row');
  });

  test('two rows in dataset.csv', async () => {
    const { directory, layout } = await copyOf();
    await editText(layout.table, (text) => text.replace(new RegExp(`^${fracturedFile}.*\n`, 'm'), (row) => row + row));
    await told(directory, 'table-duplicate-row');
  });

  test('an outline in an image without a fracture', async () => {
    const { directory, layout } = await copyOf();
    await rename(join(layout.fractured, fracturedFile), join(layout.normal, fracturedFile));
    await told(directory, 'folder-coco');
    await told(directory, 'table-folder');
    await told(directory, 'split-unfractured');
  });

  test('another size, box or area in COCO', async () => {
    const { directory, layout } = await copyOf();
    await editCoco(layout.coco, ({ images, annotations }) => {
      const image = images.find(({ file_name }) => file_name === fracturedFile)!;
      image.width += 5;
      const annotation = annotations.find(({ image_id }) => image_id === image.id)!;
      annotation.bbox[0] += 9;
      annotation.area *= 1.1;
    });
    for (const kind of ['coco-image-size', 'coco-box', 'coco-area'] as const) {
      await told(directory, kind);
    }
  });

  test('an image listed twice in COCO', async () => {
    const { directory, layout } = await copyOf();
    await editCoco(layout.coco, ({ images }) =>
      images.push({ ...images.find(({ file_name }) => file_name === fracturedFile)!, id: 999 }),
    );
    await told(directory, 'coco-duplicate-image');
  });

  test('other polygons or another file in VGG', async () => {
    const { directory, layout } = await copyOf();
    await editText(layout.vgg, (text) => {
      const vgg = JSON.parse(text) as Record<
        string,
        { size: number; regions: Record<string, { shape_attributes: { all_points_x: number[] } }> }
      >;
      vgg[fracturedFile].size += 1;
      vgg[fracturedFile].regions[0].shape_attributes.all_points_x[1] += 3;
      return JSON.stringify(vgg);
    });
    await told(directory, 'vgg');
    await told(directory, 'vgg-file-size');
  });

  test('other boxes, sizes or no file in PASCAL VOC', async () => {
    const { directory, layout } = await copyOf();
    const path = join(layout.voc, fracturedFile.replace('.jpg', '.xml'));
    await editText(path, (text) => text.replace(/<xmin>(\d+)/, '<xmin>1$1').replace(/<height>\d+/, '<height>7'));
    await rm(join(layout.voc, normalFile.replace('.jpg', '.xml')));
    await told(directory, 'voc');
    await told(directory, 'voc-image-size');
    await told(directory, 'voc', normalFile);
  });

  test('other boxes or a stray file in YOLO', async () => {
    const { directory, layout } = await copyOf();
    await writeFile(join(layout.yolo, fracturedFile.replace('.jpg', '.txt')), '0 0.5 0.5 0.1 0.1\n');
    await writeFile(join(layout.yolo, 'IMG9999999.txt'), '');
    await told(directory, 'yolo');
    await told(directory, 'yolo', 'IMG9999999.txt');
  });

  test('an unknown, a repeated and a missing image in the split', async () => {
    const { directory, layout } = await copyOf();
    const { records } = await loadFracAtlas(directory);
    const trained = records.find(({ officialSplit }) => officialSplit === 'train')!.file;
    const list = (split: string) => join(layout.splits, `${split}.csv`);
    await editText(list('valid'), (text) => `${text}${trained}\r\nIMG9999999.jpg\r\n`);
    await told(directory, 'split-overlap', trained);
    await told(directory, 'split-unknown-image', 'IMG9999999.jpg');
    await writeFile(list('train'), 'image_id\r\n');
    await writeFile(list('valid'), 'image_id\r\n');
    await told(directory, 'split-missing', trained);
  });
});

test('a folder without VGG, VOC, YOLO and splits is read, and says so', async () => {
  const { directory, layout } = await copyOf();
  for (const path of [join(layout.vgg, '..'), layout.voc, layout.yolo, layout.splits]) {
    await rm(path, { recursive: true });
  }
  const { sources, records } = await loadFracAtlas(directory);
  expect(sources).toEqual({ table: true, coco: true, vgg: false, voc: false, yolo: false, splits: [] });
  expect(records.every(({ officialSplit }) => officialSplit === undefined)).toBe(true);
});

describe('what cannot be read ends with one error that names the file', () => {
  const breaks: [string, string, (directory: string) => Promise<unknown>, string][] = [
    ['no such folder', 'folder-missing', (d) => rm(d, { recursive: true }), 'Fractured'],
    ['no normal images', 'folder-missing', (d) => rm(atlasLayout(d).normal, { recursive: true }), 'Non_fractured'],
    ['no COCO file', 'file-missing', (d) => rm(atlasLayout(d).coco), 'COCO_fracture_masks.json'],
    ['no table', 'file-missing', (d) => rm(atlasLayout(d).table), 'dataset.csv'],
    [
      'broken JSON',
      'json-invalid',
      (d) => editText(atlasLayout(d).coco, (text) => text.slice(0, -20)),
      'COCO_fracture',
    ],
    ['a list for an object', 'coco-invalid', (d) => writeFile(atlasLayout(d).coco, '[]'), 'COCO_fracture'],
    ['a COCO file without images', 'coco-invalid', (d) => writeFile(atlasLayout(d).coco, '{}'), 'images'],
    [
      'a category that is a text',
      'coco-invalid',
      (d) => editCoco(atlasLayout(d).coco, ({ annotations }) => (annotations[0].category_id = 'bone')),
      'annotations[0].category_id',
    ],
    [
      'an annotation of no image',
      'coco-invalid',
      (d) => editCoco(atlasLayout(d).coco, ({ annotations }) => (annotations[0].image_id = 4711)),
      '4711',
    ],
    [
      'a missing column',
      'csv-columns',
      (d) => editText(atlasLayout(d).table, (t) => t.replace('hardware', 'metal')),
      'hardware',
    ],
    ['a broken table', 'csv-invalid', (d) => editText(atlasLayout(d).table, (t) => `${t}"`), 'dataset.csv'],
    [
      'a flag that is neither 0 nor 1',
      'table-invalid',
      (d) => editText(atlasLayout(d).table, (t) => t.replace(/(\.jpg,)[01]/, '$1yes')),
      '"yes" in column hand',
    ],
    ['a missing image', 'image-missing', (d) => rm(join(atlasLayout(d).fractured, fracturedFile)), 'IMG'],
    [
      'an image in both folders',
      'image-twice',
      (d) => cp(join(atlasLayout(d).fractured, fracturedFile), join(atlasLayout(d).normal, fracturedFile)),
      'both',
    ],
    [
      'a file that is no image',
      'image-unreadable',
      (d) => writeFile(join(atlasLayout(d).normal, 'x.jpg'), 'text'),
      'x.jpg',
    ],
    [
      'broken XML',
      'voc-invalid',
      (d) => writeFile(join(atlasLayout(d).voc, fracturedFile.replace('.jpg', '.xml')), '<annotation><size>'),
      '.xml',
    ],
    [
      'a YOLO line of four numbers',
      'yolo-invalid',
      (d) => writeFile(join(atlasLayout(d).yolo, fracturedFile.replace('.jpg', '.txt')), '0 0.1 0.2 0.3\n'),
      'line 1',
    ],
    [
      'a VGG entry without regions',
      'vgg-invalid',
      (d) => writeFile(atlasLayout(d).vgg, '{"a": {"filename": "a"}}'),
      'VGG',
    ],
    [
      'a folder where a file belongs',
      'file-unreadable',
      async (d) => {
        await rm(atlasLayout(d).table);
        await mkdir(atlasLayout(d).table);
      },
      'dataset.csv',
    ],
  ];

  test.each(breaks)('%s', async (_, code, breakIt, named) => {
    const { directory } = await copyOf();
    await breakIt(directory);
    const failure = expect(loadFracAtlas(directory)).rejects;
    await failure.toMatchObject({
      code,
      message: expect.stringContaining(named),
      remedy: expect.stringMatching(/\w+/),
    });
  });
});

test('images that cannot be read at all are left out and listed, if so asked', async () => {
  const { directory, layout } = await copyOf();
  await writeFile(join(layout.fractured, fracturedFile), '');
  const before = await loadFracAtlas(original);
  const { records, conflicts } = await loadFracAtlas(directory, { unreadable: 'skip' });
  expect(records.map(({ file }) => file)).toEqual(
    before.records.map(({ file }) => file).filter((f) => f !== fracturedFile),
  );
  const told = conflicts.filter(({ file }) => file.startsWith(fracturedFile.slice(0, 10)));
  expect(told).toEqual([
    { kind: 'image-unreadable', file: fracturedFile, sentence: expect.stringContaining('left out') },
  ]);
  const { findings } = await auditAtlas({ ...before, records, conflicts });
  expect(findings).toContainEqual(
    expect.objectContaining({ code: 'image-unreadable', severity: 'error', files: [fracturedFile] }),
  );
});

test('reading can be aborted', async () => {
  const reason = new Error('enough');
  await expect(loadFracAtlas(original, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
