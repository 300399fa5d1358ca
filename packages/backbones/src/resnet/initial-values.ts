import { RandomState } from '@fractura/python-compat';
import { zeros, type Initialiser } from '@fractura/tfjs-training';
import { fillNormal } from '../backbone/fill-normal.js';

/**
 * torchvision's initial weights: kernels normal with variance 2 / fan out (He et al., for ReLU), norms 1 and 0, the
 * classifying layer uniform within 1 / sqrt(inputs) as `torch.nn.Linear`. PyTorch's random numbers differ.
 *
 * @see torchvision/models/resnet.py, ResNet.__init__
 */
export function torchvisionInitialiser(seed: number, features: number): Initialiser {
  const random = new RandomState(seed);
  const bound = 1 / Math.sqrt(features);
  return (tensor) => {
    const { role, torchShape } = tensor;
    const values = zeros(tensor);
    if (role === 'kernel') {
      const [outputs, , height, width] = torchShape as [number, number, number, number];
      fillNormal(values, Math.sqrt(2 / (outputs * height * width)), random);
    } else if (role === 'denseKernel' || role === 'denseBias') {
      for (let i = 0; i < values.length; i += 1) {
        values[i] = bound * (2 * random.randomSample() - 1);
      }
    } else if (role === 'normScale' || role === 'runningVariance') {
      values.fill(1);
    }
    return values;
  };
}
