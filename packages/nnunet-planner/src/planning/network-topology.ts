import { checkArguments, rule } from '@fractura/errors';
import { NnunetPlannerError } from '../errors.js';

/** Poolings and kernels of a U-Net for a patch. */
export interface NetworkTopology {
  /** Poolings along each axis. */
  poolings: number[];
  /** One per stage, the first all ones. */
  strides: number[][];
  /** One per stage. */
  kernelSizes: number[][];
  /** The patch, enlarged so that every pooling halves it. */
  patchSize: number[];
  /** What each axis of the patch is divisible by. */
  divisors: number[];
}

/** Shortest edge of a feature map, in voxels. */
export const minimumEdge = 4;

/**
 * Pools every axis as long as its feature map stays long enough, finer axes first, until all spacings are alike; a kernel
 * is 1 along an axis that is still much coarser than the finest.
 *
 * @param maximalPoolings along any one axis; nnU-Net's planners set no limit.
 * @see nnU-Net: nnunetv2/experiment_planning/experiment_planners/network_topology.py, get_pool_and_conv_props
 */
export function networkTopology(
  spacing: readonly number[],
  patchSize: readonly number[],
  options: { maximalPoolings?: number } = {},
): NetworkTopology {
  checkArguments({ spacing, patchSize, options }, networkTopologyArguments, NnunetPlannerError);
  const { maximalPoolings = Infinity } = options;
  let current = [...spacing];
  const size = [...patchSize];
  const poolings = spacing.map(() => 0);
  const kernel = spacing.map(() => 1);
  const strides = [spacing.map(() => 1)];
  const kernelSizes: number[][] = [];
  for (;;) {
    const long = spacing.map((_, axis) => axis).filter((axis) => size[axis] >= 2 * minimumEdge);
    if (long.length === 0) {
      break;
    }
    const finest = Math.min(...long.map((axis) => current[axis]));
    const pooled = long.filter((axis) => current[axis] / finest < 2 && poolings[axis] < maximalPoolings);
    if (pooled.length === 1 && size[pooled[0]] < 3 * minimumEdge) {
      break;
    }
    if (pooled.length === 0) {
      break;
    }
    const smallest = Math.min(...current);
    kernel.forEach((extent, axis) => {
      if (extent !== 3 && current[axis] / smallest < 2) {
        kernel[axis] = 3;
      }
    });
    kernelSizes.push([...kernel]);
    strides.push(spacing.map((_, axis) => (pooled.includes(axis) ? 2 : 1)));
    for (const axis of pooled) {
      poolings[axis] += 1;
      size[axis] = Math.ceil(size[axis] / 2);
    }
    current = current.map((value, axis) => (pooled.includes(axis) ? value * 2 : value));
  }
  kernelSizes.push(spacing.map(() => 3));
  const divisors = poolings.map((count) => 2 ** count);
  return {
    poolings,
    strides,
    kernelSizes,
    patchSize: patchSize.map((extent, axis) => Math.ceil(extent / divisors[axis]) * divisors[axis]),
    divisors,
  };
}

const networkTopologyArguments = {
  spacing: rule.listOf(rule.number()),
  patchSize: rule.listOf(rule.number()),
  options: rule.fields({ maximalPoolings: rule.optional(rule.number()) }),
};
