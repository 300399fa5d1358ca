import * as tf from '@tensorflow/tfjs';
import { importOptional } from '../../imports/import-optional.js';

const backend = 'webgpu';
const backendPackage = '@tensorflow/tfjs-backend-webgpu';

/** Dawn's entry to the GPUs of this machine, as npm's `webgpu` gives it. */
interface Dawn {
  create: (options: string[]) => { requestAdapter: () => Promise<unknown> };
  globals: object;
}

type Gpu = ReturnType<Dawn['create']>;

const surroundings = globalThis as { navigator?: { gpu?: Gpu } };

/**
 * Loads the WebGPU backend. Where JavaScript has no WebGPU of its own, as in Node, npm's `webgpu` (Dawn) stands in for it.
 *
 * @throws TfjsEngineError `package-absent`; Error where there is no GPU.
 */
export async function loadWebgpu(): Promise<string> {
  const gpu = surroundings.navigator?.gpu ?? (await startDawn());
  if ((await gpu.requestAdapter()) === null) {
    throw new Error('there is no GPU with Vulkan, Metal or Direct3D 12');
  }
  await importOptional(backendPackage);
  if (tf.findBackendFactory(backend) === null) {
    throw new Error('its package registered no backend');
  }
  return backend;
}

async function startDawn(): Promise<Gpu> {
  const { create, globals } = (await importOptional('webgpu', ['webgpu', backendPackage])) as unknown as Dawn;
  const gpu = create([]);
  Object.assign(globalThis, globals);
  // Node 20 has no navigator; that of later ones cannot be replaced by assignment, but it takes members.
  if (!surroundings.navigator) {
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  }
  Object.defineProperty(surroundings.navigator, 'gpu', { value: gpu, configurable: true });
  return gpu;
}
