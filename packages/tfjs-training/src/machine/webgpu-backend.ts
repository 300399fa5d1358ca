/** The name under which TensorFlow.js registers its WebGPU backend. */
export const webgpuBackend = 'webgpu';
