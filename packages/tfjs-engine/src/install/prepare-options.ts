import type { NativeDevice } from './machine.js';

/** How far the preparation is. */
export interface PrepareProgress {
  step: 'wait' | 'package' | 'download' | 'unpack' | 'compile' | 'test';
  /** One line for people. */
  message: string;
  /** How much of the step is done, of how much, in 1e6 bytes; where it can be told. */
  done?: number;
  total?: number;
}

/** How to prepare the native engine. */
export interface PrepareEngineOptions {
  /** Default: the variable FRACTURA_CACHE, else `fractura` in the user's cache folder. */
  cacheDirectory?: string;
  /** What it shall compute on; default `cpu`. `cuda` is for NVIDIA GPUs on Linux x64 and fetches 3.4 GB. */
  device?: NativeDevice;
  /** The pinned wheel of TensorFlow on this disk, for machines without a network. */
  wheel?: string;
  /** The pinned tarball of tfjs-node-gpu on this disk, for machines without a network. */
  package?: string;
  /** Take the TensorFlow that `python3` has installed, whatever its version, instead of the pinned wheel. */
  installed?: boolean;
  /** Say what would be done, and do nothing. */
  dryRun?: boolean;
  /** Prepare again what is there already. */
  force?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: PrepareProgress) => void;
}
