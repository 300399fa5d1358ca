// Checks that weights travel: real nnU-Net must load what `fractura weights convert` writes and give the same labels.
//
//   npm run interop -- nnunet-weights                  both models of ../shared/reference/nnunet-checkpoint
//   npm run interop -- nnunet-weights MODEL IMAGES     a model folder of ours, and images for it
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { readNifti } from '@fractura/volume-io';
import { call, callNnunet, program, root } from './programs.mjs';

const work = mkdtempSync(join(tmpdir(), 'fractura-weights-'));
const fractura = (...args) => call(process.execPath, [program, ...args, '--quiet'], work);

/** The folds of a model folder. */
const foldsOf = (model) =>
  readdirSync(model)
    .filter((name) => /^fold_\d+$/.test(name))
    .map((name) => name.slice('fold_'.length));

function predictWithNnunet(model, images, output) {
  const options = ['-i', images, '-o', output, '-m', model, '-f', ...foldsOf(model), '-device', 'cpu'];
  callNnunet([['predict_from_modelfolder', ...options]], work);
}

/** How many voxels of how many differ between the labels of two folders. */
async function compare(expected, found) {
  let [voxels, different, cases] = [0, 0, 0];
  for (const name of readdirSync(expected).filter((file) => file.endsWith('.nii.gz'))) {
    const [a, b] = await Promise.all([readNifti(join(expected, name)), readNifti(join(found, name))]);
    if (a.shape.join() !== b.shape.join()) {
      throw new Error(`${name}: ${a.shape} and ${b.shape}`);
    }
    a.data.forEach((label, i) => (different += Number(label !== b.data[i])));
    voxels += a.data.length;
    cases += 1;
  }
  return { cases, voxels, different };
}

async function checkReference(variant) {
  const folder = join(root, '../shared/reference/nnunet-checkpoint', variant);
  const name = readdirSync(join(folder, 'model'))[0];
  const model = join(folder, 'model', name);
  const [own, back] = ['own', 'back'].map((step) => join(work, variant, step, name));
  fractura('weights', 'convert', model, own);
  fractura('weights', 'convert', own, back);
  fractura('predict', '-i', join(folder, 'imagesTs'), '-o', join(work, variant, 'ours'), '-m', own);
  predictWithNnunet(back, join(folder, 'imagesTs'), join(work, variant, 'theirs'));
  return [
    [
      `${variant}: ours by the converted .safetensors`,
      await compare(join(folder, 'pred_tta'), join(work, variant, 'ours')),
    ],
    [
      `${variant}: nnU-Net by the .pth converted back`,
      await compare(join(folder, 'pred_tta'), join(work, variant, 'theirs')),
    ],
  ];
}

async function checkOwn(model, images) {
  const exported = join(work, 'exported', basename(resolve(model)));
  fractura('weights', 'convert', model, exported);
  fractura('predict', '-i', images, '-o', join(work, 'ours'), '-m', model);
  predictWithNnunet(exported, images, join(work, 'theirs'));
  return [['nnU-Net by the exported .pth', await compare(join(work, 'ours'), join(work, 'theirs'))]];
}

try {
  const [model, images] = process.argv.slice(2);
  const results = model
    ? await checkOwn(model, images)
    : [...(await checkReference('plain')), ...(await checkReference('resenc'))];
  let failed = false;
  for (const [what, { cases, voxels, different }] of results) {
    // The reference accumulates in float16; its README allows one pixel of an image.
    const holds = cases > 0 && different <= cases;
    failed ||= !holds;
    console.log(`${holds ? 'holds' : 'FAILS'}  ${what}: ${different} of ${voxels} voxels in ${cases} cases differ`);
  }
  process.exitCode = failed ? 1 : 0;
} finally {
  rmSync(work, { recursive: true, force: true });
}
