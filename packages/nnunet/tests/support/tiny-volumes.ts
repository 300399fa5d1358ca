import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planAndPreprocess, preprocessDataset } from '@fractura/nnunet-planner';
import { type Plans } from '@fractura/nnunet-format';
import { writeNifti } from '@fractura/volume-io';

/** Folders of a data set of volumes, planned and preprocessed for both stages of a cascade. */
export interface TinyVolumes {
  raw: string;
  preprocessed: string;
  results: string;
}

/** Voxels along x, y, z. */
const size = [20, 18, 14];

/**
 * Five volumes with a bright ball (label 1) around a brighter core (label 2). 3d_lowres has twice the spacing; both networks are
 * four features wide.
 */
export async function makeTinyVolumes(root: string): Promise<TinyVolumes> {
  const name = 'Dataset922_Balls';
  const raw = join(root, 'raw', name);
  const [images, labels] = [join(raw, 'imagesTr'), join(raw, 'labelsTr')];
  await mkdir(images, { recursive: true });
  await mkdir(labels, { recursive: true });
  for (let n = 0; n < 5; n += 1) {
    const label = Uint8Array.from({ length: size[0] * size[1] * size[2] }, (_, i) => {
      const [x, y, z] = [i % size[0], Math.floor(i / size[0]) % size[1], Math.floor(i / (size[0] * size[1]))];
      const distance = (x - 7 - n) ** 2 + (y - 10 + n / 2) ** 2 + (z - 7) ** 2;
      return Number(distance < 30) + Number(distance < 8);
    });
    const image = Float32Array.from(label, (value, i) => 50 + 80 * value + ((i * 7919) % 31));
    await writeNifti(join(images, `ball_${n}_0000.nii.gz`), { data: image, shape: size });
    await writeNifti(join(labels, `ball_${n}.nii.gz`), { data: label, shape: size });
  }
  const description = {
    channel_names: { '0': 'MRI' },
    labels: { background: 0, ball: 1, core: 2 },
    numTraining: 5,
    file_ending: '.nii.gz',
  };
  await writeFile(join(raw, 'dataset.json'), JSON.stringify(description));
  const preprocessed = join(root, 'preprocessed');
  const outputFolder = join(preprocessed, name);
  await planAndPreprocess({ folder: raw, outputFolder, configurations: ['3d_fullres'] });

  const file = join(outputFolder, 'nnUNetPlans.json');
  const plans = JSON.parse(await readFile(file, 'utf8')) as Plans;
  const full = plans.configurations['3d_fullres'];
  const kwargs = full.architecture!.arch_kwargs as { features_per_stage: number[] };
  kwargs.features_per_stage = kwargs.features_per_stage.map(() => 4);
  Object.assign(full, { batch_size: 2 });
  plans.configurations['3d_lowres'] = {
    inherits_from: '3d_fullres',
    data_identifier: 'nnUNetPlans_3d_lowres',
    next_stage: '3d_cascade_fullres',
    spacing: full.spacing!.map((value) => 2 * value),
  };
  plans.configurations['3d_cascade_fullres'] = { inherits_from: '3d_fullres', previous_stage: '3d_lowres' };
  await writeFile(file, JSON.stringify(plans));
  await preprocessDataset({ folder: raw, outputFolder, plans, configuration: '3d_lowres' });
  return { raw, preprocessed, results: join(root, 'results') };
}
