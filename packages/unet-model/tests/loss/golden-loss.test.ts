import { beforeAll, expect, test } from '@jest/globals';
import { differentiate, scheduledLearningRate } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import {
  deeplySupervisedLoss,
  deepSupervisionScales,
  deepSupervisionWeights,
} from '../../src/loss/deep-supervision.js';
import { segmentationLoss } from '../../src/loss/segmentation-loss.js';
import { disposeTarget, makeTarget, type Target } from '../../src/loss/target.js';
import { readLabels, type LabelSet } from '@fractura/nnunet-format';
import { countVoxels, movingAverage } from '../../src/training/pseudo-dice.js';
import { mustShowForeground } from '../../src/data/patch-box.js';
import { useWasm } from '../support/engine.js';
import { largestDifference, toChannelsFirst, toChannelsLast } from '../support/layout.js';
import { readVectors, type VectorArray } from '../support/vectors.js';

interface LossVector {
  name: string;
  logits: VectorArray;
  target: VectorArray;
  loss: number;
  grad_logits: number[];
}

const { cases, deep_supervision, online } = readVectors('losses/losses.json') as {
  cases: LossVector[];
  deep_supervision: {
    weights: number[];
    outputs: VectorArray[];
    targets: VectorArray[];
    loss: number;
    grads: (number[] | null)[];
  };
  online: Record<'tp' | 'fp' | 'fn' | 'tp_ignore' | 'fp_ignore' | 'fn_ignore', number[]>;
};
const misc = readVectors('misc.json') as {
  poly_lr: Record<string, Record<string, number>>;
  deep_supervision: { strides: number[][]; scales: number[][]; weights: (number | null)[] }[];
  oversample_forced_foreground: { batch_size: number; forced: number }[];
  ema: { mean_fg_dice: number[]; ema_fg_dice: number[] };
};

beforeAll(useWasm);

/** Label sets of as many plain labels as there are channels, or of as many regions. */
function labelSet(channels: number, { ignore, regions }: { ignore: boolean; regions: boolean }): LabelSet {
  if (regions) {
    return {
      hasRegions: true,
      allLabels: [],
      foregroundLabels: [],
      foreground: [],
      segmentationHeads: channels,
      channelLabels: Array.from({ length: channels }, () => []),
      ignoreLabel: ignore ? 1 : undefined,
      annotatedKey: undefined,
    };
  }
  const labels: Record<string, number> = Object.fromEntries(
    Array.from({ length: channels }, (_, i) => [i === 0 ? 'background' : `c${i}`, i]),
  );
  if (ignore) {
    labels.ignore = channels;
  }
  return readLabels({ labels });
}

/** The channels of region cases stand in the vector as they are; the last may be the ignore mask. */
function regionTarget({ shape, data }: VectorArray, channels: number): Target {
  const last = toChannelsLast(Float32Array.from(data), shape);
  const all = tf.tensor(last.data, last.shape);
  const begin = last.shape.map(() => 0);
  const hot = tf.slice(all, begin, [...last.shape.slice(0, -1), channels]);
  if (last.shape.at(-1) === channels) {
    return { hot };
  }
  const ignored = tf.slice(all, [...begin.slice(0, -1), channels], [...last.shape.slice(0, -1), 1]);
  return { hot, mask: tf.sub(1, ignored) };
}

function labelTarget({ shape, data }: VectorArray, set: LabelSet): Target {
  return makeTarget({ labels: Int16Array.from(data), shape: [shape[0], ...shape.slice(2)] }, set);
}

function variableOf({ shape, data }: VectorArray): tf.Variable {
  const last = toChannelsLast(Float32Array.from(data), shape);
  return tf.tidy(() => tf.variable(tf.tensor(last.data, last.shape)));
}

