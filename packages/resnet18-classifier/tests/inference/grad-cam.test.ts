import { beforeAll, expect, jest, test } from '@jest/globals';
import { composed, differentiate, infer } from '@fractura/tfjs-training';
import { useEngine } from '@fractura/tfjs-engine';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor4D } from '@tensorflow/tfjs';
import { buildResnet } from '@fractura/backbones';
import { gradCam } from '../../src/inference/grad-cam.js';

jest.setTimeout(30_000);
beforeAll(() => useEngine({ prefer: 'wasm' }));

test('the maps are those of the definition: features weighted by the mean gradients of the logit', () => {
  const network = buildResnet({ inputChannels: 3, classes: 2, seed: 20240229 });
  const images = tf.randomUniform<tf.Rank.R4>([2, 97, 65, 3], -2, 2, 'float32', 7);
  const features = tf.variable(infer(() => network.lastFeatures(images)) as Tensor4D);
  const largest = [0, 1].map((classIndex) => {
    const { maps, probabilities } = gradCam(network, images, classIndex);
    expect(maps.shape).toEqual([2, 97, 65]);
    expect(tf.sum(probabilities, 1).arraySync()).toEqual([expect.closeTo(1, 5), expect.closeTo(1, 5)]);

    const { gradients } = differentiate(
      () =>
        composed([network.classify(features)], (logits) =>
          tf.sum(tf.mul(logits, [classIndex === 0 ? 1 : 0, classIndex])),
        ) as Scalar,
      [features],
    );
    const alpha = tf.mean(gradients[0]!, [1, 2], true);
    const cam = tf.relu(tf.sum(tf.mul(features, alpha), 3, true)) as Tensor4D;
    const expected = tf.reshape(tf.image.resizeBilinear(cam, [97, 65], false, true), [2, 97, 65]);
    const most = tf.max(expected).arraySync() as number;
    expect(tf.max(tf.abs(tf.sub(maps, expected))).arraySync()).toBeLessThanOrEqual(1e-4 * most);
    return most;
  });
  expect(Math.max(...largest)).toBeGreaterThan(0);
});
