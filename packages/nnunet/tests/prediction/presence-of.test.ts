import { expect, test } from '@jest/globals';
import { presenceOf } from '../../src/index.js';

const exclusive = { segmentationHeads: 2, hasRegions: false };
/** Of background and lesion, of two pixels. */
const probabilities = Float32Array.of(0.875, 0.25, 0.125, 0.75);

test('without a presence head it is the largest probability of foreground', () => {
  expect(presenceOf({ probabilities }, exclusive)).toEqual({ presence: 0.75, largestProbability: 0.75 });
});

test('with a presence head it is the mean of the most probable class and the largest probability of foreground', () => {
  const presence = Float32Array.of(-1, 0, -2);
  expect(presenceOf({ probabilities, presence }, exclusive)).toEqual({
    presence: 0.625,
    presenceHead: 0.5,
    largestProbability: 0.75,
  });
});

test('of regions the largest probability counts, which have no background', () => {
  const regions = { segmentationHeads: 2, hasRegions: true };
  expect(presenceOf({ probabilities }, regions)).toMatchObject({ largestProbability: 0.875 });
});
