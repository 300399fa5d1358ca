import { setImmediate as nextTurn } from 'node:timers/promises';
import { StatisticsEstimate } from '@fractura/tfjs-training';
import type { BatchMaker, BatchPlan } from '../batches/batch-maker.js';
import type { ClassifierSample, ImageSize } from '../data/classifier-sample.js';
import type { ClassifierRecipe } from '../recipe/recipe.js';
import { includeBatch, type TrainedNetwork } from './batch-steps.js';

export interface EstimateStatisticsOptions {
  maker: BatchMaker;
  size: ImageSize;
  recipe: Pick<ClassifierRecipe, 'frozenStride'>;
  signal?: AbortSignal | undefined;
}

/** Measures the running statistics of a network's batch norms on batches; those of frozen stages stay. */
export async function estimateStatistics(
  trained: Pick<TrainedNetwork, 'network' | 'precision'>,
  plans: readonly BatchPlan<ClassifierSample>[],
  { maker, size, recipe, signal }: EstimateStatisticsOptions,
): Promise<void> {
  const estimate = new StatisticsEstimate(trained.network);
  for await (const { plan, data } of maker.batches(plans)) {
    signal?.throwIfAborted();
    const shape: [number, number, number, number] = [plan.samples.length, size.height, size.width, size.channels];
    includeBatch(estimate, trained, { data, shape }, recipe);
    await nextTurn();
  }
}
