import type { DatasetFingerprint } from '../fingerprint/extract-fingerprint.js';
import { planWithTraces, type PlanExperimentOptions } from './plan-experiment.js';
import type { PlanConfiguration } from '../plans/plans.js';
import type { PlanningTrace } from './plan-configuration.js';

/** Why each configuration of a plan is as it is, in words and numbers, one paragraph each. */
export function explainPlan(options: PlanExperimentOptions): string {
  const { plans, traces } = planWithTraces(options);
  const head =
    `${plans.dataset_name}: ${options.fingerprint.shapes_after_crop.length} cases, median size ` +
    `${plans.original_median_shape_after_transp.join(' x ')} voxels, median spacing ` +
    `${plans.original_median_spacing_after_transp.join(' x ')}. ${cropText(options.fingerprint)}`;
  const paragraphs = Object.entries(traces).map(([name, trace]) =>
    explainConfiguration(name, plans.configurations[name] as PlanConfiguration, trace),
  );
  return [head, ...paragraphs].join('\n\n');
}

function cropText({ median_relative_size_after_cropping: relative }: DatasetFingerprint): string {
  return `The crop to non-zero keeps ${(100 * relative).toFixed(1)} % of the voxels.`;
}

function explainConfiguration(name: string, configuration: PlanConfiguration, trace: PlanningTrace): string {
  const { patch_size: patch, batch_size: batch, spacing, median_image_size_in_voxels: median } = configuration;
  const { strides, features_per_stage: features } = configuration.architecture.arch_kwargs as {
    strides: number[][];
    features_per_stage: number[];
  };
  const divisors = patch.map((_, axis) => strides.reduce((product, stride) => product * stride[axis], 1));
  const million = (elements: number) => `${(elements / 1e6).toFixed(1)} million`;
  const reduced =
    trace.reductions.length === 0
      ? 'it fits the memory as it is'
      : `${trace.reductions.length} reductions (${trace.reductions.map((tried) => tried.join(' x ')).join(', ')}) made it fit the memory`;
  const limit = Math.min(trace.batchByMemory, trace.batchByDataset);
  const batchReason =
    batch > limit
      ? 'the smallest that is allowed'
      : trace.batchByDataset < trace.batchByMemory
        ? `limited by the size of the data set; memory would hold ${trace.batchByMemory}`
        : 'what the memory holds';
  return [
    `${name}: patch ${patch.join(' x ')}, batch ${batch}, ${features.length} stages.`,
    `  Images come to a median of ${median.join(' x ')} voxels at spacing ${spacing.join(' x ')}.`,
    `  Patch: it begins at ${trace.firstPatch.join(' x ')} (the image's proportions, no larger than the median image); ${reduced};`,
    `  each axis is a multiple of ${divisors.join(' x ')}.`,
    `  Depth: axes are halved ${divisors.map(Math.log2).join(' x ')} times, until an edge would fall below 4 voxels or the`,
    `  spacings differ; features ${features.join(', ')}.`,
    `  Memory: ${million(trace.elements)} feature-map elements a sample; the limit stands for ${million(trace.referenceElements)}.`,
    `  Batch: ${batchReason}.`,
  ].join('\n');
}
