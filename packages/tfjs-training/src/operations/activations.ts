import type { Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';
import { runOperation } from '../tape/run-operation.js';

/** max(x, 0), of any shape. */
export function relu(x: Tensor): Tensor {
  return runOperation([x], ([input]) => {
    const output = kernels().relu(input);
    return { output, saved: [output], backward: (dy) => [kernels().reluBack(dy, output)] };
  });
}

/** min(max(x, 0), 6), of any shape, as `torch.nn.ReLU6`; at 6 and above the gradient is 0. */
export function relu6(x: Tensor): Tensor {
  return runOperation([x], ([input]) => {
    const output = kernels().relu6(input);
    return { output, saved: [output], backward: (dy) => [kernels().relu6Back(dy, output)] };
  });
}

/**
 * x where positive, slope x elsewhere; of any shape.
 *
 * @param slope at least 0; default 0.01, PyTorch's.
 */
export function leakyRelu(x: Tensor, slope = 0.01): Tensor {
  return runOperation([x], ([input]) => {
    const output = kernels().leakyRelu(input, slope);
    return { output, saved: [output], backward: (dy) => [kernels().leakyReluBack(dy, output, slope)] };
  });
}
