import { registerTrainingKernels } from './training-kernels.js';

/** Loads the WASM backend, if its package is installed, and gives it the kernels that training needs. */
export async function loadWasm(): Promise<string> {
  await import('@tensorflow/tfjs-backend-wasm');
  registerTrainingKernels();
  return 'wasm';
}
