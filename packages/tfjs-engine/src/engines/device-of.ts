import * as tf from '@tensorflow/tfjs';

import type { EngineName } from './engine-name.js';

/** What WebGPU tells of a GPU; browsers leave most of it empty. */
interface GpuDescription {
  vendor?: string;
  architecture?: string;
  device?: string;
  description?: string;
}

/** What the engine in use computes on, in words. */
export function deviceOf(engine: EngineName): string {
  const backend: unknown = tf.backend();
  if (engine === 'native') {
    return (backend as { isUsingGpuDevice?: boolean }).isUsingGpuDevice ? 'NVIDIA GPU (CUDA)' : 'processor';
  }
  if (engine === 'webgpu') {
    const { description = '', ...parts } = (backend as { adapterInfo?: GpuDescription }).adapterInfo ?? {};
    const { vendor, architecture, device } = parts;
    const words = description === '' ? [vendor, architecture, device] : [description];
    return ['GPU', ...words].filter(Boolean).join(' ');
  }
  return engine === 'wasm' ? 'processor, one thread' : 'processor, plain JavaScript';
}
