import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { KernelBackend } from '@tensorflow/tfjs';

import { TfjsEngineError } from '../../errors.js';
import { nativeBackend, supportReducedNumbers } from '@fractura/tfjs-training/native';
import { loadFusedOperations } from './load-fused-operations.js';
import type { NativeParts } from './installed-binding.js';
import { loadingLibrary } from './library-unusable.js';
import { turnOnOneDnn } from './one-dnn.js';
import { loadQuietly } from './quiet-start.js';

/** How the library is started; what is set once holds for the process. */
export interface NativeOptions {
  /** Threads within an operation; default one per core. */
  threads?: number;
  /** Whether GPU memory is taken as needed; default all at once. */
  gpuMemoryGrowth?: boolean;
  /** GPUs it may use, named as in CUDA_VISIBLE_DEVICES; an empty list hides them all. Default: as the environment says. */
  gpus?: readonly string[];
}

const threadVariables = ['TF_NUM_INTRAOP_THREADS', 'OMP_NUM_THREADS'];

/**
 * Registers the native engine as a backend of the very TensorFlow.js that this package imports.
 *
 * tfjs-node's kernels `require('@tensorflow/tfjs')`; they get the instance in use instead of a second copy beside the engine,
 * whatever module system or bundler loaded it.
 *
 * @throws TfjsEngineError `threads-fixed` when it runs already with another number of threads; `library-unusable`.
 */
export function loadNative({ binding: file, dist, origin }: NativeParts, options: NativeOptions = {}): string {
  const { threads, gpuMemoryGrowth, gpus } = options;
  if (tf.findBackendFactory(nativeBackend) !== null) {
    checkThreads(threads);
    return nativeBackend;
  }
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  turnOnOneDnn();
  if (gpuMemoryGrowth !== undefined) {
    process.env.TF_FORCE_GPU_ALLOW_GROWTH = String(gpuMemoryGrowth);
  }
  if (gpus !== undefined) {
    process.env.CUDA_VISIBLE_DEVICES = gpus.join(',');
  }
  if (threads !== undefined) {
    for (const name of threadVariables) {
      process.env[name] = String(threads);
    }
    process.env.TF_NUM_INTEROP_THREADS = '1';
  }
  const require = createRequire(import.meta.url);
  const binding = loadingLibrary(() => loadQuietly(file, () => require(file) as unknown));
  const load = moduleLoader(dist);
  load('register_all_kernels.js');
  const { NodeJSKernelBackend } = load('nodejs_kernel_backend.js') as {
    NodeJSKernelBackend: new (binding: unknown, name: string) => KernelBackend & { isUsingGpuDevice: boolean };
  };
  const start = () => {
    const backend = new NodeJSKernelBackend(binding, origin.split(' ')[0]);
    supportReducedNumbers(backend);
    // They compute on the processor alone.
    if (!backend.isUsingGpuDevice) {
      loadFusedOperations(file);
    }
    return backend;
  };
  tf.registerBackend(nativeBackend, start, 3);
  return nativeBackend;
}

/** The version of the TensorFlow library behind the backend in use. */
export function nativeVersion(): string {
  return (tf.backend() as unknown as { binding: { TF_Version: string } }).binding.TF_Version;
}

function checkThreads(threads: number | undefined): void {
  const now = process.env[threadVariables[0]];
  if (threads === undefined || now === String(threads)) {
    return;
  }
  throw new TfjsEngineError(
    `The native engine runs with ${now ?? 'one thread per core'} already; ${threads} were asked for.`,
    {
      code: 'threads-fixed',
      remedy: 'Ask for threads in the first call of useEngine; they hold for the process.',
    },
  );
}

type Loaded = Record<string, unknown>;

/** Loads the package's CommonJS files, each once, with TensorFlow.js given to them. */
function moduleLoader(root: string): (path: string) => Loaded {
  const require = createRequire(import.meta.url);
  const loaded = new Map<string, { exports: Loaded }>();
  const load = (file: string): Loaded => {
    const path = file.endsWith('.js') ? file : `${file}.js`;
    const before = loaded.get(path);
    if (before) {
      return before.exports;
    }
    const module = { exports: {} as Loaded };
    loaded.set(path, module);
    const requireFrom = (name: string): unknown => {
      if (name === '@tensorflow/tfjs') {
        return tf;
      }
      // Messages of TensorBoard's log files, which no engine needs, and a package of their own to read them.
      if (name.endsWith('/api_pb')) {
        return {};
      }
      if (name.startsWith('.')) {
        return load(join(dirname(path), name));
      }
      return name === 'util' ? utilOfNode22(require) : (require(name) as unknown);
    };
    // The file is the pinned package's own code, checked by hash when it was placed.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const run = new Function('require', 'module', 'exports', readFileSync(path, 'utf8')) as (
      ...given: unknown[]
    ) => void;
    run(requireFrom, module, module.exports);
    return module.exports;
  };
  return (path) => load(join(root, path));
}

/** Node's util with the two functions that Node 23 took away and tfjs-node still calls. */
function utilOfNode22(require: NodeJS.Require): unknown {
  return {
    ...(require('node:util') as object),
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  };
}
