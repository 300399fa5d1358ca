import { join } from 'node:path';
import { FracturaError } from '@fractura/errors';
import * as tf from '@tensorflow/tfjs';

import { TfjsEngineError } from '../errors.js';
import { deviceOf } from './device-of.js';
import { engineNames, nativeBackend, type EngineName } from './engine-name.js';
import { findPreparedEngine } from '../install/engine-cache.js';
import { findInstalledBinding, type NativeParts } from './native/installed-binding.js';
import { loadNative, nativeVersion, type NativeOptions } from './native/load-native.js';
import { takeReducedNumbers } from './native/reduced-numbers.js';
import { loadWasm } from './wasm/load-wasm.js';
import { loadWebgpu } from './webgpu/load-webgpu.js';
import { selfTest } from './self-test.js';
import { describeCopies, findTfjsCopies } from './tfjs-copies.js';

/** What `useEngine` is asked for. */
export interface UseEngineOptions extends NativeOptions {
  /** Engines to try, in this order; default all of them, fastest first. */
  prefer?: EngineName | EngineName[];
  /** Where the native engine was prepared; default as for `prepareEngine`. */
  cacheDirectory?: string;
}

/** The engine that was chosen. */
export interface EngineInUse {
  name: EngineName;
  /** The TensorFlow.js backend now in force. */
  backend: string;
  /** Version of TensorFlow's library, for the native engine; of TensorFlow.js for the others. */
  version: string;
  /** What it computes on, in words. */
  device: string;
  /** The threads that were asked for. */
  threads?: number;
  /** The engines tried before it, with the reason why each was passed over. */
  passedOver: { engine: EngineName; reason: string }[];
}

/** Whether it was said that there are several copies of TensorFlow.js. */
let copiesTold = false;

/**
 * Takes the first engine that is present here and passes a self-test, and makes it TensorFlow.js's backend. Nothing is
 * ever fetched. Several copies of TensorFlow.js are named in a warning of the process.
 *
 * @throws TfjsEngineError `no-engine` when none of the preferred engines works; `unknown-engine` for a name that is none.
 */
export async function useEngine({ prefer, ...options }: UseEngineOptions = {}): Promise<EngineInUse> {
  const candidates = typeof prefer === 'string' ? [prefer] : (prefer ?? engineNames);
  candidates.forEach(assertEngineName);
  warnOfCopies();
  const backendBefore = tf.getBackend();
  const passedOver: EngineInUse['passedOver'] = [];
  for (const engine of candidates) {
    const { backend, reason } = await tryEngine(engine, options);
    if (backend !== undefined) {
      const version = backend === nativeBackend ? nativeVersion() : tf.version['tfjs-core'];
      const { threads } = options;
      return {
        name: engine,
        backend,
        version,
        device: deviceOf(engine),
        ...(threads === undefined ? {} : { threads }),
        passedOver,
      };
    }
    passedOver.push({ engine, reason });
  }
  if (backendBefore) await tf.setBackend(backendBefore);
  const reasons = passedOver.map(({ engine, reason }) => `${engine}: ${reason}`).join('; ');
  throw new TfjsEngineError(`No engine works here. ${reasons}`, {
    code: 'no-engine',
    remedy: 'Allow the engine "cpu", which is always there, or install one of the others.',
  });
}

function assertEngineName(name: string): void {
  if (!engineNames.some((known) => known === name)) {
    throw new TfjsEngineError(`There is no engine "${name}".`, {
      code: 'unknown-engine',
      remedy: `Choose from ${engineNames.join(', ')}.`,
    });
  }
}

type Attempt = { backend: string; reason?: never } | { backend?: never; reason: string };

async function tryEngine(engine: EngineName, options: Omit<UseEngineOptions, 'prefer'>): Promise<Attempt> {
  try {
    const backend = await load(engine, options);
    if (!(await tf.setBackend(backend))) return { reason: `TensorFlow.js could not start its backend ${backend}` };
    if (backend === nativeBackend) takeReducedNumbers(tf.backend());
    // Else it would advise on the console to install another engine; that is this package's business.
    if (backend === 'cpu') (tf.backend() as unknown as { firstUse: boolean }).firstUse = false;
    const fault = await selfTest();
    return fault === undefined ? { backend } : { reason: fault };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** The error's words, and what to do about it where it says so. */
function reasonOf(error: unknown): string {
  if (!FracturaError.isInstance(error)) return error instanceof Error ? error.message : String(error);
  return [error.message.replace(/\.?$/, '.'), error.remedy].filter(Boolean).join(' ');
}

async function load(
  engine: EngineName,
  { cacheDirectory, ...options }: Omit<UseEngineOptions, 'prefer'>,
): Promise<string> {
  if (engine === 'cpu') return 'cpu';
  if (engine === 'wasm') return loadWasm();
  if (engine === 'webgpu') return loadWebgpu();
  const parts = nativeParts(cacheDirectory);
  if (!parts) throw new Error('not prepared on this machine; `fractura engine install` does it');
  return loadNative(parts, options);
}

/** The prepared engine, else a tfjs-node that the program has installed with its library. */
function nativeParts(cacheDirectory: string | undefined): NativeParts | undefined {
  const prepared = findPreparedEngine(cacheDirectory === undefined ? {} : { cacheDirectory });
  if (!prepared) return findInstalledBinding();
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
  if (words !== undefined) process.emitWarning(words, 'TfjsCopiesWarning');
}
