import { checkGiven } from '../check-given.js';
import { checkConvention, type Convention, type ConventionOptions, type EmptyMask } from './convention.js';
import { checkGrid, cropToForeground, type Grid } from './grid.js';
import {
  emptyMaskOf,
  inPrediction,
  inReference,
  markMasks,
  maskGridRule,
  type MarkedMasks,
  type MaskPair,
} from './masks.js';
import { emptyDice } from './overlap.js';
import { skeletonVoxels } from './skeletonize.js';

/** How well the centre lines of two masks lie in one another. */
export interface CenterlineDice {
  /** 2 precision sensitivity / (precision + sensitivity), clDice. */
  value: number;
  /** The share of the predicted skeleton that lies in the reference. */
  topologyPrecision: number;
  /** The share of the reference's skeleton that lies in the prediction. */
  topologySensitivity: number;
  convention: Convention;
  emptyMask: EmptyMask;
}

/**
 * Centerline Dice, for tubes and other thin shapes: Dice's coefficient of skeletons in masks, which asks for connections rather
 * than for volume. Skeletons are those of {@link skeletonize}.
 *
 * With an empty mask it is what the convention's Dice is, under `metrics-reloaded` NaN; where neither skeleton lies in the other
 * mask it is 0, under `metrics-reloaded`, which divides by 0, NaN.
 * A few tiny volumes, such as 2x2x2 voxels, have no skeleton, here as in scikit-image: NaN.
 *
 * @throws MetricsError `length-mismatch`, `mask-empty`, `label-invalid`, `shape-invalid`, `spacing-invalid`,
 * `convention-unknown`
 * @see Shit et al. 2021, "clDice: a novel topology-preserving loss function for tubular structure segmentation", equations 1 to 3
 */
export function centerlineDice(options: MaskPair & Grid & ConventionOptions): CenterlineDice {
  checkGiven(options, maskGridRule);

  return centerlineDiceOf(markMasks(options), options);
}

/** {@link centerlineDice} of masks that are marked already. */
export function centerlineDiceOf(
  { marks, counts }: MarkedMasks,
  options: MaskPair & Grid & ConventionOptions,
): CenterlineDice {
  const volume = checkGrid(options, marks.length);
  const settings = checkConvention(options);
  const emptyMask = emptyMaskOf(counts);
  const crop = cropToForeground(marks, volume);
  const share = (of: number, within: number): number => {
    const skeleton = crop ? skeletonVoxels(crop, volume, of) : [];
    return skeleton.filter((i) => (crop!.marks[i] & within) !== 0).length / skeleton.length;
  };
  const topologyPrecision = share(inPrediction, inReference);
  const topologySensitivity = share(inReference, inPrediction);
  const sum = topologyPrecision + topologySensitivity;
  const strict = settings.convention === 'metrics-reloaded';
  const measured = sum === 0 && !strict ? 0 : (2 * topologyPrecision * topologySensitivity) / sum;
  const value = strict ? measured : (emptyDice(emptyMask, settings) ?? measured);
  return { value, topologyPrecision, topologySensitivity, convention: settings.convention, emptyMask };
}
