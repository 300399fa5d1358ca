import { temporaryFolder } from '@fractura/testing';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeZip } from '@fractura/array-files';

import type { InstallSteps } from '../../src/install/install-engine.js';
import { librariesOf } from '../../src/install/library-layout.js';
import type { PinnedPackage, Wheel } from '../../src/install/native-build.js';

/** A folder with a small wheel and package, pins of both, and tools that hand them out: everything but the network. */
export interface FakeSurroundings {
  root: string;
  cache: string;
  /** The only folder on the PATH. */
  tools: string;
  wheelFile: string;
  packageFile: string;
  wheel: Wheel;
  steps: InstallSteps;
  /** Makes `python3` say that it has TensorFlow 2.5 installed, and places that beside the tools. */
  installTensorflow: () => Promise<{ packages: string; folder: string }>;
  /** Makes a tool of a shell script. */
  tool: (name: string, script: string) => Promise<void>;
}

const search = (name: string): string =>
  spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();

/** Builds the surroundings; the compiler and the trial only write what they were called with. */
export async function makeSurroundings(): Promise<FakeSurroundings> {
  const root = await temporaryFolder('tfjs-engine-');
  const tools = join(root, 'tools');
  await mkdir(tools);
  for (const name of ['tar', 'gzip', 'cp', 'sleep']) {
    await symlink(search(name), join(tools, name));
  }
  const wheelFile = join(root, 'tensorflow_fake-1.0-py3-none-any.whl');
  await writeFile(wheelFile, wheelBytes());
  const packageFile = await makePackage(root);
  const wheel: Wheel = {
    project: 'tensorflow-fake',
    version: '1.0',
    platform: 'any',
    downloadMb: 1,
    installedMb: 1,
    sha256: digest('sha256', 'hex', await readFile(wheelFile)),
  };
  const integrity = `sha512-${digest('sha512', 'base64', await readFile(packageFile))}`;
  const binding: PinnedPackage = { name: 'fake-binding', version: '1.0.0', integrity };
  const tool = async (name: string, script: string) => {
    await writeFile(join(tools, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(tools, name), 0o755);
  };
  await tool('npm', `cp ${packageFile} .`);
  await tool('python3', pipScript(wheelFile));
  const steps: InstallSteps = {
    binding,
    wheels: () => [wheel],
    checkCompiler: () => Promise.resolve(),
    compile: (folder) => copyFile(join(folder, 'package', 'binding.cc'), join(folder, 'tfjs_binding.node')),
    test: (folder) => readFile(join(folder, 'tfjs_binding.node')),
  };
  const installTensorflow = async () => {
    const packages = join(root, 'site-packages');
    const folder = join(packages, 'tensorflow');
    await mkdir(join(folder, 'include'), { recursive: true });
    for (const name of Object.keys(librariesOf())) {
      await writeFile(join(folder, name), `library ${name}`);
    }
    await tool('python3', `echo '${JSON.stringify({ folder, version: '2.5' })}'`);
    return { packages, folder };
  };
  return { root, cache: join(root, 'cache'), tools, wheelFile, packageFile, wheel, steps, installTensorflow, tool };
}

/** A shell script that does as `python3 -m pip download ... --dest FOLDER` would, and counts its calls. */
export const pipScript = (wheel: string): string => `
while [ $# -gt 0 ]; do
  if [ "$1" = --dest ]; then destination=$2; fi
  shift
done
echo call >> ${wheel}.calls
cp ${wheel} "$destination"`;

function wheelBytes(): Uint8Array {
  const text = (name: string, content: string) => ({ name: `tensorflow/${name}`, bytes: Buffer.from(content) });
  const libraries = Object.keys(librariesOf()).map((name) => text(name, `library ${name}`));
  const others = [text('include/tensorflow/c/c_api.h', '// header'), text('python/big.py', 'not needed')];
  return Buffer.concat([...encodeZip([...libraries, ...others])]);
}

async function makePackage(root: string): Promise<string> {
  const folder = join(root, 'package');
  await mkdir(join(folder, 'dist'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{}');
  await writeFile(join(folder, 'binding.cc'), 'compiled');
  await writeFile(join(folder, 'dist', 'index.js'), '');
  const file = join(root, 'fake-binding-1.0.0.tgz');
  spawnSync('tar', ['-czf', file, '-C', root, 'package']);
  return file;
}

const digest = (algorithm: string, encoding: 'hex' | 'base64', bytes: Uint8Array): string =>
  createHash(algorithm).update(bytes).digest(encoding);
