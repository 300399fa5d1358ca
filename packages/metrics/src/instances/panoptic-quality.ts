import { checkGiven } from '../check-given.js';
import { instanceMapsRule, matchInstances, type InstanceMaps, type InstanceMatch } from './match-instances.js';

/** How well instances were found, and how well those found were outlined. */
export interface PanopticQuality {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  /** NaN where nothing was predicted. */
  precision: number;
  /** NaN where there is nothing to find. */
  recall: number;
  /** 2 TP / (2 TP + FP + FN), the F1 score of the instances; NaN where there are none at all. */
  recognitionQuality: number;
  /** Mean IoU of the matches; 0 where there is none, NaN where there are no instances at all. */
  segmentationQuality: number;
  /** Mean Dice of the matches, likewise. */
  segmentationQualityDice: number;
  /** recognition quality x segmentation quality (IoU). */
  panopticQuality: number;
  /** recognition quality x segmentation quality (Dice). */
  panopticQualityDice: number;
  /** Mean `distance` of the matches; infinite where there is none, NaN where there are no instances at all. */
  meanDistance?: number;
  matches: InstanceMatch[];
}

/** Two maps of instances, and what else to measure of the pairs. */
export interface PanopticQualityOptions extends InstanceMaps {
  /**
   * A distance of a matched pair, of its two masks, such as `meanAverageSurfaceDistance(...).value` (`sq_assd` of panoptica). It is
   * given from outside so that counting does not bring the code that measures surfaces.
   */
  distance?: (reference: Uint8Array, prediction: Uint8Array) => number;
}

/**
 * Panoptic quality of one class (Kirillov et al., CVPR 2019) with the detection scores under it.
 *
 * @throws MetricsError `length-mismatch`, `label-invalid`, `option-invalid`
 */
export function panopticQuality(options: PanopticQualityOptions): PanopticQuality {
  const { distance, ...maps } = checkGiven(options, instanceMapsRule);

  const { matches, referenceInstances, predictedInstances } = matchInstances(maps);
  const truePositives = matches.length;
  const all = referenceInstances + predictedInstances;
  const recognition = (2 * truePositives) / all;
  const meanOf = (measure: (match: InstanceMatch) => number, withoutMatch = 0) => {
    if (truePositives > 0) {
      return matches.reduce((sum, match) => sum + measure(match), 0) / truePositives;
    }
    return all === 0 ? NaN : withoutMatch;
  };
  const maskOf = (map: ArrayLike<number>, instance: number) =>
    Uint8Array.from(map, (label) => Number(label === instance));
  const [iou, dice] = [meanOf((match) => match.iou), meanOf((match) => match.dice)];
  return {
    truePositives,
    falsePositives: predictedInstances - truePositives,
    falseNegatives: referenceInstances - truePositives,
    precision: truePositives / predictedInstances,
    recall: truePositives / referenceInstances,
    recognitionQuality: recognition,
    segmentationQuality: iou,
    segmentationQualityDice: dice,
    panopticQuality: recognition * iou,
    panopticQualityDice: recognition * dice,
    meanDistance: distance
      ? meanOf(
          ({ reference, prediction }) =>
            distance(maskOf(maps.reference, reference), maskOf(maps.prediction, prediction)),
          Infinity,
        )
      : undefined,
    matches,
  };
}
