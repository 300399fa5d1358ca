import { checkGiven } from '../check-given.js';
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

/** How the bounds of a proportion are found; see {@link proportionInterval}. */
export type ProportionMethod =
  'wilson' | 'wilson-continuity' | 'clopper-pearson' | 'agresti-coull' | 'jeffreys' | 'normal';

/**
 * A confidence interval of a proportion; 0 to 1 without any trial.
 *
 * @param proportion `method`: Wilson's score interval (1927, the default), the same with continuity correction (Newcombe 1998),
 * the exact one of Clopper and Pearson (1934), Agresti and Coull's (1998), the Bayesian one of Jeffreys' prior (Brown, Cai and
 * DasGupta 2001), or the normal approximation (Wald), which is far too narrow for few trials.
 * @throws MetricsError `proportion-invalid`, `option-invalid`
 */
export function proportionInterval(options: Proportion & { method?: ProportionMethod }): Interval {
  const { successes, trials, confidence = 0.95, method = 'wilson' } = checkGiven(options, proportionIntervalRule);

  const whole = Number.isInteger(successes) && Number.isInteger(trials);
  if (!whole || successes < 0 || successes > trials || !(confidence > 0 && confidence < 1)) {
    throw new MetricsError(`The proportion is ${successes} of ${trials}, at confidence ${confidence}.`, {
      code: 'proportion-invalid',
      remedy: 'Give whole numbers, 0 <= successes <= trials, and a confidence between 0 and 1.',
    });
  }
  const bounds = trials === 0 ? [0, 1] : boundsBy(method, successes, trials, (1 - confidence) / 2);
  // Where the confidence is next to 0 both are the value itself, and rounding may put them the wrong way round.
  const [lower, upper] = [Math.min(...bounds), Math.max(...bounds)];
  return { value: successes / trials, lower, upper, confidence, method };
}

/** Wilson's score interval (1927). Throws as {@link proportionInterval}. */
export const wilsonInterval = (proportion: Proportion): Interval =>
  proportionInterval({ ...proportion, method: 'wilson' });

/** The exact interval of Clopper and Pearson (1934). Throws as {@link proportionInterval}. */
export const clopperPearsonInterval = (proportion: Proportion): Interval =>
  proportionInterval({ ...proportion, method: 'clopper-pearson' });

function boundsBy(method: ProportionMethod, successes: number, trials: number, side: number): [number, number] {
  const failures = trials - successes;
  const z = normalQuantile(1 - side);
  // The lower bound of the failures' share is what the upper one leaves: only lower bounds are written out.
  const mirrored = (lowerOf: (hits: number, misses: number) => number): [number, number] => [
    lowerOf(successes, failures),
    1 - lowerOf(failures, successes),
  ];
  switch (method) {
    case 'wilson':
      return mirrored((hits, misses) => {
        const spread = z * Math.sqrt((hits * misses) / trials + (z * z) / 4);
        return hits === 0 ? 0 : (hits + (z * z) / 2 - spread) / (trials + z * z);
      });
    case 'wilson-continuity':
      return mirrored((hits, misses) => {
        const spread = 1 + z * Math.sqrt(z * z - 2 - 1 / trials + (4 * hits * (misses + 1)) / trials);
        return hits === 0 ? 0 : Math.max(0, (2 * hits + z * z - spread) / (2 * (trials + z * z)));
      });
    case 'clopper-pearson':
      return [
        successes === 0 ? 0 : betaQuantile(side, successes, failures + 1),
        failures === 0 ? 1 : betaQuantile(1 - side, successes + 1, failures),
      ];
    case 'jeffreys':
      return [
        betaQuantile(side, successes + 0.5, failures + 0.5),
        betaQuantile(1 - side, successes + 0.5, failures + 0.5),
      ];
    case 'agresti-coull':
      return wald(successes + (z * z) / 2, trials + z * z, z);
    case 'normal':
      return wald(successes, trials, z);
    default:
      throw new MetricsError(`The method is ${String(method)}.`, {
        code: 'option-invalid',
        remedy: 'Give wilson, wilson-continuity, clopper-pearson, agresti-coull, jeffreys or normal.',
      });
  }
}

/** The share with as many standard errors to either side, cut off at 0 and 1. */
function wald(successes: number, trials: number, z: number): [number, number] {
  const share = successes / trials;
  const spread = z * Math.sqrt((share * (1 - share)) / trials);
  return [Math.max(0, share - spread), Math.min(1, share + spread)];
}

const proportionIntervalRule = {
  successes: 'finite number',
  trials: 'finite number',
  'method?': 'wilson|wilson-continuity|clopper-pearson|agresti-coull|jeffreys|normal',
};
