import type { CrossValidation } from '../../model/viewer-model.js';

/** A share as a percentage: whole, but tenths at both ends. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && (value < 1 || value > 99) && value < 100 ? value.toFixed(1) : Math.round(value)} %`;
}

/** What a probability of presence means, in words. */
export function presenceWords(presence: number, names: readonly string[]): string {
  const what = names.join(' or ');
  const word =
    presence >= 0.9
      ? 'very likely'
      : presence >= 0.65
        ? 'likely'
        : presence > 0.35
          ? 'uncertain'
          : presence > 0.1
            ? 'unlikely'
            : 'very unlikely';
  return `“${what}” is ${word}: ${percent(presence)}.`;
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
