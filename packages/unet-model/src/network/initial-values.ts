import { RandomState } from '@fractura/python-compat';
import type { Initialiser } from './parameter.js';

/** Kaiming's gain for LeakyReLU with slope 0.01, as nnU-Net initialises. */
const gain = Math.sqrt(2 / (1 + 0.01 ** 2));

/**
 * nnU-Net's initial weights: kernels normal with standard deviation gain / sqrt(fan in), biases 0, norms 1 and 0; in
 * residual blocks the second norm begins at 0, so that a block begins as its skip path.
 *
 * The fan in is the second axis of PyTorch's layout times the kernel's volume, which for a transposed convolution
 * counts its outputs. nnU-Net's own generator is not seeded; this one is.
 *
 * @see reference/nnunet-v2/behaviour.md, section 6.4
 */
export function nnunetInitialiser(seed: number): Initialiser {
  const random = new RandomState(seed);
  return ({ name, role, torchShape }) => {
    const values = new Float32Array(torchShape.reduce((product, extent) => product * extent, 1));
    if (role === 'kernel' || role === 'transposedKernel') {
      const fanIn = torchShape.slice(1).reduce((product, extent) => product * extent, 1);
      const standardDeviation = gain / Math.sqrt(fanIn);
      for (let i = 0; i < values.length; i += 1) {
        values[i] = standardDeviation * random.standardNormal();
      }
    } else if (role === 'normScale' && !/\.blocks\.\d+\.conv2\.norm\./.test(name)) {
      values.fill(1);
    }
    return values;
  };
}
