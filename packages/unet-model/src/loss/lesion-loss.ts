import { composed } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { SegmentationOutput } from '../network/segmentation-network.js';
import type { LossContext } from './loss-context.js';
import type { Target } from './target.js';

/** Weights of the terms. */
export interface LesionLossOptions {
  /** Of the cross-entropy. Default 5. */
  crossEntropyWeight?: number;
  /** Of a pixel of a lesion within the cross-entropy, relative to one of the background. Default 3. */
  lesionWeight?: number;
  /** Of the soft Dice. Default 1. */
  diceWeight?: number;
  /** Over which films of a batch the soft Dice is summed. Default `lesions`: those with a lesion. */
  diceOver?: 'lesions' | 'all';
  /** Of the presence head's cross-entropy. Default 1. */
  presenceWeight?: number;
  /** Of the cross-entropy of the film's peak: the smooth maximum of its logits tells whether it has a lesion, too. Default 0.1. */
  peakWeight?: number;
}

/** First values that worked; what each is for stands at {@link LesionLossOptions}. */
export const lesionLossDefaults: Required<LesionLossOptions> = {
  crossEntropyWeight: 5,
  lesionWeight: 3,
  diceWeight: 1,
  diceOver: 'lesions',
  presenceWeight: 1,
  peakWeight: 0.1,
};

const smooth = 1;

/** How near to the maximum the smooth maximum is: a lesion of 0.3 % of the pixels counts as if it filled the film at logits higher by 1.5. */
const peakSharpness = 4;

/** So far below every logit that its exponential is 0. */
const unseen = 1e4;

/**
 * The loss of networks that look for something small: cross-entropy in which a lesion's pixels weigh more, one soft Dice over all
 * films of the batch that have a lesion, and the cross-entropies of the presence head and of the map's own peak, whose truth is
 * whether any of a class is in view.
 * The highest resolution alone counts.
 */
export function lesionLoss({
  crossEntropyWeight = lesionLossDefaults.crossEntropyWeight,
  lesionWeight = lesionLossDefaults.lesionWeight,
  diceWeight = lesionLossDefaults.diceWeight,
  diceOver = lesionLossDefaults.diceOver,
  presenceWeight = lesionLossDefaults.presenceWeight,
  peakWeight = lesionLossDefaults.peakWeight,
}: LesionLossOptions = {}): (output: SegmentationOutput, context: LossContext) => Scalar {
  return ({ logits: [logits], presence }, { targets: [target], regions }) =>
    composed(presence ? [logits, presence] : [logits], (z, presenceLogits?: Tensor) => {
      const entropy = tf.mul(weightedCrossEntropy(z, target, regions, lesionWeight), crossEntropyWeight);
      const dice = tf.mul(lesionDice(z, target, regions, diceOver === 'lesions'), diceWeight);
      const terms = [entropy, dice];
      const present = foregroundOf(tf.max(target.hot, spatialAxes(target.hot)), regions);
      if (presenceLogits) {
        terms.push(tf.mul(meanBinaryCrossEntropy(presenceLogits, present), presenceWeight));
      }
      if (peakWeight > 0) {
        terms.push(tf.mul(meanBinaryCrossEntropy(peaks(z, target, regions), present), peakWeight));
      }
      return tf.addN(terms);
    }) as Scalar;
}

/** Mean over the pixels, and channels of regions; pixels with the ignore label count 0. */
function weightedCrossEntropy(logits: Tensor, { hot, mask }: Target, regions: boolean, lesionWeight: number): Tensor {
  const perPixel = regions
    ? // softplus(-z) of a positive, z + softplus(-z) = softplus(z) of a negative.
      tf.add(
        tf.mul(tf.mul(hot, lesionWeight), tf.softplus(tf.neg(logits))),
        tf.mul(tf.sub(1, hot), tf.softplus(logits)),
      )
    : tf.mul(tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), hot), -1, true)), weightOf(hot, lesionWeight));
  return tf.mean(mask ? tf.mul(perPixel, mask) : perPixel);
}

/** Of each pixel: 1 on the background, channel 0, and the lesion's weight elsewhere. */
function weightOf(hot: Tensor, lesionWeight: number): Tensor {
  const [background] = tf.split(hot, [1, hot.shape.at(-1)! - 1], -1);
  return tf.add(tf.mul(background, 1 - lesionWeight), lesionWeight);
}

/** 1 minus the mean over the classes of the soft Dice of all films of the batch that count. */
function lesionDice(logits: Tensor, { hot, mask }: Target, regions: boolean, lesionsOnly: boolean): Tensor {
  const y = foregroundOf(mask ? tf.mul(hot, mask) : hot, regions);
  const all = foregroundOf(regions ? tf.sigmoid(logits) : tf.softmax(logits), regions);
  const counted = lesionsOnly ? tf.max(y, spatialAxes(y), true) : undefined;
  const masked = mask ? tf.mul(all, mask) : all;
  const p = counted ? tf.mul(masked, counted) : masked;
  const total = (pixels: Tensor) => tf.sum(pixels, [0, ...spatialAxes(pixels)]);
  const numerator = tf.add(tf.mul(total(tf.mul(p, y)), 2), smooth);
  const denominator = tf.add(tf.add(total(p), total(y)), smooth);
  return tf.sub(1, tf.mean(tf.div(numerator, denominator)));
}

/** Of `[batch, (depth,) height, width, channels]`. */
const spatialAxes = ({ rank }: Tensor): number[] => Array.from({ length: rank - 2 }, (_, axis) => axis + 1);

/**
 * The smooth maximum over the film of each foreground channel's log odds, `[batch, channels]`: log(mean(exp(s z))) / s, where
 * pixels with the ignore label add nothing to the mean.
 *
 * @see Pinheiro and Collobert, From image-level to pixel-level labeling with convolutional networks, CVPR 2015, eq. 6
 */
function peaks(logits: Tensor, { mask }: Target, regions: boolean): Tensor {
  const all = tf.mul(regions ? logits : foregroundLogOdds(logits), peakSharpness);
  const odds = mask ? tf.add(tf.mul(all, mask), tf.mul(tf.sub(mask, 1), unseen)) : all;
  const axes = spatialAxes(odds);
  const pixels = axes.reduce((count, axis) => count * odds.shape[axis], 1);
  return tf.div(tf.sub(tf.logSumExp(odds, axes), Math.log(pixels)), peakSharpness);
}

/** Of exclusive classes, the log odds of each but the background: its logit less the log of the sum of all others' exponentials. */
function foregroundLogOdds(logits: Tensor): Tensor {
  const channels = tf.split(logits, logits.shape.at(-1)!, -1);
  const odds = channels.slice(1).map((channel) => {
    const others = channels.filter((other) => other !== channel);
    return tf.sub(channel, others.length === 1 ? others[0] : tf.logSumExp(tf.concat(others, -1), -1, true));
  });
  return odds.length === 1 ? odds[0] : tf.concat(odds, -1);
}

const meanBinaryCrossEntropy = (logits: Tensor, truth: Tensor): Tensor =>
  tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, truth)));

/** The channels of the foreground, the last axis: of exclusive labels all but the first. */
function foregroundOf(channels: Tensor, regions: boolean): Tensor {
  if (regions) {
    return channels;
  }
  const begin = channels.shape.map((_, axis) => (axis === channels.rank - 1 ? 1 : 0));
  return tf.slice(channels, begin);
}
