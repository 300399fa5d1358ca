import { elementCount } from '@fractura/array-files';
import { describeArchitecture, type PlanConfiguration } from '@fractura/nnunet-format';
import { roundHalfToEven } from '@fractura/python-compat';
import { NnunetPlannerError } from '../errors.js';
import { featureMapElements } from './feature-map-elements.js';
import { minimumEdge, networkTopology, type NetworkTopology } from './network-topology.js';
import type { PlannerPreset } from './planner-presets.js';

/** Batch sizes that the reference values stand for. */
const referenceBatch = { '2d': 12, '3d': 2 };
/** Voxels of the first patch along each axis, were all spacings alike. */
const firstPatchEdge = { '2d': 2048, '3d': 256 };
const firstFeatures = 32;
const maximalFeatures = { '2d': 512, '3d': 320 };
const smallestBatch = 2;
const residualBlocksPerStage = [1, 3, 4, 6, 6, 6];

/** What one configuration is planned from. */
export interface ConfigurationRequest {
  preset: PlannerPreset;
  gpuMemoryTargetGb: number;
  /** Of the resampled images, two numbers in 2D. */
  spacing: readonly number[];
  medianShape: readonly number[];
  dataIdentifier: string;
  /** Voxels of all resampled images together. */
  datasetVoxels: number;
  outputChannels: number;
  normalizationSchemes: string[];
  useMaskForNorm: boolean[];
}

/** The network for one patch and what its feature maps take. */
interface SizedNetwork extends NetworkTopology {
  featuresPerStage: number[];
  perStage: number[];
  perDecoderStage: number[];
  elements: number;
}

/** How a patch and batch came about, for explanations. */
export interface PlanningTrace {
  firstPatch: number[];
  /** Patches tried, each too large, before the last that fits. */
  reductions: number[][];
  elements: number;
  referenceElements: number;
  /** Samples in a batch of which the reference elements stand for the memory target. */
  referenceBatch: number;
  gpuMemoryTargetGb: number;
  batchByMemory: number;
  batchByDataset: number;
}

/** A configuration, and how it came about. */
export interface PlannedConfiguration {
  configuration: PlanConfiguration;
  trace: PlanningTrace;
}

/**
 * Chooses the patch as large as memory allows in the images' proportions, the network for it, and the batch that fills the
 * memory that is left.
 *
 * @throws NnunetPlannerError `images-too-small` where nnU-Net plans a network of one stage, which it cannot train;
 *   `memory-target-invalid`
 * @see nnU-Net: nnunetv2/experiment_planning/experiment_planners/default_experiment_planner.py, ExperimentPlanner.get_plans_for_configuration
 */
