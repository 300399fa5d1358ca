// Compares the stages of a cascade with real nnU-Net: labels for the next stage, and validations of a stage that takes them.
//
//   npm run interop -- cascade [SCENARIO ...]
//
// make_models.py and make_cascade.py make a data set and both stages with random weights. Both programs validate 3d_lowres, whose
// labels for 3d_cascade_fullres must be equal, then 3d_cascade_fullres: each on what it wrote itself, then each on what the other
// wrote. All labels must be equal. Windows are added up in float32 by both. With slices resampled together, apart, and with
// regions.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNifti, readNpz } from '@fractura/volume-io';
import { call, callNnunet, callScript, program } from './programs.mjs';

const work = mkdtempSync(join(tmpdir(), 'fractura-cascade-'));
const float32 = { NNUNET_FLOAT32: '1', CUDA_VISIBLE_DEVICES: '' };

async function check(name, settings) {
  const [theirs, ours] = ['theirs', 'ours'].map((side) => join(work, name, side));
  callScript('make_models.py', ['cascade', theirs], theirs);
  const made = callScript('make_cascade.py', [theirs, ...settings], theirs)
    .trim()
    .split('\n');
  const { dataset } = JSON.parse(made.at(-1));
  // The same raw data, plans and weights for ours, which preprocesses them itself.
  for (const kind of ['raw', 'results']) {
    cpSync(join(theirs, kind), join(ours, kind), { recursive: true });
  }
  for (const file of ['dataset.json', 'nnUNetPlans.json', 'splits_final.json']) {
    cpSync(join(theirs, 'preprocessed', dataset, file), join(ours, 'preprocessed', dataset, file));
  }
  call(process.execPath, [program, 'preprocess', '-d', dataset, '-c', '3d_lowres', '3d_fullres', '--quiet'], ours);

  const nnunet = (stage) => {
    const command = ['train', dataset, stage, '0', '--val', '-device', 'cpu'];
    callNnunet([command], theirs, float32);
  };
  const fractura = (stage) => call(process.execPath, [program, 'train', dataset, stage, '0', '--val', '--quiet'], ours);
  const model = (side, stage) => join(side, 'results', dataset, `nnUNetTrainer__nnUNetPlans__${stage}`);
  const nextStage = (side) => join(model(side, '3d_lowres'), 'predicted_next_stage', '3d_cascade_fullres');
  const validation = (side, stage) => join(model(side, stage), 'fold_0', 'validation');

  nnunet('3d_lowres');
  fractura('3d_lowres');
  await report(`${name}: labels for the next stage`, nextStage(theirs), nextStage(ours));
  nnunet('3d_cascade_fullres');
  fractura('3d_cascade_fullres');
  const [expected, found] = [theirs, ours].map((side) => validation(side, '3d_cascade_fullres'));
  await report(`${name}: validation of the second stage`, expected, found);

  const kept = join(work, name, 'kept');
  cpSync(expected, kept, { recursive: true });
  const swapped = join(work, name, 'swapped');
  cpSync(nextStage(theirs), swapped, { recursive: true });
  cpSync(nextStage(ours), nextStage(theirs), { recursive: true, force: true });
  cpSync(swapped, nextStage(ours), { recursive: true, force: true });
  nnunet('3d_cascade_fullres');
  fractura('3d_cascade_fullres');
  await report(`${name}: the same by nnU-Net on our labels`, kept, expected);
  await report(`${name}: the same by ours on nnU-Net's labels`, kept, found);
}

/** Says how many voxels differ between the label files of two folders. */
async function report(what, expected, found) {
  let [voxels, different] = [0, 0];
  const kinds = new Set();
  const names = readdirSync(expected).filter((name) => /\.(npz|nii\.gz)$/.test(name));
  for (const name of names) {
    const [a, b] = await Promise.all([expected, found].map((folder) => readLabels(join(folder, name))));
    if (a.shape.join() !== b.shape.join()) {
      throw new Error(`${name}: shapes ${a.shape} and ${b.shape}`);
    }
    a.data.forEach((label, i) => (different += Number(label !== b.data[i])));
    for (const label of a.data) {
      kinds.add(label);
    }
    voxels += a.data.length;
  }
  const holds = names.length > 0 && different === 0;
  if (!holds) {
    process.exitCode = 1;
  }
  const labels = `${[...kinds].length} labels`;
  console.log(
    `${holds ? 'holds' : 'FAILS'}  ${what}: ${different} of ${voxels} voxels differ, ${names.length} cases, ${labels}`,
  );
}

const readLabels = async (file) => (file.endsWith('.npz') ? (await readNpz(file)).get('seg') : readNifti(file));

try {
  const scenarios = { together: [], apart: ['6.5'], regions: ['3.2', 'regions'] };
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(scenarios);
  for (const name of names) {
    await check(name, scenarios[name]);
  }
} finally {
  if (process.env.KEEP) {
    console.log(work);
  } else {
    rmSync(work, { recursive: true, force: true });
  }
}
