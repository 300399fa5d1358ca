import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { describe, expect, test } from '@jest/globals';
import { readNifti, writeNifti } from '@fractura/volume-io';
import { convertCoco, labelsToCoco } from '../src/index.js';
import { decodeRle, decompressCounts, readCoco } from '@fractura/coco';
import { box, jpegOf, tinyAtlas } from './support/tiny-atlas.js';

const names = { background: 0, bone: 1, gap: 2, ignore: 3 };

/** A label map of rows of digits, stored as a case. */
async function labelsOf(cases: Record<string, string[]>): Promise<string> {
  const folder = join(await temporaryFolder(), 'labels');
  await mkdir(folder);
  for (const [name, rows] of Object.entries(cases)) {
    await writeNifti(join(folder, `${name}.nii.gz`), {
      data: Uint8Array.from(rows.join(''), Number),
      shape: [rows[0].length, rows.length, 1],
    });
  }
  return folder;
}

describe('labels back to COCO', () => {
  test('each group of touching pixels is an object, with the area and box of its mask', async () => {
    const labels = await labelsOf({ c_2: ['11000', '11003', '00100'], c_1: ['00022', '00000', '10000'] });
    const coco = await labelsToCoco({ labels, names });
    expect(coco.images).toEqual([
      { id: 1, file_name: 'c_1.nii.gz', width: 5, height: 3 },
      { id: 2, file_name: 'c_2.nii.gz', width: 5, height: 3 },
    ]);
    expect(coco.categories).toEqual([
      { id: 1, name: 'bone' },
      { id: 2, name: 'gap' },
    ]);
    expect(
      coco.annotations.map(({ id, image_id, category_id, area, bbox }) => [id, image_id, category_id, area, bbox]),
    ).toEqual([
      [1, 1, 1, 1, [0, 2, 1, 1]],
      [2, 1, 2, 2, [3, 0, 2, 1]],
      [3, 2, 1, 5, [0, 0, 3, 3]],
    ]);
  });

  test('specks are left out, labels taken whole, masks stored as RLE when asked', async () => {
    const labels = await labelsOf({ a: ['1001', '1000'] });
    expect((await labelsToCoco({ labels, names, minPixels: 2 })).annotations).toHaveLength(1);
    const { annotations } = await labelsToCoco({ labels, names, objects: 'labels', segmentation: 'rle' });
    expect(annotations).toHaveLength(1);
    const { size, counts } = annotations[0].segmentation as { size: [number, number]; counts: string };
    expect(Array.from(decodeRle({ size, counts: decompressCounts(counts) }))).toEqual([1, 0, 0, 1, 1, 0, 0, 0]);
  });

  test('a region is the union of its labels', async () => {
    const labels = await labelsOf({ a: ['1200'] });
    const { annotations } = await labelsToCoco({ labels, names: { background: 0, whole: [1, 2], core: [2] } });
    expect(annotations.map(({ category_id, area }) => [category_id, area])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  test('a converted data set comes back to the same labels, in the frame of the images', async () => {
    const atlas = await tinyAtlas({
      files: { 'a.jpg': await jpegOf(90, 60), 'b.jpg': await jpegOf(50, 70) },
      images: [
        { id: 12, file_name: 'a.jpg', width: 90, height: 60 },
        { id: 5, file_name: 'b.jpg', width: 50, height: 70 },
      ],
      annotations: [
        { id: 1, image_id: 12, segmentation: [[10, 10, 70, 15, 60, 50, 30, 40]] },
        { id: 2, image_id: 5, segmentation: [box(0, 0, 20, 20), box(30, 40, 20, 30)] },
      ],
    });
    const size = { width: 32, height: 24 };
    const { folder, cases } = await convertCoco({ ...atlas, size });
    const output = join(await temporaryFolder(), 'back.json');
    const labels = join(folder, 'labelsTr');
    const coco = await labelsToCoco({ labels, names: join(folder, 'dataset.json'), cases, output });
    expect(await readCoco(output)).toEqual(coco);
    expect(coco.images).toEqual([
      { id: 12, file_name: 'a.jpg', width: 90, height: 60 },
      { id: 5, file_name: 'b.jpg', width: 50, height: 70 },
    ]);
    const again = await convertCoco({ ...atlas, size, annotations: output, output: join(folder, '..', '..', 'again') });
    for (const { case: name } of cases) {
      expect((await readNifti(join(again.folder, 'labelsTr', `${name}.nii.gz`))).data).toEqual(
        (await readNifti(join(labels, `${name}.nii.gz`))).data,
      );
    }
  });

  test('what does not belong together is refused', async () => {
    const labels = await labelsOf({ a: ['17'] });
    await expect(labelsToCoco({ labels, names })).rejects.toMatchObject({ code: 'label-invalid' });
    const sound = await labelsOf({ a: ['10'] });
    await expect(labelsToCoco({ labels: sound, names, cases: [] })).rejects.toMatchObject({ code: 'case-unknown' });
    await expect(labelsToCoco({ labels: sound, names: {} })).rejects.toMatchObject({ code: 'labels-invalid' });
    await expect(labelsToCoco({ labels: 'nowhere', names })).rejects.toMatchObject({ code: 'labels-unreadable' });
    await writeNifti(join(sound, 'b.nii'), { data: new Uint8Array(8), shape: [2, 2, 2] });
    await expect(labelsToCoco({ labels: sound, names })).rejects.toMatchObject({ code: 'label-invalid' });
    const json = join(await temporaryFolder(), 'dataset.json');
    await writeFile(json, '{"labels": {"background": 0, "bone": "one"}}');
    await expect(labelsToCoco({ labels: sound, names: json })).rejects.toMatchObject({
      code: 'dataset-json-invalid',
    });
    expect(await readFile(json, 'utf8')).toContain('one');
  });
});
