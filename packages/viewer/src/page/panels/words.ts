import type { CrossValidation, ViewerClassifier } from '../../model/viewer-model.js';

/** A share as a percentage: whole, but tenths at both ends. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && (value < 1 || value > 99) && value < 100 ? value.toFixed(1) : Math.round(value)} %`;
}

/** What a probability of presence means, in words. */
export function presenceWords(presence: number, names: readonly string[]): string {
  return `“${names.join(' or ')}” is ${likelihood(presence)}: ${percent(presence)}.`;
}

function likelihood(probability: number): string {
  if (probability >= 0.9) {
    return 'very likely';
  }
  if (probability >= 0.65) {
    return 'likely';
  }
  if (probability > 0.35) {
    return 'uncertain';
  }
  return probability > 0.1 ? 'unlikely' : 'very unlikely';
}

/** How far to trust the model, by what it did on images that it had not seen. */
export function calibrationWords(
  measured: CrossValidation | undefined,
  { threshold, hasHead }: { threshold: number | null; hasHead: boolean },
): string {
  const source = hasHead
    ? 'The probability joins what the network says of the whole film and of its most probable pixel. It is not calibrated: compare films by it, do not read it as a frequency.'
    : 'The probability is that of the most probable pixel. It is not calibrated: compare films by it, do not read it as a frequency.';
  if (measured === undefined || threshold === null) {
    return source;
  }
  const { dice, falseAlarms, images } = measured;
  const alarms =
    falseAlarms === null
      ? ''
      : ` and marked something on ${percent(falseAlarms)} of ${images[1]} films without a lesion`;
  return `${source} In cross-validation, at the cut-off ${threshold}, it reached a mean Dice of ${dice.toFixed(2)} on ${images[0]} films with a lesion${alarms}.`;
}

/** What a classifier says of a film: of two classes how likely the second is, of more all of them, the most probable first. */
export function classificationWords(probabilities: Readonly<Record<string, number>>): string {
  const named = Object.entries(probabilities);
  if (named.length === 2) {
    const [, [name, probability]] = named;
    return `By the classifier, “${name}” is ${likelihood(probability)}: ${percent(probability)}.`;
  }
  const sorted = named.sort(([, a], [, b]) => b - a);
  return `By the classifier: ${sorted.map(([name, probability]) => `“${name}” ${percent(probability)}`).join(', ')}.`;
}

/** How far to trust the classifier's probability. */
export function classifierCalibrationWords({ classes, calibration }: ViewerClassifier): string {
  if (calibration === undefined) {
    return 'Its probability is not calibrated: compare films by it, do not read it as a frequency.';
  }
  const { images, temperature, point } = calibration;
  const source =
    `Its probability is calibrated on ${images} films that chose its weights (temperature ${temperature.toFixed(2)}): ` +
    'a frequency among films like those, with classes as frequent as there.';
  if (point === undefined) {
    return source;
  }
  return (
    `${source} There, counting films from ${percent(point.threshold)} on as “${classes[1]}” found ` +
    `${percent(point.sensitivity)} of such films and passed ${percent(point.specificity)} of the others.`
  );
}
