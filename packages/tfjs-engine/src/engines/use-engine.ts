import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';

import { findPreparedEngine } from '../install/engine-cache.js';
import { engineNames, type EngineName } from './engine-name.js';
import { findInstalledBinding, type NativeParts } from './native/installed-binding.js';
import { loadNative, nativeVersion, type NativeOptions } from './native/load-native.js';
import { takeEngine, type EngineInUse } from './take-engine.js';
import { describeCopies, findTfjsCopies } from './tfjs-copies.js';
import { loadWasm } from './wasm/load-wasm.js';
import { loadWebgpu } from './webgpu/load-webgpu.js';

/** What `useEngine` is asked for. */
export interface UseEngineOptions extends NativeOptions {
  /** Engines to try, in this order; default all of them, fastest first. */
  prefer?: EngineName | EngineName[];
  /** Where the native engine was prepared; default as for `prepareEngine`. */
  cacheDirectory?: string;
}

/** Whether it was said that there are several copies of TensorFlow.js. */
let copiesTold = false;

/**
 * Takes the first engine that is present here and passes a self-test, and makes it TensorFlow.js's backend. Nothing is
 * ever fetched. Several copies of TensorFlow.js are named in a warning of the process.
 *
 * @throws TfjsEngineError `no-engine` when none of the preferred engines works; `unknown-engine` for another name.
 */
export async function useEngine({ prefer, ...options }: UseEngineOptions = {}): Promise<EngineInUse> {
  warnOfCopies();
  const taken = await takeEngine(engineNames, prefer, (engine) => load(engine, options));
  const { threads } = options;
  return {
    ...taken,
    version: taken.name === 'native' ? nativeVersion() : tf.version['tfjs-core'],
    threads,
  };
}

async function load(
  engine: EngineName,
  { cacheDirectory, ...options }: Omit<UseEngineOptions, 'prefer'>,
): Promise<string> {
  if (engine === 'cpu') {
    return 'cpu';
  }
  if (engine === 'wasm') {
    return loadWasm();
  }
  if (engine === 'webgpu') {
    return loadWebgpu();
  }
  const parts = nativeParts(cacheDirectory);
  if (!parts) {
    throw new Error('not prepared on this machine; `fractura engine install` does it');
  }
  return loadNative(parts, options);
}

/** The prepared engine, else a tfjs-node that the program has installed with its library. */
function nativeParts(cacheDirectory: string | undefined): NativeParts | undefined {
  const prepared = findPreparedEngine(cacheDirectory === undefined ? {} : { cacheDirectory });
  if (!prepared) {
    return findInstalledBinding();
  }
  const { folder, manifest } = prepared;
  return {
    binding: join(folder, 'tfjs_binding.node'),
    dist: join(folder, 'package', 'dist'),
    origin: `@tensorflow/tfjs-node-gpu ${manifest.binding}`,
  };
}

function warnOfCopies(): void {
  const words = copiesTold ? undefined : describeCopies(findTfjsCopies());
  copiesTold = true;
  if (words !== undefined) {
    process.emitWarning(words, 'TfjsCopiesWarning');
  }
}
