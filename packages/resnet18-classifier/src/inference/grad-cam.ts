import { infer } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Resnet } from '@fractura/backbones';

/** Probabilities of a batch, and what spoke for one class of each image. */
export interface GradCam {
  /** `[batch, classes]` */
  probabilities: Tensor;
  /** `[batch, height, width]`, at least 0; 0 where nothing speaks for the class. */
  maps: Tensor;
}

/**
 * Grad-CAM of the last convolutional features. The head is an average over positions and a dense layer, so that the
 * gradient of a class's logit with respect to a feature is that class's weight for it, divided by the positions: no
 * backward pass is needed, and the result is that of the definition.
 *
 * @param images normalised, `[batch, height, width, channels]`
 * @param classIndex the class to explain; by default the most probable one of each image
 * @returns tensors that the caller disposes; maps have the size of the images (bilinear) and their own units
 * @see Selvaraju et al., arXiv:1610.02391, equations 1 and 2
 */
export function gradCam(network: Resnet, images: Tensor4D, classIndex?: number): GradCam {
  const [, height, width] = images.shape;
  const { variable: head } = network.parameters.find(({ name }) => name === 'fc.weight')!;
  const [probabilities, maps] = infer<[Tensor, Tensor]>(() => {
    const features = network.lastFeatures(images);
    const [batch, rows, columns, channels] = features.shape as [number, number, number, number];
    const scores = tf.softmax(network.classify(features));
    const chosen = classIndex === undefined ? tf.argMax(scores, 1) : tf.fill([batch], classIndex, 'int32');
    const weights = tf.matMul(tf.oneHot(chosen, network.classes), head, false, true);
    const positions = tf.reshape(features, [batch, rows * columns, channels]);
    const sums = tf.matMul(positions, tf.reshape(weights, [batch, channels, 1]));
    const cam = tf.relu(tf.div<Tensor4D>(tf.reshape(sums, [batch, rows, columns, 1]), rows * columns));
    const resized = tf.image.resizeBilinear(cam, [height, width], false, true);
    return [scores, tf.reshape(resized, [batch, height, width])];
  });
  return { probabilities, maps };
}
