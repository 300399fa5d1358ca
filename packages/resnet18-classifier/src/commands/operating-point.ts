import type { OperatingPoint } from '@fractura/metrics';
import { operatingPointNames, type OperatingPointName } from '../calibration/calibrate.js';
import { Resnet18ClassifierError } from '../errors.js';
import type { Classifier } from '../inference/open-classifier.js';

export const operatingPointOption = {
  'operating-point': {
    kind: 'string',
    describe:
      'how two classes are told apart, as found on the validation images: by Youden’s index, at the wanted sensitivity or specificity, or by the more probable class (default: youden where there is one)',
    choices: [...operatingPointNames, 'none'],
  },
} as const;

/**
 * The operating point that a user names.
 *
 * @throws Resnet18ClassifierError `operating-point-missing`
 */
export function operatingPointOf(
  { calibration, classNames }: Pick<Classifier, 'calibration' | 'classNames'>,
  wanted: OperatingPointName | 'none' | undefined,
): OperatingPoint | undefined {
  if (wanted === 'none') {
    return undefined;
  }
  const point = calibration?.operatingPoints[wanted ?? 'youden'];
  if (point !== undefined || wanted === undefined) {
    return point;
  }
  throw new Resnet18ClassifierError(`The classifier has no operating point ${wanted}.`, {
    code: 'operating-point-missing',
    remedy:
      classNames.length === 2
        ? 'Train with validation images of both classes, or take the more probable class with --operating-point none.'
        : `It tells ${classNames.length} classes apart; operating points are for two. Leave --operating-point out.`,
  });
}
