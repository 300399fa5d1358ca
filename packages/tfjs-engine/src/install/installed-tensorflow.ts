import { constants } from 'node:fs';
import { copyFile, cp, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TfjsEngineError } from '../errors.js';
import { librariesOf, linkLibraries, neededHeader } from './library-layout.js';
import { runTool } from './run-tool.js';

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
  const output = await runTool({
    ...{ command: python, signal, args: ['-c', script] },
    missing: { code: 'python-missing', message: `There is no "${python}".`, remedy: 'Install Python.' },
    failed: {
      code: 'tensorflow-missing',
      message: `"${python}" could not be asked for its TensorFlow.`,
      remedy: 'Let pip fetch the wheel instead.',
    },
  });
  const found = JSON.parse(output.trim().split('\n').at(-1) ?? 'null') as InstalledTensorflow | null;
  if (found !== null) return found;
  throw new TfjsEngineError(`"${python}" has no TensorFlow installed.`, {
    code: 'tensorflow-missing',
    remedy: 'Activate the environment that has one, or let pip fetch the wheel instead.',
  });
}

/**
 * Copies libraries and headers of an installed TensorFlow to `lib/` and `include/` below `folder`.
 *
 * @throws TfjsEngineError `tensorflow-incomplete` where it lacks them.
 */
export async function copyInstalledTensorflow({ folder: from, version }: InstalledTensorflow, folder: string) {
  await mkdir(join(folder, 'lib'), { recursive: true });
  for (const name of Object.keys(librariesOf())) {
    const file = join(from, name);
    if (!(await stat(file).catch(() => undefined))) {
      throw new TfjsEngineError(`TensorFlow ${version} in ${from} has no ${name}.`, {
        code: 'tensorflow-incomplete',
        remedy: 'Let pip fetch the wheel instead.',
      });
    }
    await copyFile(file, join(folder, 'lib', name), constants.COPYFILE_FICLONE);
  }
  await cp(join(from, 'include'), join(folder, 'include'), {
    recursive: true,
    dereference: true,
    filter: async (file) => (await stat(file)).isDirectory() || neededHeader(file.slice(from.length + 1)),
  });
  await linkLibraries(folder);
}
