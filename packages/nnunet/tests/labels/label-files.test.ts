import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeEach, expect, test } from '@jest/globals';
import { readImage } from '@fractura/nnunet-planner';
import { readNifti, writeNifti, type Matrix4x4 } from '@fractura/volume-io';
import { readGridOfProperties, writeCaseProperties } from '@fractura/nnunet-format';
import { readLabelGrid, writeLabels } from '../../src/labels/label-files.js';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder('label-files-');
});

/** Stored x runs to the left, y to the top, z to the front. */
const affine: Matrix4x4 = [
  [-2, 0, 0, 10],
  [0, 0, 4, 20],
  [0, 3, 0, 30],
  [0, 0, 0, 1],
];
const properties = {
  spacing: [3, 4, 2],
  shape_before_cropping: [3, 2, 2],
  bbox_used_for_cropping: [
    [0, 3],
    [0, 2],
    [0, 2],
  ],
  shape_after_cropping_and_before_resampling: [3, 2, 2],
} as never;

test.each(['NibabelIO', 'NibabelIOWithReorient', 'SimpleITKIO', 'SimpleITKIOWithReorient'])(
  'labels of an image read by %s lie as the image does, also by way of the properties beside probabilities',
  async (reader) => {
    const at = (name: string) => join(folder, name);
    const stored = Uint8Array.from({ length: 12 }, (_, i) => i);
    await writeNifti(at('image.nii.gz'), { data: stored, shape: [2, 3, 2], spacing: [2, 3, 4], affine });
    const { data, shape } = await readImage([at('image.nii.gz')], { reader });
    const grid = await readLabelGrid(at('image.nii.gz'), reader);
    const place = { reader, grid, shape: shape.slice(1) };
    await writeCaseProperties(at('case.pkl'), properties, place);
    const labels = { labels: data, shape: shape.slice(1) };
    await writeLabels({ ...labels, file: at('direct.nii.gz'), grid });
    await writeLabels({ ...labels, file: at('later.nii.gz'), grid: await readGridOfProperties(at('case.pkl')) });
    for (const name of ['direct.nii.gz', 'later.nii.gz']) {
      const written = await readNifti(at(name));
      expect(Array.from(written.data as Uint8Array)).toEqual(Array.from(stored));
      expect(written).toMatchObject({ shape: [2, 3, 2], spacing: [2, 3, 4], affine });
    }
  },
);
