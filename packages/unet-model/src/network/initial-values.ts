import { elementCount } from '@fractura/array-files';
import { RandomState } from '@fractura/python-compat';
import { zeros, type Initialiser } from '@fractura/tfjs-training';

/** Kaiming's gain for LeakyReLU with slope 0.01, as nnU-Net initialises. */
const gain = Math.sqrt(2 / (1 + 0.01 ** 2));

/**
 * nnU-Net's initial weights: kernels normal with standard deviation gain / sqrt(fan in), biases 0, norms 1 and 0; in
 * residual blocks the second norm begins at 0, so that a block begins as its skip path.
 *
 * The fan in is the second axis of PyTorch's layout times the kernel's volume, which for a transposed convolution
 * counts its outputs. nnU-Net's own generator is not seeded; this one is.
 *
 * @see nnU-Net: dynamic_network_architectures/initialization/weight_init.py, InitWeights_He and init_last_bn_before_add_to_0
 */
export function nnunetInitialiser(seed: number): Initialiser {
  const random = new RandomState(seed);
  return (tensor) => {
    const { name, role, torchShape } = tensor;
    const values = zeros(tensor);
    if (role === 'kernel' || role === 'transposedKernel') {
      const fanIn = elementCount(torchShape.slice(1));
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
