import { constants, existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runTool } from '@fractura/pinned-downloads';
import { TfjsEngineError } from '../errors.js';
import { librariesOf, linkLibraries, neededHeader, neededNvidiaFile } from './library-layout.js';
import type { NativeDevice } from './machine.js';

/** A TensorFlow that Python has installed. */
export interface InstalledTensorflow {
  folder: string;
  version: string;
}

const script = `
import importlib.metadata, importlib.util, json, os
spec = importlib.util.find_spec("tensorflow")
versions = {d.metadata["Name"].lower(): d.version for d in importlib.metadata.distributions() if d.metadata["Name"]}
names = [n for n in ("tensorflow", "tensorflow-cpu", "tensorflow_cpu", "tensorflow-intel") if n in versions]
found = spec and spec.submodule_search_locations and names
print(json.dumps({"folder": spec.submodule_search_locations[0], "version": versions[names[0]]} if found else None))
`;

/**
 * Finds the TensorFlow that a Python has installed, without importing it.
 *
 * @throws TfjsEngineError `python-missing`, `tensorflow-missing`
 */
export async function findInstalledTensorflow(python = 'python3', signal?: AbortSignal): Promise<InstalledTensorflow> {
  const output = await runTool(
    {
      command: python,
      signal,
      args: ['-c', script],
      missing: { code: 'python-missing', message: `There is no "${python}".`, remedy: 'Install Python.' },
      failed: {
        code: 'tensorflow-missing',
        message: `"${python}" could not be asked for its TensorFlow.`,
        remedy: 'Let pip fetch the wheel instead.',
      },
    },
    TfjsEngineError,
  );
  const found = JSON.parse(output.trim().split('\n').at(-1) ?? 'null') as InstalledTensorflow | null;
  if (found !== null) {
    return found;
  }
  throw new TfjsEngineError(`"${python}" has no TensorFlow installed.`, {
    code: 'tensorflow-missing',
    remedy: 'Activate the environment that has one, or let pip fetch the wheel instead.',
  });
}

/** What copying it takes, in 1e6 bytes. */
export async function sizeOfInstalled(tensorflow: InstalledTensorflow, device: NativeDevice): Promise<number> {
  const files = await filesToCopy(tensorflow, device);
  const sizes = await Promise.all(files.map(async ({ from }) => stat(from).then(({ size }) => size)));
  return Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 1e6);
}

/**
 * Copies libraries and headers of an installed TensorFlow to `lib/` and `include/` below `folder`, and for CUDA the libraries of
 * NVIDIA's that pip has installed beside it to `nvidia/`, where TensorFlow looks for them.
 *
 * @throws TfjsEngineError `tensorflow-incomplete` where it lacks them.
 */
export async function copyInstalledTensorflow(
  tensorflow: InstalledTensorflow,
  folder: string,
  device: NativeDevice,
): Promise<void> {
  const { folder: from } = tensorflow;
  for (const file of await filesToCopy(tensorflow, device)) {
    const to = join(folder, file.to);
    await mkdir(dirname(to), { recursive: true });
    await copyFile(file.from, to, constants.COPYFILE_FICLONE);
  }
  await cp(join(from, 'include'), join(folder, 'include'), {
    recursive: true,
    dereference: true,
    filter: async (file) => (await stat(file)).isDirectory() || neededHeader(file.slice(from.length + 1)),
  });
  await linkLibraries(folder);
}

/** The libraries of an installed TensorFlow and where they belong below the engine's folder. */
async function filesToCopy(
  { folder, version }: InstalledTensorflow,
  device: NativeDevice,
): Promise<{ from: string; to: string }[]> {
  const libraries = Object.keys(librariesOf()).map((name) => ({ from: join(folder, name), to: join('lib', name) }));
  const packages = dirname(folder);
  const beside = device === 'cuda' ? await readdir(join(packages, 'nvidia'), { recursive: true }).catch(() => []) : [];
  const nvidia = beside.map((name) => `nvidia/${name}`).filter(neededNvidiaFile);
  const missing = [
    ...libraries.map(({ from }) => from).filter((file) => !existsSync(file)),
    ...(device === 'cuda' && nvidia.length === 0 ? [join(packages, 'nvidia')] : []),
  ];
  if (missing.length === 0) {
    return [...libraries, ...nvidia.map((name) => ({ from: join(packages, name), to: name }))];
  }
  throw new TfjsEngineError(`TensorFlow ${version} in ${folder} is incomplete: there is no ${missing.join(', ')}.`, {
    code: 'tensorflow-incomplete',
    remedy: 'Let pip fetch the wheel instead.',
  });
}
