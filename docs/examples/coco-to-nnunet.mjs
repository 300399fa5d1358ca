/**
 * Only the data side: COCO images and annotations become a raw data set that real nnU-Net takes, checked and planned here.
 *
 *   node coco-to-nnunet.mjs [IMAGES ANNOTATIONS]      (without them on a small data set that it makes)
 */
import { join, resolve } from 'node:path';
import { convertCoco } from '@fractura/coco-to-nifti';
import { planDataset } from '@fractura/nnunet-planner';
import { makeData } from './make-data.mjs';

const [images, annotations] = process.argv.slice(2);
const source = annotations === undefined ? await makeData('data') : { images, annotations };

// Each category becomes a label; `labels` and `regions` would group them, `size` would scale the images.
const { folder, cases, skipped, labels } = await convertCoco({
  ...source,
  output: 'nnUNet_raw',
  datasetId: 501,
  datasetName: 'Wrist',
  overwrite: true,
});
console.log(
  `${folder}: ${cases.length} cases, labels ${Object.keys(labels).join(', ')}, ${skipped.length} images skipped`,
);

// The plans that nnU-Net would make, from the same fingerprint (intensities agree to 1e-5).
const { plansFile, explanation, integrity } = await planDataset({
  folder,
  outputFolder: join('nnUNet_preprocessed', 'Dataset501_Wrist'),
  verifyIntegrity: true,
});
console.log(`${integrity.cases} cases checked; plans: ${plansFile}\n${explanation}`);

console.log(`
Train with nnU-Net, which takes this plan and preprocesses in its own format:

  export nnUNet_raw='${resolve('nnUNet_raw')}' nnUNet_preprocessed='${resolve('nnUNet_preprocessed')}' nnUNet_results='${resolve('nnUNet_results')}'
  nnUNetv2_preprocess -d 501 -c 2d
  nnUNetv2_train 501 2d 0`);
