import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeImage } from '@fractura/radiograph';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { loadCocoFolder } from '../../src/index.js';

const place = useTemporaryFolder();

/** Loads one image under its name on the disk, with a COCO file that calls it otherwise. */
async function load(file: string, name: string, categories = [{ id: 1, name: 'fracture' }], more: object[] = []) {
  const path = join(place('images'), file);
  await mkdir(dirname(path), { recursive: true });
  await writeImage(path, { data: new Uint8Array(12), shape: [3, 4] });
  const annotation = { id: 1, image_id: 1, category_id: 1, segmentation: [[0, 0, 3, 0, 3, 2]] };
  const coco = { images: [{ id: 1, file_name: name }], categories, annotations: [annotation, ...more] };
  await writeFile(place('coco.json'), `\uFEFF${JSON.stringify(coco)}`);
  return loadCocoFolder({ images: place('images'), annotations: place('coco.json') });
}

test.each([
  ['left/a.png', 'left\\a.png'],
  ['R\u006f\u0308ntgen.png', 'R\u00f6ntgen.png'],
  ['left wrist (1).png', 'left%20wrist%20%281%29.png'],
  ['b.PNG', 'b.png'],
])('the image %j is found under the name %j, which is said once', async (file, name) => {
  const { records, conflicts } = await load(file, name);
  expect(records).toMatchObject([{ file, fractured: true }]);
  expect(conflicts.filter(({ kind }) => kind.startsWith('coco-'))).toMatchObject([{ kind: 'coco-name', file }]);
});

test('a category that nobody uses and an id that is there twice are told', async () => {
  const again = { id: 1, image_id: 1, category_id: 1, segmentation: [[0, 0, 3, 0, 3, 2]] };
  const categories = [
    { id: 0, name: 'bones' },
    { id: 1, name: 'fracture' },
  ];
  const { conflicts } = await load('a.png', 'a.png', categories, [again]);
  expect(conflicts.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['coco-unused-category', 'coco-duplicate-annotation']),
  );
});
