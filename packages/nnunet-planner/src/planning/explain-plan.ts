import { checkOptions } from '@fractura/errors';
import type { DatasetFingerprint, PlanConfiguration, Plans } from '@fractura/nnunet-format';
import type { PlanningTrace } from './plan-configuration.js';
import {
  type PlanExperimentOptions,
  planExperimentOptionsRule,
  planWithTraces,
  type TracedPlans,
} from './plan-experiment.js';
import { medianPerAxis } from './target-spacing.js';
import { NnunetPlannerError } from '../errors.js';

/** Why each configuration of a plan is as it is, in words and numbers, one paragraph each. */
export function explainPlan(options: PlanExperimentOptions): string {
  checkOptions(options, planExperimentOptionsRule, NnunetPlannerError);
  return explainTraces(planWithTraces(options), options.fingerprint);
}

/** The same, of plans that are made already. */
export function explainTraces({ plans, traces }: TracedPlans, fingerprint: DatasetFingerprint): string {
  const paragraphs = Object.entries(traces).map(([name, trace]) =>
    explainConfiguration(name, plans.configurations[name] as PlanConfiguration, trace),
  );
  return [explainDataset(plans, fingerprint), ...paragraphs, explainChoice(plans)].join('\n\n');
}

const times = (values: readonly number[]): string => values.map((value) => shorten(value)).join(' x ');
const shorten = (value: number): string => String(Number(value.toPrecision(6)));

function explainDataset(plans: Plans, fingerprint: DatasetFingerprint): string {
  const { median_relative_size_after_cropping: relative } = fingerprint;
  const forward = plans.transpose_forward;
  const moved = forward.some((axis, i) => axis !== i);
  const full = (plans.configurations['3d_fullres'] ?? plans.configurations['2d']) as PlanConfiguration;
  const median = forward.map((axis) => medianPerAxis(fingerprint.spacings)[axis]);
  const target = full.spacing.length === 3 ? full.spacing : [median[0], ...full.spacing];
  const channels = full.normalization_schemes.map(
    (scheme, channel) => `${scheme}${full.use_mask_for_norm[channel] ? ' within the non-zero mask' : ''}`,
  );
  return [
    `${plans.dataset_name}: ${fingerprint.shapes_after_crop.length} cases, median size ` +
      `${times(plans.original_median_shape_after_transp)} voxels, median spacing ` +
      `${times(plans.original_median_spacing_after_transp)}. The crop to non-zero keeps ${(100 * relative).toFixed(1)} % of the voxels.`,
    `  Axes: the coarsest comes first${moved ? `, so that they are reordered to ${forward.join(', ')}` : '; it does already'}.`,
    `  Spacing: images are brought to ${times(target)}, ` +
      (target.every((value, axis) => value === median[axis])
        ? 'the median.'
        : 'not the median: it was asked for, or the coarse axis is brought to its 10th percentile.'),
    `  Intensities: ${channels.join(', ')}.`,
  ].join('\n');
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
      : `${trace.reductions.length} reductions (${trace.reductions.map(times).join(', ')}) made it fit the memory`;
  const share = (trace.elements * batch) / trace.referenceBatch / trace.referenceElements;
  return [
    `${name}: patch ${times(patch)}, batch ${batch}, ${features.length} stages.`,
    `  Images come to a median of ${times(median)} voxels at spacing ${times(spacing)}.`,
    `  Patch: it begins at ${times(trace.firstPatch)} (the image's proportions, no larger than the median image); ${reduced};`,
    `  each axis is a multiple of ${times(divisors)}.`,
    `  Depth: axes are halved ${divisors.map(Math.log2).join(' x ')} times, until an edge would fall below 4 voxels or the`,
    `  spacings differ; features ${features.join(', ')}.`,
    `  Memory: ${million(trace.elements)} feature-map elements a sample; the limit stands for ${million(trace.referenceElements)}`,
    `  in a batch of ${trace.referenceBatch}. This batch takes about ${(share * trace.gpuMemoryTargetGb).toFixed(1)} of ${trace.gpuMemoryTargetGb} GB (${Math.round(100 * share)} %).`,
    `  Batch: ${batchReason(batch, trace)}.`,
  ].join('\n');
}

function batchReason(batch: number, { batchByMemory, batchByDataset }: PlanningTrace): string {
  if (batch > Math.min(batchByMemory, batchByDataset)) {
    return 'the smallest that is allowed';
  }
  if (batchByDataset >= batchByMemory) {
    return 'what the memory holds';
  }
  return `limited by the size of the data set; memory would hold ${batchByMemory}`;
}

function explainChoice({ configurations }: Plans): string {
  if (configurations['3d_fullres'] === undefined) {
    return 'The images have one slice, so that there is no 3D configuration.';
  }
  if (configurations['3d_lowres'] === undefined) {
    return 'A patch of 3d_fullres covers enough of the median image, so that there is no 3d_lowres and no cascade.';
  }
  return (
    'A patch of 3d_fullres covers less than a quarter of the median image, so that 3d_lowres sees more at a coarser spacing, ' +
    'and 3d_cascade_fullres refines it.'
  );
}
