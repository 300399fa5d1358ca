import { MetricsError } from '../errors.js';
import { betaQuantile } from './beta.js';
import type { Interval } from './interval.js';
import { normalQuantile } from './normal.js';

/** How often something happened in how many trials. */
export interface Proportion {
  successes: number;
  trials: number;
  /** Default 0.95. */
  confidence?: number;
}

function check({ successes, trials, confidence = 0.95 }: Proportion): number {
  const whole = Number.isInteger(successes) && Number.isInteger(trials);
  if (!whole || successes < 0 || successes > trials || !(confidence > 0 && confidence < 1)) {
    throw new MetricsError(`${successes} of ${trials} at confidence ${confidence}`, {
      code: 'proportion-invalid',
      remedy: 'Give whole numbers, 0 <= successes <= trials, and a confidence between 0 and 1.',
    });
  }
  return confidence;
}

/**
 * Wilson's score interval (1927) for a proportion; 0 to 1 without any trial.
 *
 * @throws MetricsError `proportion-invalid`
 */
export function wilsonInterval(proportion: Proportion): Interval {
  const confidence = check(proportion);
  const { successes, trials } = proportion;
  if (trials === 0) return { value: NaN, lower: 0, upper: 1, confidence, method: 'wilson' };
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const share = successes / trials;
  const centre = share + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return {
    value: share,
    lower: successes === 0 ? 0 : (centre - spread) / scale,
    upper: successes === trials ? 1 : (centre + spread) / scale,
    confidence,
    method: 'wilson',
  };
}

/**
 * The exact interval of Clopper and Pearson (1934) for a proportion.
 *
 * @throws MetricsError `proportion-invalid`
 */
export function clopperPearsonInterval(proportion: Proportion): Interval {
  const confidence = check(proportion);
  const { successes, trials } = proportion;
  const side = (1 - confidence) / 2;
  return {
    value: successes / trials,
    lower: successes === 0 ? 0 : betaQuantile(side, successes, trials - successes + 1),
    upper: successes === trials ? 1 : betaQuantile(1 - side, successes + 1, trials - successes),
    confidence,
    method: 'clopper-pearson',
  };
}
