import { checkArguments, rule } from '@fractura/errors';
import { elementCount } from '@fractura/array-files';
import { NnunetPlannerError } from '../errors.js';

/** The network whose feature maps are counted. */
export interface CountedNetwork {
  residualEncoder: boolean;
  patchSize: readonly number[];
  /** One per stage. */
  strides: readonly (readonly number[])[];
  featuresPerStage: readonly number[];
  /** Convolutions (plain) or blocks (residual) of each encoder stage. */
  perStage: readonly number[];
  /** Convolutions of each decoder stage, from the bottleneck upwards. */
  perDecoderStage: readonly number[];
  outputChannels: number;
}

/**
 * Elements of all convolutions' outputs for one sample: what the planner's memory estimate counts.
 *
 * @see nnU-Net: dynamic_network_architectures/architectures/unet.py, compute_conv_feature_map_size
 */
export function featureMapElements(network: CountedNetwork): number {
  checkArguments({ network }, { network: countedNetworkRule }, NnunetPlannerError);
  const { patchSize, strides, featuresPerStage, perStage, perDecoderStage, outputChannels, residualEncoder } = network;
  let size = [...patchSize];
  const voxels: number[] = [];
  for (const stride of strides) {
    size = size.map((extent, axis) => Math.floor(extent / stride[axis]));
    voxels.push(elementCount(size));
  }
  const stages = strides.length;
  let elements = outputChannels * voxels[0];
  if (residualEncoder) {
    elements += featuresPerStage[0] * elementCount(patchSize);
  }
  for (let stage = 0; stage < stages; stage += 1) {
    const map = featuresPerStage[stage] * voxels[stage];
    elements += (residualEncoder ? 2 : 1) * perStage[stage] * map;
    // A first block that changes size or channels has a skip path with a convolution of its own.
    const changes =
      stage > 0 && (featuresPerStage[stage] !== featuresPerStage[stage - 1] || strides[stage].some((s) => s !== 1));
    if (residualEncoder && changes) {
      elements += map;
    }
  }
  for (let level = 0; level < stages - 1; level += 1) {
    elements += (perDecoderStage[stages - 2 - level] + 1) * featuresPerStage[level] * voxels[level];
  }
  return elements;
}

/** What {@link CountedNetwork} must be. */
export const countedNetworkRule = rule.fields({
  residualEncoder: rule.flag,
  patchSize: rule.listOf(rule.anyNumber),
  strides: rule.listOf(rule.listOf(rule.anyNumber)),
  featuresPerStage: rule.listOf(rule.anyNumber),
  perStage: rule.listOf(rule.anyNumber),
  perDecoderStage: rule.listOf(rule.anyNumber),
  outputChannels: rule.anyNumber,
});
