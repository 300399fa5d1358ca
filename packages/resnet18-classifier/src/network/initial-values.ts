import { RandomState } from '@fractura/python-compat';
import type { Initialiser } from './state-scope.js';

/**
 * torchvision's initial weights: kernels normal with variance 2 / fan out (He et al., for ReLU), norms 1 and 0, the
 * classifying layer uniform within 1 / sqrt(inputs) as `torch.nn.Linear`. PyTorch's random numbers differ.
 *
 * @see torchvision/models/resnet.py, ResNet.__init__
 */
export function torchvisionInitialiser(seed: number, features: number): Initialiser {
  const random = new RandomState(seed);
  const bound = 1 / Math.sqrt(features);
  return ({ role, torchShape }) => {
    const values = new Float32Array(torchShape.reduce((product, extent) => product * extent, 1));
    if (role === 'kernel') {
      const [outputs, , height, width] = torchShape as [number, number, number, number];
      const standardDeviation = Math.sqrt(2 / (outputs * height * width));
      for (let i = 0; i < values.length; i++) values[i] = standardDeviation * random.standardNormal();
    } else if (role === 'denseKernel' || role === 'denseBias') {
      for (let i = 0; i < values.length; i++) values[i] = bound * (2 * random.randomSample() - 1);
    } else if (role === 'normScale' || role === 'runningVariance') {
      values.fill(1);
    }
    return values;
  };
}
