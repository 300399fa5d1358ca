import * as tf from '@tensorflow/tfjs';

import { TfjsEngineError } from '../errors.js';
import { engineNames, type EngineName } from './engine-name.js';
import { findPreparedEngine } from '../install/engine-cache.js';
import { loadNative } from './native/load-native.js';
import { loadWasm } from './wasm/load-wasm.js';
import { selfTest } from './self-test.js';

/** What `useEngine` is asked for. */
export interface UseEngineOptions {
  /** Engines to try, in this order; default all of them, fastest first. */
  prefer?: EngineName | EngineName[];
  /** Threads of the native engine; default TensorFlow's choice, one per core. */
  threads?: number;
  /** Where the native engine was prepared; default as for `prepareEngine`. */
  cacheDirectory?: string;
}

/** The engine that was chosen. */
export interface EngineInUse {
  name: EngineName;
  /** The TensorFlow.js backend now in force. */
  backend: string;
  /** The engines tried before it, with the reason why each was passed over. */
  passedOver: { engine: EngineName; reason: string }[];
}

/**
 * Takes the first engine that is present here and passes a self-test, and makes it TensorFlow.js's backend.
 *
 * @throws TfjsEngineError `no-engine` when none of the preferred engines works; `unknown-engine` for a name that is none.
 */
export async function useEngine({ prefer, ...options }: UseEngineOptions = {}): Promise<EngineInUse> {
  const candidates = typeof prefer === 'string' ? [prefer] : (prefer ?? engineNames);
  candidates.forEach(assertEngineName);
  const backendBefore = tf.getBackend();
  const passedOver: EngineInUse['passedOver'] = [];
  for (const engine of candidates) {
    const { backend, reason } = await tryEngine(engine, options);
    if (backend !== undefined) return { name: engine, backend, passedOver };
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
    const fault = await selfTest();
    return fault === undefined ? { backend } : { reason: fault };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

async function load(
  engine: EngineName,
  { threads, cacheDirectory }: Omit<UseEngineOptions, 'prefer'>,
): Promise<string> {
  if (engine === 'cpu') return 'cpu';
  if (engine === 'wasm') return loadWasm();
  if (engine === 'webgpu') throw new Error('this version does not start it yet');
  const prepared = findPreparedEngine(cacheDirectory === undefined ? {} : { cacheDirectory });
  if (!prepared) throw new Error('not prepared on this machine; `fractura engine install` does it');
  return loadNative(prepared, threads === undefined ? {} : { threads });
}
