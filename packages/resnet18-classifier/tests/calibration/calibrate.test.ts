import { expect, test } from '@jest/globals';
import { calibrate, decide } from '../../src/index.js';

const scores = [-3, -2, -1, 0.5, 0, 1, 2, 3];
const logits = scores.map((score) => [0, score]);
const labels = [0, 0, 0, 0, 1, 1, 1, 1];

test('operating points are those of the validation images, as calibrated probabilities', () => {
  const { temperature, images, operatingPoints } = calibrate({ labels, logits }, { sensitivity: 1, specificity: 1 });
  expect(images).toBe(8);
  const probability = (score: number) => 1 / (1 + Math.exp(-score / temperature));
  expect(operatingPoints.youden!.threshold).toBeCloseTo(probability(1), 12);
  expect(operatingPoints.sensitivity).toMatchObject({ sensitivity: 1, specificity: 0.75 });
  expect(operatingPoints.sensitivity!.threshold).toBeCloseTo(probability(0), 12);
  expect(operatingPoints.specificity).toMatchObject({ sensitivity: 0.75, specificity: 1 });
});

test('of images of one class, and of three classes, there are none', () => {
  expect(calibrate({ labels: labels.map(() => 0), logits }).operatingPoints).toEqual({});
  const three = { labels: [0, 1, 2], logits: [0, 1, 2].map((label) => [0, 1, 2].map((k) => (k === label ? 1 : 0))) };
  expect(calibrate(three).operatingPoints).toEqual({});
});

test('a point that no image reaches is left out: it could not be written as JSON', () => {
  const upsideDown = { labels: labels.map((label) => 1 - label), logits };
  const calibration = calibrate(upsideDown, { specificity: 1 });
  expect(calibration.operatingPoints.specificity).toBeUndefined();
  expect(JSON.parse(JSON.stringify(calibration))).toEqual(calibration);
});

test('an image counts as of the second class from the threshold on, or where that is more probable', () => {
  const point = { threshold: 0.2, sensitivity: 1, specificity: 0.5 };
  expect([0.19, 0.2].map((second) => decide([1 - second, second], point))).toEqual([0, 1]);
  expect([0.49, 0.51].map((second) => decide([1 - second, second]))).toEqual([0, 1]);
  expect(decide([0.2, 0.3, 0.5])).toBe(2);
});
