import { expect, test } from '@jest/globals';
import { presenceOf } from '../../src/index.js';

const exclusive = { segmentationHeads: 2, hasRegions: false };
/** Of background and lesion, of two pixels. */
const probabilities = Float32Array.of(0.875, 0.25, 0.125, 0.75);

test('without a presence head it is the largest probability of foreground', () => {
  expect(presenceOf({ probabilities }, exclusive)).toEqual({ presence: 0.75, largestProbability: 0.75 });
});

test('with a presence head it is the mean of the log odds of the most probable class and of the largest probability', () => {
  const presence = Float32Array.of(-1, 0, -2);
  expect(presenceOf({ probabilities, presence }, exclusive)).toEqual({
    // Odds of 1 and of 3.
    presence: expect.closeTo(Math.sqrt(3) / (1 + Math.sqrt(3)), 12) as unknown,
    presenceHead: 0.5,
    largestProbability: 0.75,
  });
});

test('of regions the largest probability counts, which have no background', () => {
  const regions = { segmentationHeads: 2, hasRegions: true };
  expect(presenceOf({ probabilities }, regions)).toMatchObject({ largestProbability: 0.875 });
});
