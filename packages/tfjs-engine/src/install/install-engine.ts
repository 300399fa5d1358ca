import { existsSync } from 'node:fs';
import { lstat, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchWheel, sha256Of } from '@fractura/pinned-downloads';
import { nativeFolder, type EngineManifest, type PlacedFile, type PreparedEngine } from './engine-cache.js';
import type { InstallPlan } from './install-plan.js';
import { copyInstalledTensorflow } from './installed-tensorflow.js';
import { wheelPython, type PinnedPackage, type Wheel } from './native-build.js';
import { placePackage } from './npm-package.js';
import type { PrepareEngineOptions, PrepareProgress } from './prepare-options.js';
import { unpackNvidiaWheel, unpackWheel } from './unpack-wheel.js';

/** What depends on the machine, and what only a real library passes. */
export interface InstallSteps {
  binding: PinnedPackage;
  wheels: () => readonly Wheel[];
  /** Finds out, before anything is fetched, whether `compile` can work. */
  checkCompiler: (signal?: AbortSignal) => Promise<unknown>;
  compile: (folder: string, signal?: AbortSignal) => Promise<unknown>;
  test: (folder: string, signal?: AbortSignal) => Promise<unknown>;
}

type Options = PrepareEngineOptions & { cacheDirectory: string };

/** Where the parts of an engine lie in a cache until it is ready. */
export const unfinishedFolders = (cacheDirectory: string) => ({
  downloads: join(cacheDirectory, 'downloads'),
  unfinished: `${nativeFolder(cacheDirectory)}.unfinished`,
  replaced: `${nativeFolder(cacheDirectory)}.replaced`,
});

/**
 * Carries the plan out in a folder beside the engine's, then renames that folder into place; a failure leaves nothing but whole
 * downloads. The caller holds the lock.
 */
export async function installEngine(steps: InstallSteps, plan: InstallPlan, options: Options): Promise<PreparedEngine> {
  await steps.checkCompiler(options.signal);
  try {
    return await placeEngine(steps, plan, options);
  } catch (error) {
    await rm(unfinishedFolders(options.cacheDirectory).unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function placeEngine(steps: InstallSteps, plan: InstallPlan, options: Options): Promise<PreparedEngine> {
  const { cacheDirectory, signal, onProgress } = options;
  const { downloads, unfinished: folder, replaced } = unfinishedFolders(cacheDirectory);
  const say = (step: PrepareProgress['step'], message: string) => onProgress?.({ step, message });
  for (const left of [folder, replaced]) {
    await rm(left, { recursive: true, force: true });
  }
  say('package', plan.lines[0]);
  await placePackage(steps.binding, join(folder, 'package'), { given: options.package, signal });
  if (plan.installed) {
    say('unpack', `Copying TensorFlow ${plan.version} from ${plan.source}.`);
    await copyInstalledTensorflow(plan.installed, folder, plan.device);
  } else {
    await placeLibraries(plan, folder, { ...options, downloads });
  }
  say('compile', 'Compiling the binding.');
  await steps.compile(folder, signal);
  say('test', 'Trying the engine.');
  await steps.test(folder, signal);
  await removeUnneeded(folder);
  const manifest: EngineManifest = {
    format: 1,
    tensorflow: plan.version,
    binding: steps.binding.version,
    platform: `${process.platform} ${process.arch}`,
    device: plan.device,
    source: plan.source,
    sha256: plan.installed ? undefined : plan.wheels[0].sha256,
    preparedAt: new Date().toISOString(),
    files: await listFiles(folder),
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const target = nativeFolder(cacheDirectory);
  // The engine before goes aside in one step: half removed, it would be called damaged.
  if (existsSync(target)) {
    await rename(target, replaced);
  }
  await rename(folder, target);
  for (const left of [replaced, downloads]) {
    await rm(left, { recursive: true, force: true });
  }
  return { folder: target, manifest };
}

/** Fetches and unpacks wheel after wheel, TensorFlow's first. */
async function placeLibraries(
  plan: InstallPlan,
  folder: string,
  { wheel: givenFirst, downloads, signal, onProgress }: Options & { downloads: string },
): Promise<void> {
  for (const [index, wheel] of plan.wheels.entries()) {
    const given = index === 0 ? givenFirst : undefined;
    const { project, version, downloadMb, sha256 } = wheel;
    const message = given === undefined ? `Fetching ${project} ${version} (${downloadMb} MB).` : `Checking ${given}.`;
    const progress = { step: 'download' as const, message, total: downloadMb };
    onProgress?.({ ...progress, done: 0 });
    const target = { platform: wheel.platform, python: wheelPython };
    const file = await fetchWheel(
      { project, version, sha256, target },
      {
        what: 'TensorFlow',
        option: '--wheel',
        otherwise: 'Or use the engine "wasm", which needs nothing.',
        given,
        folder: join(downloads, sha256),
        signal,
        onBytes: (bytes) => onProgress?.({ ...progress, done: Math.min(downloadMb, Math.round(bytes / 1e6)) }),
      },
    );
    const unpacking = { step: 'unpack' as const, message: `Unpacking ${project} ${version}.` };
    onProgress?.(unpacking);
    const unpack = index === 0 ? unpackWheel : unpackNvidiaWheel;
    await unpack(file, folder, {
      signal,
      onBytes: (done, total) =>
        onProgress?.({ ...unpacking, done: Math.round(done / 1e6), total: Math.round(total / 1e6) }),
    });
  }
}

/** Removes what only compiling needed. */
async function removeUnneeded(folder: string): Promise<void> {
  for (const name of ['include', 'headers']) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
  for (const name of await readdir(join(folder, 'package'))) {
    if (!['dist', 'LICENSE', 'package.json', 'README.md'].includes(name)) {
      await rm(join(folder, 'package', name), { recursive: true });
    }
  }
}

/** Every file, links left out. */
async function listFiles(folder: string): Promise<Record<string, PlacedFile>> {
  const files: Record<string, PlacedFile> = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name);
    const info = await lstat(path);
    if (info.isFile()) {
      files[name] = { size: info.size, sha256: await sha256Of(path) };
    }
  }
  return files;
}
