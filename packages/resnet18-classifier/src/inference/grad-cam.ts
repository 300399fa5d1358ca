import { composed, differentiate, infer } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '@fractura/backbones';

/**
 * `grad-cam` weights each feature by its mean gradient (Selvaraju et al., arXiv:1610.02391, equations 1 and 2); `grad-cam++` by a mean
 * of its positive gradients in which places that matter more count more (Chattopadhay et al., arXiv:1710.11063, equations 10 and 19).
 */
export const explanationMethods = ['grad-cam', 'grad-cam++'] as const;
export type ExplanationMethod = (typeof explanationMethods)[number];

export interface GradCamOptions {
  /** The class to explain; by default the most probable one of each image. */
  classIndex?: number | undefined;
  /** Default `grad-cam`. */
  method?: ExplanationMethod | undefined;
  /** The stage whose features are looked at, by its stride. Default: the last. */
  stride?: number | undefined;
}

/** Logits of a batch, and what spoke for one class of each image. */
export interface GradCam {
  /** `[batch, classes]` */
  logits: Tensor;
  /** `[batch, height, width]`, at least 0; 0 where nothing speaks for the class. */
  maps: Tensor;
}

/**
 * Where a stage's features speak for a class.
 *
 * @param images normalised, `[batch, height, width, channels]`
 * @returns tensors that the caller disposes; maps have the size of the images (bilinear) and their own units
 */
export function gradCam(
  network: Classifier,
  images: Tensor4D,
  { classIndex, method = 'grad-cam', stride = network.stages.at(-1)!.stride }: GradCamOptions = {},
): GradCam {
  const [batch, height, width] = images.shape;
  const stage = network.stages.findIndex((each) => each.stride === stride);
  const all = infer(() => network.features(images));
  const features = tf.variable(all[stage] as Tensor4D);
  tf.dispose(all);
  const logits = infer(() => network.classify(network.lastFeaturesAfter(features, stride)));
  const chosen = tf.tidy(() =>
    tf.oneHot(classIndex === undefined ? tf.argMax(logits, 1) : tf.fill([batch], classIndex, 'int32'), network.classes),
  );
  const { value, gradients } = differentiate(
    () =>
      composed([network.classify(network.lastFeaturesAfter(features, stride))], (scores) =>
        tf.sum(tf.mul(scores, chosen)),
      ) as Scalar,
    [features],
  );
  const maps = tf.tidy(() => {
    const gradient = gradients[0] as Tensor4D;
    const weights = method === 'grad-cam' ? tf.mean(gradient, [1, 2], true) : plusPlusWeights(features, gradient);
    const cam = tf.relu(tf.sum<Tensor4D>(tf.mul(features, weights), 3, true));
    return tf.reshape(tf.image.resizeBilinear(cam, [height, width], false, true), [batch, height, width]);
  });
  tf.dispose([features, chosen, value, ...gradients.map((gradient) => gradient!)]);
  return { logits, maps };
}

/**
 * The weights of Grad-CAM++ for a score that is the exponential of the logit, whose derivatives are powers of the logit's gradient:
 * alpha = g^2 / (2 g^2 + sum(A) g^3), 0 where g is 0. The factor exp(logit) scales a whole map alike and is left out.
 */
function plusPlusWeights(features: Tensor4D, gradient: Tensor4D): Tensor {
  const squared = tf.square(gradient);
  const sums = tf.sum(features, [1, 2], true);
  const below = tf.add(tf.mul(squared, 2), tf.mul(sums, tf.mul(squared, gradient)));
  const alpha = tf.divNoNan(squared, below);
  return tf.sum(tf.mul(alpha, tf.relu(gradient)), [1, 2], true);
}
