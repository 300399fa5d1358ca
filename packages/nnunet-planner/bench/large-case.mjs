/**
 * Makes a raw data set of one CT of 512 x 512 x 300 voxels (int16, smooth, with a large label), for a look at peak memory:
 *
 *     node packages/nnunet-planner/bench/large-case.mjs FOLDER
 *     /usr/bin/time -v node packages/nnunet-planner/dist/bin.js plan-and-preprocess -d 7 -c 3d_fullres --raw FOLDER \
 *       --preprocessed FOLDER/preprocessed --overwrite-target-spacing 1 0.8 0.8 --verify-dataset-integrity
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeNifti } from '@fractura/volume-io';

const folder = join(process.argv[2], 'Dataset007_Large');
const shape = [512, 512, 300];
const spacing = [0.78, 0.78, 1.25];
await mkdir(join(folder, 'imagesTr'), { recursive: true });
await mkdir(join(folder, 'labelsTr'), { recursive: true });
const image = new Int16Array(512 * 512 * 300);
const label = new Uint8Array(image.length);
for (let z = 0, i = 0; z < 300; z += 1) {
  for (let y = 0; y < 512; y += 1) {
    for (let x = 0; x < 512; x += 1, i += 1) {
      const distance = Math.hypot(x - 256, y - 256);
      image[i] = distance > 250 ? 0 : 40 + ((x * 7 + y * 13 + z * 31) % 61);
      label[i] = Math.hypot(x - 200, y - 250, z - 150) < 110 ? 1 : Math.hypot(x - 340, y - 250, z - 150) < 60 ? 2 : 0;
    }
  }
}
await writeNifti(join(folder, 'imagesTr', 'a_0000.nii.gz'), { data: image, shape, spacing }, { level: 1 });
await writeNifti(join(folder, 'labelsTr', 'a.nii.gz'), { data: label, shape, spacing }, { level: 1 });
await writeFile(
  join(folder, 'dataset.json'),
  JSON.stringify({
    channel_names: { 0: 'CT' },
    labels: { background: 0, organ: 1, lesion: 2 },
    numTraining: 1,
    file_ending: '.nii.gz',
  }),
);
