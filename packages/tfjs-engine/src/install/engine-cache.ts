import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What a prepared engine consists of: `manifest.json` in its folder, written last. */
export interface EngineManifest {
  /** Layout of this file. */
  format: 1;
  tensorflow: string;
  binding: string;
  platform: string;
  /** Where libtensorflow came from. */
  source: string;
  /** SHA-256 of the wheel. */
  sha256: string;
  preparedAt: string;
  /** Paths below the folder with their sizes in bytes. */
  files: Record<string, number>;
}

/** A native engine that is ready on this machine. */
export interface PreparedEngine {
  folder: string;
  manifest: EngineManifest;
}

/** Where engines are kept when nothing else is said: `FRACTURA_CACHE`, else the user's cache folder. */
export function defaultCacheDirectory(): string {
  const { FRACTURA_CACHE: own, XDG_CACHE_HOME: cache } = process.env;
  if (own) return own;
  const mac = process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : undefined;
  return join(cache ?? mac ?? join(homedir(), '.cache'), 'fractura');
}

/** The folder of the native engine below a cache. */
export const nativeFolder = (cacheDirectory: string): string =>
  join(cacheDirectory, `native-${process.platform}-${process.arch}`);

/** Finds the native engine that `prepareEngine` made, if there is one. */
export function findPreparedEngine({ cacheDirectory = defaultCacheDirectory() }: { cacheDirectory?: string } = {}):
  PreparedEngine | undefined {
  const folder = nativeFolder(cacheDirectory);
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) return undefined;
  return { folder, manifest: JSON.parse(readFileSync(file, 'utf8')) as EngineManifest };
}
