import { readLabels } from '@fractura/nnunet-format';
import { differentiate } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { lesionLoss, type LesionLossOptions } from '../../src/loss/lesion-loss.js';
import { disposeTarget, makeTarget, type Target } from '../../src/loss/target.js';
import { useWasm } from '../support/engine.js';
import { largestDifference, toChannelsFirst, toChannelsLast } from '../support/layout.js';
import { readVectors, type VectorArray } from '../support/vectors.js';

beforeAll(useWasm);

const softplus = (z: number) => Math.log(1 + Math.exp(z));
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** The loss of logits `[batch, height, width, channels]`. */
function lossOf(
  logits: tf.Tensor,
  target: Target,
  { regions, presence, ...options }: LesionLossOptions & { regions: boolean; presence?: tf.Tensor },
): number {
  const context = { targets: [target], regions, batchDice: true };
  return lesionLoss(options)({ logits: [logits], presence }, context).dataSync()[0];
}

describe('by hand', () => {
  /** Two films of one row of two pixels; the first shows a lesion in its second pixel. */
  const shape = [2, 1, 2];
  const labels = Int16Array.of(0, 1, 0, 0);
  const exclusive = readLabels({ labels: { background: 0, lesion: 1 } });
  /** Logits of the lesion against those of the background, which are 0. */
  const z = [1, 2, -1, 0.5];
  const logits = () =>
    tf.tensor4d(
      z.flatMap((lesion) => [0, lesion]),
      [2, 1, 2, 2],
    );
  const entropies = [softplus(1), 3 * softplus(-2), softplus(-1), softplus(0.5)];
  const entropy = entropies.reduce((sum, value) => sum + value, 0) / 4;
  const dice = (probabilities: readonly number[]) =>
    (2 * sigmoid(2) + 1) / (probabilities.reduce((sum, p) => sum + p, 0) + 1 + 1);
  const peak = (first: number, second: number) => Math.log((Math.exp(4 * first) + Math.exp(4 * second)) / 2) / 4;
  const none: LesionLossOptions = { crossEntropyWeight: 0, diceWeight: 0, presenceWeight: 0, peakWeight: 0 };

  test('a pixel of a lesion counts three times in the cross-entropy', () => {
    const target = makeTarget({ labels, shape }, exclusive);
    expect(lossOf(logits(), target, { ...none, crossEntropyWeight: 1, regions: false })).toBeCloseTo(entropy, 6);
  });

  test.each([
    ['lesions', [1, 2]],
    ['all', z],
  ] as const)('Dice over %s sums the probabilities of these films', (diceOver, counted) => {
    const target = makeTarget({ labels, shape }, exclusive);
    const expected = 1 - dice(counted.map(sigmoid));
    expect(lossOf(logits(), target, { ...none, diceWeight: 1, diceOver, regions: false })).toBeCloseTo(expected, 6);
  });

  test('the presence head is told which film has a lesion', () => {
    const target = makeTarget({ labels, shape }, exclusive);
    const presence = tf.tensor2d([1.5, -0.5], [2, 1]);
    const expected = (softplus(-1.5) + softplus(-0.5)) / 2;
    expect(lossOf(logits(), target, { ...none, presenceWeight: 1, presence, regions: false })).toBeCloseTo(expected, 6);
    expect(lossOf(logits(), target, { ...none, presenceWeight: 1, regions: false })).toBe(0);
  });

  test('the peak of the map is told which film has a lesion, where it has a weight', () => {
    const target = makeTarget({ labels, shape }, exclusive);
    const expected = (softplus(-peak(1, 2)) + softplus(peak(-1, 0.5))) / 2;
    expect(lossOf(logits(), target, { ...none, peakWeight: 1, regions: false })).toBeCloseTo(expected, 6);
    expect(lossOf(logits(), target, { ...none, regions: false })).toBe(0);
  });

  test('by default the terms weigh 5, 1, 1 and 0.1', () => {
    const target = makeTarget({ labels, shape }, exclusive);
    const presence = tf.tensor2d([1.5, -0.5], [2, 1]);
    const ofFilms = (first: number, second: number) => (softplus(-first) + softplus(second)) / 2;
    const expected =
      5 * entropy + 1 - dice([1, 2].map(sigmoid)) + ofFilms(1.5, -0.5) + 0.1 * ofFilms(peak(1, 2), peak(-1, 0.5));
    expect(lossOf(logits(), target, { presence, regions: false })).toBeCloseTo(expected, 5);
  });

  test('regions have a cross-entropy and a Dice of their own each', () => {
    const regions = readLabels({
      labels: { background: 0, bone: [1, 2], lesion: [2] },
      regions_class_order: [1, 2],
    });
    const target = makeTarget({ labels: Int16Array.of(0, 2, 1, 0), shape }, regions);
    const inBone = [1, 2, -1, 0.5];
    const inLesion = [-2, 1, 0, -1];
    const both = tf.tensor4d(
      inBone.flatMap((bone, v) => [bone, inLesion[v]]),
      [2, 1, 2, 2],
    );
    const expectedEntropy =
      (softplus(1) + 3 * softplus(-2) + 3 * softplus(1) + softplus(0.5)) / 8 +
      (softplus(-2) + 3 * softplus(-1) + softplus(0) + softplus(-1)) / 8;
    expect(lossOf(both, target, { ...none, crossEntropyWeight: 1, regions: true })).toBeCloseTo(expectedEntropy, 6);
    const sum = (values: readonly number[]) => values.map(sigmoid).reduce((total, p) => total + p, 0);
    // Bone is in both films, the lesion in the first alone.
    const ofBone = (2 * (sigmoid(2) + sigmoid(-1)) + 1) / (sum(inBone) + 2 + 1);
    const ofLesion = (2 * sigmoid(1) + 1) / (sum(inLesion.slice(0, 2)) + 1 + 1);
    expect(lossOf(both, target, { ...none, diceWeight: 1, regions: true })).toBeCloseTo(1 - (ofBone + ofLesion) / 2, 6);
  });

  test('pixels with the ignore label change nothing', () => {
    const ignoring = readLabels({ labels: { background: 0, lesion: 1, ignore: 2 } });
    const target = makeTarget({ labels: Int16Array.of(0, 1, 2, 0), shape }, ignoring);
    const wild = tf.tensor4d(
      [1, 2, 40, 0.5].flatMap((lesion) => [0, lesion]),
      [2, 1, 2, 2],
    );
    expect(lossOf(logits(), target, { regions: false, diceOver: 'all' })).toBeCloseTo(
      lossOf(wild, target, { regions: false, diceOver: 'all' }),
      6,
    );
  });

  test('a batch without any lesion has no Dice to lose', () => {
    const target = makeTarget({ labels: new Int16Array(4), shape }, exclusive);
    expect(lossOf(logits(), target, { ...none, diceWeight: 1, regions: false })).toBe(0);
    expect(lossOf(logits(), target, { ...none, diceWeight: 1, diceOver: 'all', regions: false })).toBeGreaterThan(0.5);
  });
});

