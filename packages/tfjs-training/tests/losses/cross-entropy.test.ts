import { beforeAll, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { crossEntropy, differentiate } from '../../src/index.js';
import { useCpu } from '../support/use-cpu.js';

beforeAll(useCpu);

// torch 2.15: torch.nn.functional.cross_entropy(logits, tensor([2, 1]), label_smoothing=...), in float64.
test.each([
  [0, 0.9066472962546284, [0.08841009, 0.01536337, -0.10377346, 0.35922018, -0.3970817, 0.03786153]],
  [0.1, 0.9816472962546284, [0.07174342, -0.0013033, -0.07044013, 0.3425535, -0.36374837, 0.02119486]],
  [0.3, 1.1316472962546282, [0.03841009, -0.03463663, -0.00377346, 0.30922017, -0.2970817, -0.01213847]],
])("with label smoothing %d, loss and gradient are PyTorch's", (labelSmoothing, loss, gradient) => {
  const logits = tf.variable(
    tf.tensor2d([
      [0.5, -1.25, 2],
      [1.5, 0.25, -0.75],
    ]),
  );
  const { value, gradients } = differentiate(() => crossEntropy(logits, [2, 1], { labelSmoothing }), [logits]);
  expect(value.dataSync()[0]).toBeCloseTo(loss, 5);
  gradients[0]!.dataSync().forEach((each, i) => {
    expect(each).toBeCloseTo(gradient[i], 6);
  });
});
