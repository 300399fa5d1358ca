import * as tf from '@tensorflow/tfjs';

import { composedKernels } from '../composed/composed-kernels.js';
import type { Kernels } from '../contract/kernels.js';
import { convolveBackKernel } from './convolve-back-kernel.js';

/** The composed kernels, but where what they are composed of is slow or wrong on a GPU. */
export const webgpuKernels: Kernels = {
  ...composedKernels,
  convolveBackKernel,
  // addN binds a buffer for each term, of which a GPU allows eight or so; a network has hundreds of gradients.
  sumOfScalars: (terms) => tf.sum(tf.stack(terms)),
};
