/** Trainings on noise, as `measureTraining` has them, whose steps and networks the checks can look into. */
import { openBatchSource } from '../../packages/unet-model/src/batches/batch-source.ts';
import { trainOnBatch } from '../../packages/unet-model/src/training/batch-steps.ts';
import { disposeFold, prepareFold } from '../../packages/unet-model/src/training/prepare-fold.ts';
import { architecture, plans } from '../../packages/unet-model/bench/planned-unet.mjs';

/**
 * The plan of the benchmarks with other patches.
 *
 * @param features of each stage; default the plan's six.
 */
export function planOfSize(edge, batchSize, features = architecture.arch_kwargs.features_per_stage) {
  const stages = features.length;
  const { kernel_sizes: kernels, strides } = architecture.arch_kwargs;
  const sized = {
    ...architecture.arch_kwargs,
    n_stages: stages,
    features_per_stage: features,
    kernel_sizes: kernels.slice(0, stages),
    strides: strides.slice(0, stages),
    n_conv_per_stage: features.map(() => 2),
    n_conv_per_stage_decoder: features.slice(1).map(() => 2),
  };
  const configuration = {
    ...plans.configurations['2d'],
    architecture: { ...architecture, arch_kwargs: sized },
    batch_size: batchSize,
    patch_size: [edge, edge],
  };
  return { ...plans, configurations: { '2d': configuration } };
}

/**
 * @param recipe of `@fractura/unet-model`
 * @param cases default one film of noise
 * @param steps of the whole training, along which the learning rate changes
 * @returns the network; a function that does one step on the next batch or a given one and gives its loss; one that makes a batch; one
 *   that frees all.
 */
export async function openTraining(
  plan,
  recipe,
  { cases = [noise(plan.configurations['2d'].patch_size)], steps: iterationsPerEpoch = 1000 } = {},
) {
  const ids = cases.map(({ id }) => id);
  const fold = prepareFold({
    plans: plan,
    configuration: '2d',
    datasetJson: { channel_names: { 0: 'X-ray' }, labels: { background: 0, fracture: 1 } },
    recipe,
    precision: 'float32',
    cases,
    split: { train: ids, val: ids },
    outputDirectory: '',
    workers: 0,
    seed: 1,
    epochs: 1,
    iterationsPerEpoch,
  });
  const makeBatch = await openBatchSource(fold.sources[0]);
  let iteration = 0;
  /** Computes up to the reading of the loss before it returns. */
  const stepOn = (batch) => {
    const learningRate = recipe.learningRate({ epoch: 0, epochs: 1, iteration, iterationsPerEpoch });
    iteration += 1;
    return trainOnBatch(fold.context, batch, learningRate);
  };
  return {
    network: fold.context.network,
    stepOn,
    step: async () => stepOn(await makeBatch(iteration)),
    makeBatch,
    dispose: () => {
      disposeFold(fold);
    },
  };
}

function noise([height, width]) {
  return {
    id: 'noise',
    data: Float32Array.from({ length: height * width }, (_, i) => Math.sin(12.9898 * i)),
    shape: [1, 1, height, width],
    segmentation: Int16Array.from({ length: height * width }, (_, i) => Number(i % 7 === 0)),
    classLocations: {},
  };
}
