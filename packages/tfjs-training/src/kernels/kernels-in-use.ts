import * as tf from '@tensorflow/tfjs';

import { nativeBackend } from '../machine/native-backend.js';
import { composedKernels } from './composed/composed-kernels.js';
import type { Kernels } from './contract/kernels.js';
import { nativeKernels } from './native/native-kernels.js';

/** The kernels of the backend in use. */
export function kernels(): Kernels {
  return tf.getBackend() === nativeBackend ? nativeKernels : composedKernels;
}
