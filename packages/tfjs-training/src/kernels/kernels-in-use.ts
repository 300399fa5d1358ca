import * as tf from '@tensorflow/tfjs';

import { nativeBackend } from '../machine/native-backend.js';
import { webgpuBackend } from '../machine/webgpu-backend.js';
import { composedKernels } from './composed/composed-kernels.js';
import type { Kernels } from './contract/kernels.js';
import { nativeKernels } from './native/native-kernels.js';
import { webgpuKernels } from './webgpu/webgpu-kernels.js';

const ofBackend: Partial<Record<string, Kernels>> = { [nativeBackend]: nativeKernels, [webgpuBackend]: webgpuKernels };

/** The kernels of the backend in use. */
export function kernels(): Kernels {
  return ofBackend[tf.getBackend()] ?? composedKernels;
}