test.each(cases)('$name', async ({ name, logits, target, loss, grad_logits }) => {
  const channels = logits.shape[1];
  const regions = name.includes('regions');
  const set = labelSet(channels, { regions, ignore: name.includes('ignore') });
  const z = variableOf(logits);
  const reference = regions ? regionTarget(target, channels) : labelTarget(target, set);
  const { value, gradients } = differentiate(
    () =>
      segmentationLoss(z, reference, {
        regions,
        batchDice: !name.endsWith('False'),
        weightCrossEntropy: name.startsWith('dice_only') ? 0 : undefined,
        weightDice: name.startsWith('ce_only') ? 0 : undefined,
      }),
    [z],
  );
  expect((await value.data())[0]).toBeCloseTo(loss, 5);
  const gradient = gradients[0]!;
  expect(
    largestDifference(toChannelsFirst(await gradient.data(), gradient.shape), Float32Array.from(grad_logits)),
  ).toBeLessThan(1e-6);
  tf.dispose([value, gradient, z]);
  disposeTarget(reference);
});

test('deep supervision weighs the outputs, and leaves out the lowest', async () => {
  const { outputs, targets, loss, grads, weights } = deep_supervision;
  const variables = outputs.map(variableOf);
  const set = labelSet(outputs[0].shape[1], { regions: false, ignore: false });
  const references = targets.map((target) => labelTarget(target, set));
  expect(deepSupervisionWeights(outputs.length)).toEqual(weights);
  const { value, gradients } = differentiate(
    () => deeplySupervisedLoss(variables, references, { regions: false, batchDice: true }),
    variables,
  );
  expect((await value.data())[0]).toBeCloseTo(loss, 5);
  for (const [i, gradient] of gradients.entries()) {
    const actual = gradient
      ? toChannelsFirst(await gradient.data(), gradient.shape)
      : new Float32Array(outputs[i].data.length);
    expect(largestDifference(actual, Float32Array.from(grads[i] ?? actual))).toBeLessThan(1e-6);
  }
  expect(gradients.at(-1)).toBeNull();
  tf.dispose([value, ...variables, ...gradients.filter((gradient) => gradient !== null)]);
  references.forEach(disposeTarget);
});

test.each([
  ['dc_ce_2d_batchdice_True', false],
  ['dc_ce_2d_ignore3_batchdice_True', true],
])('counts the voxels of %s', (name, ignore) => {
  const { logits, target } = cases.find((each) => each.name === name)!;
  const set = labelSet(3, { regions: false, ignore });
  const labels = { labels: Int16Array.from(target.data), shape: [] };
  const counts = countVoxels(toChannelsLast(Float32Array.from(logits.data), logits.shape).data, labels, set);
  const expected = (key: 'tp' | 'fp' | 'fn') => online[ignore ? (`${key}_ignore` as const) : key].slice(1);
  for (const key of ['tp', 'fp', 'fn'] as const) {
    expect(counts.map((count) => count[key])).toEqual(expected(key));
  }
});

test.each(misc.deep_supervision)('scales and weights for strides $strides', ({ strides, scales, weights }) => {
  expect(deepSupervisionScales({ strides, spatialRank: strides[0].length as 2 | 3 })).toEqual(scales);
  // The reference divides 0 by 0 for a single output.
  const expected = weights.map((weight) => weight ?? 1);
  deepSupervisionWeights(scales.length).forEach((weight, i) => {
    expect(weight).toBeCloseTo(expected[i], 12);
  });
});

test('the learning rate falls as the reference says', () => {
  for (const [epochs, rates] of Object.entries(misc.poly_lr)) {
    for (const [epoch, rate] of Object.entries(rates)) {
      expect(scheduledLearningRate('poly', 0.01, Number(epoch), Number(epochs))).toBeCloseTo(rate, 15);
    }
  }
});

test('as many samples of a batch must show foreground as in the reference', () => {
  for (const { batch_size: size, forced } of misc.oversample_forced_foreground) {
    expect(Array.from({ length: size }, (_, j) => mustShowForeground(j, size)).filter(Boolean)).toHaveLength(forced);
  }
});

test('the moving average of the pseudo Dice', () => {
  let average: number | undefined;
  for (const [i, mean] of misc.ema.mean_fg_dice.entries()) {
    average = movingAverage(average, mean);
    expect(average).toBeCloseTo(misc.ema.ema_fg_dice[i], 14);
  }
});
