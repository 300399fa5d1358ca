import { mkdir, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TfjsEngineError } from '../errors.js';
import { compileBinding, placeBindingPackage } from './build-binding.js';
import {
  defaultCacheDirectory,
  findPreparedEngine,
  nativeFolder,
  type EngineManifest,
  type PreparedEngine,
} from './engine-cache.js';
import { fetchWheel } from './fetch-wheel.js';
import { withLock } from './lock.js';
import { bindingPackage, wheelFor } from './native-build.js';
import { tryBinding } from './try-binding.js';
import { unpackWheel } from './unpack-wheel.js';

/** How far the preparation is. */
export interface PrepareProgress {
  step: 'package' | 'download' | 'unpack' | 'compile' | 'test';
  /** One line for people. */
  message: string;
}

/** How to prepare the native engine. */
export interface PrepareEngineOptions {
  /** Default: the variable FRACTURA_CACHE, else `fractura` in the user's cache folder. */
  cacheDirectory?: string;
  /** A wheel of TensorFlow on this disk, for machines without a network. */
  wheel?: string;
  /** Say what would be done, and do nothing. */
  dryRun?: boolean;
  /** Prepare again what is there already. */
  force?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: PrepareProgress) => void;
}

/** What `prepareEngine` did. */
export interface PrepareResult {
  /** Undefined after a dry run where nothing is prepared yet. */
  engine: PreparedEngine | undefined;
  /** Whether it had been there before. */
  reused: boolean;
  /** What was or would be done, one line each. */
  plan: string[];
}

/** Kept free beside what is installed, in 1e6 bytes. */
const spareMb = 200;

/**
 * Prepares TensorFlow's C library as a TensorFlow.js engine: takes it out of the TensorFlow wheel, which the user's own pip
 * fetches, and builds tfjs-node-gpu's binding against it. Cached per user; several calls at once wait for each other; a
 * killed one leaves nothing half done behind but the download, which the next one uses.
 *
 * @throws TfjsEngineError with a code for each lack: `platform-unsupported`, `pip-missing`, `download-failed`, `wheel-hash`,
 *   `compiler-missing`, `headers-missing`, `no-space`, `library-unusable`, and more.
 */
export async function prepareEngine(options: PrepareEngineOptions = {}): Promise<PrepareResult> {
  const { cacheDirectory = defaultCacheDirectory(), dryRun = false, force = false, wheel: given, signal } = options;
  const found = force ? undefined : findPreparedEngine({ cacheDirectory });
  if (found) return { engine: found, reused: true, plan: [`The native engine is prepared in ${found.folder}.`] };
  const wheel = wheelFor();
  const source = given ?? `${wheel.project} ${wheel.version}`;
  const plan = [
    `Fetch ${bindingPackage.name} ${bindingPackage.version} with npm, its install script off (0.3 MB).`,
    given === undefined ? `Fetch ${source} with pip (${wheel.downloadMb} MB), SHA-256 checked.` : `Check ${given}.`,
    `Keep its C library in ${nativeFolder(cacheDirectory)} (${wheel.installedMb} MB); the wheel is removed.`,
    'Compile the binding with the C++ compiler (10 s) and try it.',
  ];
  if (dryRun) return { engine: undefined, reused: false, plan };

  await mkdir(cacheDirectory, { recursive: true });
  await checkSpace(cacheDirectory, wheel.installedMb + spareMb + (given === undefined ? wheel.downloadMb : 0));
  return withLock(
    join(cacheDirectory, 'native.lock'),
    async () => {
      // Another process may have prepared it while this one waited.
      const meanwhile = force ? undefined : findPreparedEngine({ cacheDirectory });
      if (meanwhile) return { engine: meanwhile, reused: true, plan };
      const folder = `${nativeFolder(cacheDirectory)}.unfinished`;
      await rm(folder, { recursive: true, force: true });
      const say = (step: PrepareProgress['step'], message: string) => options.onProgress?.({ step, message });
      say('package', plan[0]);
      await placeBindingPackage(folder, signal);
      say('download', plan[1]);
      const downloads = join(cacheDirectory, 'downloads');
      const file = await fetchWheel(wheel, { given, folder: downloads, signal });
      say('unpack', plan[2]);
      await unpackWheel(file, folder, { signal });
      say('compile', plan[3]);
      await compileBinding(folder, signal);
      say('test', 'Trying the binding.');
      await tryBinding(folder, signal);
      const manifest: EngineManifest = {
        format: 1,
        tensorflow: wheel.version,
        binding: bindingPackage.version,
        platform: `${process.platform} ${process.arch}`,
        source,
        sha256: wheel.sha256,
        preparedAt: new Date().toISOString(),
        files: await keepNeeded(folder),
      };
      await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
      const target = nativeFolder(cacheDirectory);
      await rm(target, { recursive: true, force: true });
      await rename(folder, target);
      await rm(downloads, { recursive: true, force: true });
      return { engine: { folder: target, manifest }, reused: false, plan };
    },
    signal,
  );
}

/** Removes the prepared engine; gives the bytes that became free. */
export async function uninstallEngine({
  cacheDirectory = defaultCacheDirectory(),
}: { cacheDirectory?: string } = {}): Promise<number> {
  const found = findPreparedEngine({ cacheDirectory });
  const bytes = Object.values(found?.manifest.files ?? {}).reduce((sum, size) => sum + size, 0);
  for (const folder of [
    nativeFolder(cacheDirectory),
    `${nativeFolder(cacheDirectory)}.unfinished`,
    join(cacheDirectory, 'downloads'),
  ]) {
    await rm(folder, { recursive: true, force: true });
  }
  return bytes;
}

/** Removes what only compiling needed and lists the rest. */
async function keepNeeded(folder: string): Promise<Record<string, number>> {
  for (const name of await readdir(folder)) {
    if (name === 'include' || name.endsWith('.tgz')) await rm(join(folder, name), { recursive: true });
  }
  for (const name of await readdir(join(folder, 'package'))) {
    if (!['dist', 'LICENSE', 'package.json', 'README.md'].includes(name))
      await rm(join(folder, 'package', name), { recursive: true });
  }
  const files = await readdir(folder, { recursive: true });
  const sized = await Promise.all(files.sort().map(async (name) => [name, await stat(join(folder, name))] as const));
  return Object.fromEntries(sized.filter(([, info]) => info.isFile()).map(([name, info]) => [name, info.size]));
}

async function checkSpace(folder: string, neededMb: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeMb = (bavail * bsize) / 1e6;
  if (freeMb >= neededMb) return;
  throw new TfjsEngineError(
    `${folder} has ${freeMb.toFixed(0)} MB left; the native engine needs ${neededMb} MB for a while.`,
    {
      code: 'no-space',
      remedy: 'Free some space, or name another folder in FRACTURA_CACHE.',
    },
  );
}
