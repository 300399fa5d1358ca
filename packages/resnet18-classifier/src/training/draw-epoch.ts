import { RandomState } from '@fractura/python-compat';
import { deriveEpochSeed, deriveSeed } from '@fractura/seeded-random';
import type { BatchPlan } from '../batches/batch-maker.js';
import { cutBatches } from '../batches/cut-batches.js';
import type { ClassifierSample } from '../data/classifier-sample.js';
import type { ClassifierRecipe } from '../recipe/recipe.js';

export interface DrawEpochOptions extends Pick<ClassifierRecipe, 'sampling' | 'augmentation'> {
  seed: number;
  /** From 0. */
  epoch: number;
  batchSize: number;
}

/**
 * The batches of an epoch, as many images as there are in all. They and the seeds of the images' changes follow from seed and epoch
 * alone, so that an epoch is the same whether the training was interrupted before it or not.
 */
export function drawEpoch(
  samples: readonly ClassifierSample[],
  { seed, epoch, sampling, augmentation, batchSize }: DrawEpochOptions,
): BatchPlan<ClassifierSample>[] {
  const random = new RandomState(deriveEpochSeed(seed, epoch));
  const drawn = sampling === 'balanced' ? drawBalanced(samples, random) : samples;
  const order = random.permutation(drawn.length);
  const items = Array.from(order, (index, place) => ({ sample: drawn[index], seed: deriveSeed(seed, epoch, place) }));
  return cutBatches(items, batchSize).map((batch) => {
    const plan: BatchPlan<ClassifierSample> = { samples: batch.map(({ sample }) => sample) };
    if (augmentation !== 'none') {
      plan.seeds = batch.map((item) => item.seed);
    }
    return plan;
  });
}

/** As many samples of every class that occurs, each of a class once before any is taken again. */
function drawBalanced(samples: readonly ClassifierSample[], random: RandomState): ClassifierSample[] {
  const labels = [...new Set(samples.map(({ label }) => label))].sort((a, b) => a - b);
  return labels.flatMap((label, place) => {
    const own = samples.filter((sample) => sample.label === label);
    const wanted =
      Math.floor(((place + 1) * samples.length) / labels.length) - Math.floor((place * samples.length) / labels.length);
    const drawn: ClassifierSample[] = [];
    while (drawn.length < wanted) {
      const round = Array.from(random.permutation(own.length), (index) => own[index]);
      drawn.push(...round.slice(0, wanted - drawn.length));
    }
    return drawn;
  });
}
