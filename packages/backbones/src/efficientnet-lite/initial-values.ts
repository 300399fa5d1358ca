import { RandomState } from '@fractura/python-compat';
import { zeros, type Initialiser } from '@fractura/tfjs-training';
import { fillNormal } from '../backbone/fill-normal.js';

/**
 * The initial weights of the published training: kernels normal with variance 2 / fan out, where a depthwise kernel's fan out counts all
 * its channels; norms 1 and 0; the classifying layer uniform within 1 / sqrt(classes), its bias 0. TensorFlow's random numbers differ.
 *
 * @see tensorflow/tpu: efficientnet/efficientnet_model.py, conv_kernel_initializer and dense_kernel_initializer
 */
export function efficientnetInitialiser(seed: number): Initialiser {
  const random = new RandomState(seed);
  return (tensor) => {
    const { role, torchShape } = tensor;
    const values = zeros(tensor);
    if (role === 'kernel') {
      const [outputs, , height, width] = torchShape as [number, number, number, number];
      fillNormal(values, Math.sqrt(2 / (outputs * height * width)), random);
    } else if (role === 'denseKernel') {
      const bound = 1 / Math.sqrt(torchShape[0]);
      return values.map(() => bound * (2 * random.randomSample() - 1));
    } else if (role === 'normScale' || role === 'runningVariance') {
      values.fill(1);
    }
    return values;
  };
}
