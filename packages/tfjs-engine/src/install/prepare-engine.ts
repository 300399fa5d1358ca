import { join } from 'node:path';
import { withLock } from '@fractura/array-files';
import { defaultCacheDirectory, findPreparedEngine, nativeFolder, type PreparedEngine } from './engine-cache.js';
import { checkSpace } from './check-space.js';
import { checkCompiler, compileBinding } from './build-binding.js';
import { installEngine, type InstallSteps } from './install-engine.js';
import { planInstall } from './install-plan.js';
import { thisMachine, wheelsFor } from './machine.js';
import type { PrepareEngineOptions } from './prepare-options.js';
import { bindingPackage } from './native-build.js';
import { tryBinding } from './try-binding.js';

/** What `prepareEngine` did. */
export interface PrepareResult {
  /** Undefined after a dry run where nothing is prepared yet. */
  engine: PreparedEngine | undefined;
  /** Whether it had been there before. */
  reused: boolean;
  /** What was or would be done, one line each. */
  plan: string[];
}

/**
 * Prepares TensorFlow's C library as a TensorFlow.js engine: takes it out of the TensorFlow wheel, which the user's own pip
 * fetches, and builds tfjs-node-gpu's binding against it. Cached per user; several calls at once wait for each other; a
 * killed one leaves nothing half done behind but the download, which the next one uses if it is whole.
 *
 * @throws TfjsEngineError, or PinnedDownloadsError where fetching fails, with a code for each lack: `platform-unsupported`, `glibc-old`, `musl`, `avx-missing`,
 *   `python-missing`, `pip-missing`, `download-failed`, `wheel-hash`, `compiler-missing`, `no-space`, `cache-unwritable`,
 *   `library-unusable`, and more.
 */
export async function prepareEngine(options: PrepareEngineOptions = {}): Promise<PrepareResult> {
  const wheelsOf = () => wheelsFor(thisMachine(), options.device);
  return prepareWith(
    { binding: bindingPackage, wheels: wheelsOf, checkCompiler, compile: compileBinding, test: tryBinding },
    options,
  );
}

/** `prepareEngine` with its pinned wheels, its compiler and its trial given. */
export async function prepareWith(steps: InstallSteps, options: PrepareEngineOptions): Promise<PrepareResult> {
  const { cacheDirectory = defaultCacheDirectory(), dryRun = false, force = false, signal } = options;
  const { device = 'cpu', wheel, installed = false } = options;
  const found = () => (force ? undefined : findPreparedEngine({ cacheDirectory }));
  const folder = nativeFolder(cacheDirectory);
  const reuse = (engine: PreparedEngine): PrepareResult => ({
    engine,
    reused: true,
    plan: [`The native engine is prepared in ${engine.folder}.`],
  });
  const before = found();
  if (before?.manifest.device === device) {
    return reuse(before);
  }
  const plan = await planInstall({
    binding: steps.binding,
    wheels: steps.wheels,
    folder,
    device,
    wheel,
    installed,
    package: options.package,
    signal,
  });
  if (dryRun) {
    return { engine: before, reused: before !== undefined, plan: plan.lines };
  }
  await checkSpace(cacheDirectory, plan.keptMb + plan.downloadMb);
  const work = async (): Promise<PrepareResult> => {
    // Another process may have prepared it while this one waited.
    const meanwhile = found();
    if (meanwhile?.manifest.device === device) {
      return reuse(meanwhile);
    }
    const engine = await installEngine(steps, plan, { ...options, cacheDirectory });
    return { engine, reused: false, plan: plan.lines };
  };
  const onWait = () => options.onProgress?.({ step: 'wait', message: 'Waiting for another install of the engine.' });
  return withLock(join(cacheDirectory, 'native.lock'), work, { signal, onWait });
}
