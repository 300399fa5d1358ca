import { deriveSeed, drawsFrom } from '@fractura/seeded-random';
import { SearchError } from '../errors.js';
import { numberAt } from '../space/numbers-of-range.js';
import { applies, type Point, type SettingValue, type Space } from '../space/space.js';

export interface RandomPointsOptions {
  /** How many points, all different. A space with fewer gives as many as were found. */
  points: number;
  /** A whole number from 0 to 2^32 - 1; the same seed gives the same points. */
  seed: number;
}

/** Draws in a row that give a known point, after which a space counts as used up. */
const mostRepeats = 200;

/**
 * Points drawn at random, each from a seed of its own, so that the first points stay the same where more are asked for.
 *
 * @throws SearchError `points-invalid`
 * @see Bergstra and Bengio, Random Search for Hyper-Parameter Optimization, JMLR 13, 2012
 */
export function randomPoints(space: Space, { points: wanted, seed }: RandomPointsOptions): Point[] {
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new SearchError(`${wanted} points cannot be drawn.`, {
      code: 'points-invalid',
      remedy: 'Ask for a whole number of points from 1.',
    });
  }
  const points = new Map<string, Point>();
  let repeats = 0;
  for (let index = 0; points.size < wanted && repeats < mostRepeats; index += 1) {
    const point = draw(space, deriveSeed(seed, index));
    const key = JSON.stringify(point);
    repeats = points.has(key) ? repeats + 1 : 0;
    points.set(key, point);
  }
  return [...points.values()];
}

function draw(space: Space, seed: number): Point {
  const draws = drawsFrom(seed);
  const point: Record<string, SettingValue> = {};
  for (const [name, parameter] of Object.entries(space)) {
    // Drawn in any case: whether an earlier setting makes it apply does not change the later ones.
    const share = draws.between(0, 1);
    if (applies(parameter, point)) {
      point[name] =
        'choices' in parameter
          ? parameter.choices[Math.floor(share * parameter.choices.length)]
          : numberAt(parameter, share);
    }
  }
  return point;
}
