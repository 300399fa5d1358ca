import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { betaQuantile } from './beta.js';
import { checkConfidence, type Interval } from './interval.js';

/**
 * The mean of a few independent values, such as scores of trainings with different seeds, with Student's interval of the mean. Of one
 * value the bounds are NaN: it says nothing of the spread.
 *
 * @throws MetricsError `option-invalid`; `no-cases` where there is no value
 * @see Student, The probable error of a mean, Biometrika 6, 1908
 */
export function studentInterval(values: readonly number[], options: { confidence?: number } = {}): Interval {
  checkGiven({ values, options }, studentIntervalArguments);
  const { confidence = 0.95 } = options;

  checkConfidence(confidence);
  const count = values.length;
  if (count === 0) {
    throw new MetricsError('There is no value whose mean could be taken.', {
      code: 'no-cases',
      remedy: 'Give at least one value, and two for an interval.',
    });
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const half = count === 1 ? NaN : studentQuantile(confidence, count - 1) * Math.sqrt(variance / count);
  return { value: mean, lower: mean - half, upper: mean + half, confidence, method: 'student' };
}

/** Within how many standard errors of the mean a share of Student's distribution lies. */
function studentQuantile(share: number, degrees: number): number {
  // P(|T| > t) is the regularised incomplete beta function at degrees / (degrees + t^2).
  const x = betaQuantile(1 - share, degrees / 2, 1 / 2);
  return Math.sqrt((degrees * (1 - x)) / x);
}

const studentIntervalArguments = { values: ['finite number'], options: 'object' };