export function planConfiguration(request: ConfigurationRequest): PlannedConfiguration {
  const { preset, gpuMemoryTargetGb, spacing, medianShape, datasetVoxels } = request;
  const dimension = spacing.length === 2 ? '2d' : '3d';
  const referenceElements = preset.reference[dimension] * (gpuMemoryTargetGb / preset.referenceGb);
  const network = (patch: readonly number[]) => sizeNetwork(patch, request, dimension);

  const firstPatch = proportionalPatch(spacing, firstPatchEdge[dimension]).map((extent, axis) =>
    Math.min(extent, medianShape[axis]),
  );
  let sized = network(firstPatch);
  if (sized.strides.length < 2) {
    throw new NnunetPlannerError(
      `The median image has ${firstPatch.join(' x ')} voxels, too few for a network to pool.`,
      {
        code: 'images-too-small',
        remedy: `Images need at least ${2 * minimumEdge} voxels along two axes, or ${3 * minimumEdge} along one: enlarge them.`,
      },
    );
  }
  const reductions: number[][] = [];
  const tooLarge = ({ elements }: SizedNetwork) =>
    (preset.residualEncoder ? elements : (elements / referenceBatch[dimension]) * 2) > referenceElements;
  while (tooLarge(sized)) {
    reductions.push(sized.patchSize);
    const smaller = reduceLargestAxis(sized, medianShape, spacing);
    if (smaller.some((extent) => extent < 1)) {
      throw tooLittleMemory(request.gpuMemoryTargetGb, sized.patchSize);
    }
    sized = network(smaller);
  }

  const batchByMemory = roundHalfToEven((referenceElements / sized.elements) * referenceBatch[dimension]);
  const batchByDataset = roundHalfToEven((datasetVoxels * preset.largestShare) / elementCount(sized.patchSize));
  return {
    configuration: {
      data_identifier: request.dataIdentifier,
      preprocessor_name: 'DefaultPreprocessor',
      batch_size: Math.max(Math.min(batchByMemory, batchByDataset), smallestBatch),
      patch_size: sized.patchSize,
      median_image_size_in_voxels: [...medianShape],
      spacing: [...spacing],
      normalization_schemes: request.normalizationSchemes,
      use_mask_for_norm: request.useMaskForNorm,
      resampling_fn_data: 'resample_data_or_seg_to_shape',
      resampling_fn_seg: 'resample_data_or_seg_to_shape',
      resampling_fn_data_kwargs: { is_seg: false, order: 3, order_z: 0, force_separate_z: null },
      resampling_fn_seg_kwargs: { is_seg: true, order: 1, order_z: 0, force_separate_z: null },
      resampling_fn_probabilities: 'resample_data_or_seg_to_shape',
      resampling_fn_probabilities_kwargs: { is_seg: false, order: 1, order_z: 0, force_separate_z: null },
      architecture: describeArchitecture({ ...sized, residualEncoder: preset.residualEncoder }),
      batch_dice: true,
    },
    trace: {
      firstPatch,
      reductions,
      elements: sized.elements,
      referenceElements,
      batchByMemory,
      batchByDataset,
      referenceBatch: referenceBatch[dimension],
      gpuMemoryTargetGb: request.gpuMemoryTargetGb,
    },
  };
}

function tooLittleMemory(target: number, patch: readonly number[]): NnunetPlannerError {
  return new NnunetPlannerError(`Not even a patch of ${patch.join(' x ')} fits ${target} GB.`, {
    code: 'memory-target-invalid',
    remedy: 'Give a larger memory target.',
  });
}

/** A patch of the images' proportions in space whose voxels are those of a cube (square) of this edge. */
function proportionalPatch(spacing: readonly number[], edge: number): number[] {
  const inverse = spacing.map((value) => 1 / value);
  const scale =
    (edge ** spacing.length / inverse.reduce((volume, extent) => volume * extent, 1)) ** (1 / spacing.length);
  return inverse.map((value) => roundHalfToEven(value * scale));
}

function sizeNetwork(patch: readonly number[], request: ConfigurationRequest, dimension: '2d' | '3d'): SizedNetwork {
  const { preset, spacing, outputChannels } = request;
  const topology = networkTopology(spacing, patch);
  const stages = topology.strides.length;
  const featuresPerStage = topology.strides.map((_, stage) =>
    Math.min(maximalFeatures[dimension], firstFeatures * 2 ** stage),
  );
  const perStage = topology.strides.map((_, stage) =>
    preset.residualEncoder ? residualBlocksPerStage[Math.min(stage, residualBlocksPerStage.length - 1)] : 2,
  );
  const perDecoderStage = Array.from({ length: stages - 1 }, () => (preset.residualEncoder ? 1 : 2));
  const { residualEncoder } = preset;
  const elements = featureMapElements({
    ...topology,
    residualEncoder,
    featuresPerStage,
    perStage,
    perDecoderStage,
    outputChannels,
  });
  return { ...topology, featuresPerStage, perStage, perDecoderStage, elements };
}

/** Takes one divisor off the axis that covers most of the median image; of equals, the last. */
function reduceLargestAxis(
  { patchSize, divisors }: SizedNetwork,
  medianShape: readonly number[],
  spacing: readonly number[],
): number[] {
  const covered = patchSize.map((extent, axis) => extent / medianShape[axis]);
  const axis = covered.lastIndexOf(Math.max(...covered));
  const less = (by: number) => patchSize.map((extent, i) => (i === axis ? extent - by : extent));
  // A smaller patch may pool less: the divisor that counts is that of the reduced patch, so that no size is skipped.
  return less(networkTopology(spacing, less(divisors[axis])).divisors[axis]);
}
