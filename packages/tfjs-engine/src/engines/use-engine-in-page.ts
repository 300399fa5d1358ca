import { reasonOf } from '@fractura/errors';
import * as tf from '@tensorflow/tfjs';

import { takeEngine, type EngineInUse } from './take-engine.js';
import { registerTrainingKernels } from './wasm/training-kernels.js';

/** The engines of a web page, fastest first. */
export const pageEngineNames = ['webgpu', 'wasm', 'cpu'] as const;

export type PageEngineName = (typeof pageEngineNames)[number];

/** What `useEngine` is asked for in a page. */
export interface UsePageEngineOptions {
  /** Engines to try, in this order; default all of them, fastest first. */
  prefer?: PageEngineName | PageEngineName[];
  /** Folder, as a URL that ends in a slash, of the `.wasm` files of `@tensorflow/tfjs-backend-wasm`; default beside the script. */
  wasmPath?: string;
}

/**
 * Takes the first engine that the browser has and that passes a self-test, and makes it TensorFlow.js's backend. The
 * packages `@tensorflow/tfjs-backend-webgpu` and `@tensorflow/tfjs-backend-wasm` are imported when their engine is tried.
 *
 * @throws TfjsEngineError `no-engine` when none of the preferred engines works; `unknown-engine` for another name.
 */
export async function useEngine({ prefer, wasmPath }: UsePageEngineOptions = {}): Promise<EngineInUse> {
  const taken = await takeEngine(pageEngineNames, prefer, (engine) => load(engine, wasmPath));
  const inUse: EngineInUse = { ...taken, version: tf.version['tfjs-core'] };
  if (taken.name === 'wasm') {
    // Several where the page is isolated from others, so that memory may be shared.
    const { getThreadsCount } = await importWasm();
    inUse.threads = getThreadsCount();
    inUse.device = inUse.threads > 1 ? `processor, ${inUse.threads} threads` : taken.device;
  }
  return inUse;
}

const surroundings = globalThis as unknown as {
  navigator: { gpu?: { requestAdapter: () => Promise<unknown> } };
};

async function load(engine: PageEngineName, wasmPath: string | undefined): Promise<string> {
  if (engine === 'webgpu') {
    const { gpu } = surroundings.navigator;
    if (gpu === undefined) {
      throw new Error('this browser has no WebGPU, or the page is not served securely');
    }
    if ((await gpu.requestAdapter()) === null) {
      throw new Error('the browser finds no GPU');
    }
    await importWebgpu();
  }
  if (engine === 'wasm') {
    const { setWasmPaths } = await importWasm();
    if (wasmPath !== undefined) {
      setWasmPaths(wasmPath);
    }
    registerTrainingKernels();
  }
  return engine;
}

// Both backends are optional. Bundlers accept an import of a package that is not installed only where it stands in a `try`.

async function importWebgpu(): Promise<void> {
  try {
    await import('@tensorflow/tfjs-backend-webgpu');
  } catch (error) {
    throw notBundled('@tensorflow/tfjs-backend-webgpu', error);
  }
}

async function importWasm(): Promise<typeof import('@tensorflow/tfjs-backend-wasm')> {
  try {
    return await import('@tensorflow/tfjs-backend-wasm');
  } catch (error) {
    throw notBundled('@tensorflow/tfjs-backend-wasm', error);
  }
}

function notBundled(name: string, cause: unknown): Error {
  return new Error(`${name} did not load (${reasonOf(cause)}); install it and bundle the page again`, { cause });
}
