import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectoryOf } from '@fractura/pinned-downloads';
import { TfjsEngineError } from '../errors.js';

/** One file of a prepared engine. */
export interface PlacedFile {
  /** In bytes. */
  size: number;
  /** SHA-256 in hexadecimal digits. */
  sha256: string;
}

/** What a prepared engine consists of: `manifest.json` in its folder, written last. */
export interface EngineManifest {
  /** Layout of this file. */
  format: 1;
  /** Version of TensorFlow. */
  tensorflow: string;
  /** Version of tfjs-node-gpu, whose binding and kernels are used. */
  binding: string;
  platform: string;
  /** What it computes on. */
  device: 'cpu' | 'cuda';
  /** Where libtensorflow came from. */
  source: string;
  /** SHA-256 of the wheel; absent when an installed TensorFlow was taken. */
  sha256?: string;
  preparedAt: string;
  /** Files by their paths below the folder. */
  files: Record<string, PlacedFile>;
}

/** A native engine that is ready on this machine. */
export interface PreparedEngine {
  folder: string;
  manifest: EngineManifest;
}

/** Where engines are kept when nothing else is said: `FRACTURA_CACHE`, else the user's cache folder. */
export const defaultCacheDirectory = (): string => cacheDirectoryOf(process.env);

/** The folder of the native engine below a cache. */
export const nativeFolder = (cacheDirectory: string): string =>
  join(cacheDirectory, `native-${process.platform}-${process.arch}`);

/**
 * Finds the native engine that `prepareEngine` made, if there is one, and checks that its files are there with their sizes.
 *
 * @throws TfjsEngineError `engine-damaged` when some are not.
 */
export function findPreparedEngine({ cacheDirectory = defaultCacheDirectory() }: { cacheDirectory?: string } = {}):
  PreparedEngine | undefined {
  const folder = nativeFolder(cacheDirectory);
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) {
    return undefined;
  }
  let manifest: EngineManifest;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8')) as EngineManifest;
  } catch (cause) {
    throw damaged(`${file} is not JSON`, cause);
  }
  for (const [name, { size }] of Object.entries(manifest.files)) {
    const found = statSync(join(folder, name), { throwIfNoEntry: false })?.size;
    if (found !== size) {
      throw damaged(`${join(folder, name)} has ${found ?? 'no'} instead of ${size} bytes`);
    }
  }
  return { folder, manifest };
}

function damaged(what: string, cause?: unknown): TfjsEngineError {
  return new TfjsEngineError(`The native engine is damaged: ${what}.`, {
    code: 'engine-damaged',
    remedy: 'Prepare it again: fractura engine install --force.',
    cause,
  });
}