interface LesionLossVector {
  name: string;
  regions: number[][] | null;
  ignore: number | null;
  diceOver: 'lesions' | 'all';
  weights: LesionLossOptions;
  labels: VectorArray;
  logits: VectorArray;
  presence: VectorArray | null;
  loss: number;
  gradients: number[];
  presenceGradients: number[] | null;
}

const vectors = [
  ...(readVectors('losses/lesion_loss.json') as LesionLossVector[]),
  ...(readVectors('losses/lesion_peaks.json') as LesionLossVector[]),
];

test.each(vectors)('$name: value and gradients are PyTorch’s', ({ regions, ignore, logits, presence, ...vector }) => {
  const names: Record<string, number | number[]> = { background: 0 };
  if (regions) {
    regions.forEach((labels, r) => (names[`region${r}`] = labels));
  } else {
    for (let label = 1; label < logits.shape[1]; label += 1) {
      names[`class${label}`] = label;
    }
  }
  if (ignore !== null) {
    names.ignore = ignore;
  }
  const set = readLabels({ labels: names, regions_class_order: regions?.map((_, r) => r + 1) });
  const target = makeTarget({ labels: Int16Array.from(vector.labels.data), shape: vector.labels.shape }, set);
  const lastLogits = toChannelsLast(logits.data, logits.shape);
  const z = tf.variable(tf.tensor(lastLogits.data, lastLogits.shape));
  const present = presence ? tf.variable(tf.tensor(presence.data, presence.shape)) : undefined;
  const loss = lesionLoss({ peakWeight: 0, ...vector.weights, diceOver: vector.diceOver });
  const { value, gradients } = differentiate(
    () => loss({ logits: [z], presence: present }, { targets: [target], regions: regions !== null, batchDice: true }),
    present ? [z, present] : [z],
  );
  expect(Math.abs(value.dataSync()[0] / vector.loss - 1)).toBeLessThan(1e-5);
  const gradient = gradients[0]!;
  expect(largestDifference(toChannelsFirst(gradient.dataSync(), gradient.shape), vector.gradients)).toBeLessThan(1e-6);
  if (present) {
    expect(largestDifference(gradients[1]!.dataSync(), vector.presenceGradients!)).toBeLessThan(1e-6);
  }
  tf.dispose([z, value, ...gradients.map((each) => each!)]);
  present?.dispose();
  disposeTarget(target);
});
