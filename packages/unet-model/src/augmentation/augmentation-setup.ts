import { initialPatchSize } from './initial-patch.js';

/**
 * `none`: patches as they are; `light`: mirroring, brightness and contrast; `default`: nnU-Net's set.
 *
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py,
 *   configure_rotation_dummyDA_mirroring_and_inital_patch_size and get_training_transforms
 */
export type AugmentationName = 'none' | 'light' | 'default';

/** How patches are cut and changed. Plain data, so that it can travel to a worker. */
export interface AugmentationSetup {
  name: AugmentationName;
  /** What is cut out of an image, `[z, y, x]`. */
  initialZYX: readonly number[];
  /** What the network sees, `[z, y, x]`. */
  finalZYX: readonly number[];
  /** Axes that rotation, scaling and low resolution act on: y and x in 2D and in flat 3D patches, else all. */
  spatialAxes: readonly number[];
  /** Axes that blurring acts on: those of the network. */
  networkAxes: readonly number[];
  /** Largest angle of a rotation either way, in radians. */
  largestAngle: number;
  /** Axes that may be reversed, 0 to 2 for z, y, x. */
  mirrorAxes: readonly number[];
  /** Channels set to 0 outside the non-zero region, as their normalisation did. */
  maskedChannels: readonly number[];
  /** Labels of the previous stage that become channels, in their order; none but in a cascade's second stage. */
  previousStageLabels: readonly number[];
}

export interface AugmentationOptions {
  /** `[height, width]` or `[depth, height, width]`. */
  patchSize: readonly number[];
  /** The plan's `use_mask_for_norm`. */
  useMaskForNorm?: readonly boolean[];
  /** Axes of the patch to mirror along. Default: all, and none without augmentation. */
  mirrorAxes?: readonly number[];
  /** Labels of the previous stage that become channels. Default: none. */
  previousStageLabels?: readonly number[];
}

/** A 3D patch whose first axis is this many times shorter than its longest is augmented slice by slice. */
const flatPatch = 3;

/** The set-up for patches of a size. */
export function setUpAugmentation(
  name: AugmentationName,
  {
    patchSize,
    useMaskForNorm = [],
    mirrorAxes = patchSize.map((_, axis) => axis),
    previousStageLabels = [],
  }: AugmentationOptions,
): AugmentationSetup {
  const leading = 3 - patchSize.length;
  const finalZYX = [...Array.from({ length: leading }, () => 1), ...patchSize];
  const networkAxes = patchSize.map((_, axis) => leading + axis);
  const flat = patchSize.length === 3 && Math.max(...patchSize) / patchSize[0] > flatPatch;
  const largestAngle = radians(rotationRange(patchSize, flat));
  const enlarged = name === 'default' ? initialPatchSize(patchSize, largestAngle) : patchSize;
  return {
    name,
    initialZYX: [...finalZYX.slice(0, leading), ...enlarged].map((extent, axis) =>
      flat && axis === 0 ? finalZYX[0] : extent,
    ),
    finalZYX,
    spatialAxes: flat ? [1, 2] : networkAxes,
    networkAxes,
    largestAngle,
    mirrorAxes: name === 'none' ? [] : mirrorAxes.map((axis) => leading + axis),
    maskedChannels: useMaskForNorm.flatMap((masked, channel) => (masked ? [channel] : [])),
    previousStageLabels,
  };
}

/** In degrees either way. */
function rotationRange(patchSize: readonly number[], flat: boolean): number {
  if (patchSize.length === 3) {
    return flat ? 180 : 30;
  }
  return Math.max(...patchSize) / Math.min(...patchSize) > 1.5 ? 15 : 180;
}

const radians = (degrees: number) => (degrees / 180) * Math.PI;
