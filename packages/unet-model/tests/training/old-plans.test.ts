import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import type { NetworkPlans } from '@fractura/nnunet-format';
import { checkpointFile } from '@fractura/tfjs-training/checkpoints';
import { loadNetwork, readUnetCheckpoint, trainFold, type TrainFoldOptions } from '../../src/index.js';
import { useWasm } from '../support/engine.js';
import { toyCases, toyDatasetJson, toyPlans } from '../support/toy-dataset.js';

/** The toy's network in the flat keys of nnU-Net 2.0 to 2.2. */
const oldPlans: NetworkPlans = {
  plans_name: 'nnUNetPlans',
  dataset_name: 'Dataset999_Toy',
  configurations: {
    '2d': {
      batch_size: 2,
      patch_size: [16, 16],
      batch_dice: true,
      UNet_class_name: 'PlainConvUNet',
      UNet_base_num_features: 4,
      unet_max_num_features: 8,
      n_conv_per_stage_encoder: [1, 1, 1],
      n_conv_per_stage_decoder: [1, 1],
      num_pool_per_axis: [2, 2],
      pool_op_kernel_sizes: [
        [1, 1],
        [2, 2],
        [2, 2],
      ],
      conv_kernel_sizes: [
        [3, 3],
        [3, 3],
        [3, 3],
      ],
    },
  },
};

let root: string;
beforeAll(async () => {
  await useWasm();
  root = await temporaryFolder('unet-model-old-plans-');
});

const optionsFor = (plans: NetworkPlans, name: string): TrainFoldOptions => ({
  plans,
  configuration: '2d',
  datasetJson: toyDatasetJson,
  cases: toyCases(3),
  split: { train: ['toy_0', 'toy_1'], val: ['toy_2'] },
  outputDirectory: join(root, name),
  epochs: 1,
  iterationsPerEpoch: 2,
  validationIterations: 1,
  workers: 0,
  seed: 7,
});

test('plans of nnU-Net 2.0 to 2.2 train and load the network that present ones describe', async () => {
  await trainFold(optionsFor(toyPlans, 'present'));
  await trainFold(optionsFor(oldPlans, 'old'));
  const [present, old] = await Promise.all(
    ['present', 'old'].map((name) => readUnetCheckpoint(checkpointFile(join(root, name), 'final'))),
  );
  expect(old.weights).toEqual(present.weights);
  expect(old.record.init_args.plans).toEqual(oldPlans);

  const shared = { folder: join(root, 'old'), configuration: '2d', datasetJson: toyDatasetJson };
  const networks = await Promise.all([toyPlans, oldPlans].map((plans) => loadNetwork({ ...shared, plans })));
  expect(networks[1].architecture).toEqual(networks[0].architecture);
  for (const network of networks) {
    network.dispose();
  }
});
