import { composedKernels } from '../composed/composed-kernels.js';
import type { Kernels } from '../contract/kernels.js';
import { convolveBackKernel } from './convolve-back-kernel.js';

/** The composed kernels, but where what they are composed of is slow on a GPU. */
export const webgpuKernels: Kernels = { ...composedKernels, convolveBackKernel };
