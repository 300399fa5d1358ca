import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { TfjsEngineError } from '../errors.js';
import { bindingPackage } from './native-build.js';
import { runTool } from './run-tool.js';

/**
 * Places the npm package with the binding's sources and the kernels in `folder/package`; its install script, which would
 * download another libtensorflow, never runs.
 *
 * @throws TfjsEngineError `npm-missing`, `npm-failed`, `package-hash`
 */
export async function placeBindingPackage(folder: string, signal?: AbortSignal): Promise<void> {
  const { name, version, integrity } = bindingPackage;
  await mkdir(folder, { recursive: true });
  const remedy = 'Check the network and npm, or use the engine "wasm", which needs nothing.';
  await runTool({
    ...{ command: 'npm', cwd: folder, signal },
    args: ['pack', `${name}@${version}`, '--ignore-scripts', '--silent'],
    missing: { code: 'npm-missing', message: 'npm is not on the PATH.', remedy },
    failed: { code: 'npm-failed', message: `npm could not fetch ${name} ${version}.`, remedy },
  });
  const archive = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  const bytes = archive === undefined ? Buffer.alloc(0) : await readFile(join(folder, archive));
  if (archive === undefined || `sha512-${createHash('sha512').update(bytes).digest('base64')}` !== integrity) {
    throw new TfjsEngineError(`${name} ${version} does not have the pinned hash.`, { code: 'package-hash', remedy });
  }
  await runTool({
    ...{ command: 'tar', cwd: folder, signal, args: ['-xzf', archive] },
    missing: { code: 'tar-missing', message: 'tar is not on the PATH.', remedy: 'Install tar.' },
    failed: { code: 'tar-failed', message: `${archive} cannot be unpacked.`, remedy: 'Is the disk full?' },
  });
}

/**
 * Compiles the binding against the libraries of `folder/lib`, as the package's own binding.gyp would.
 *
 * N-API keeps its ABI, so that one build serves every Node.
 *
 * @throws TfjsEngineError `headers-missing`, `compiler-missing`, `compiler-failed`
 */
export async function compileBinding(folder: string, signal?: AbortSignal): Promise<string> {
  const include = nodeHeaders();
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(folder, 'package', 'binding', file));
  const output = join(folder, 'tfjs_binding.node');
  const compiler = process.env.CXX ?? 'c++';
  const mac = process.platform === 'darwin';
  const libraries = mac
    ? [join(folder, 'lib', 'libtensorflow.2.dylib'), join(folder, 'lib', 'libtensorflow_framework.2.dylib')]
    : ['-ltensorflow', '-ltensorflow_framework'];
  const remedy = 'Install a C++ compiler (Debian: g++; macOS: xcode-select --install), or use the engine "wasm".';
  await runTool({
    ...{ command: compiler, signal },
    args: [
      ...['-O2', '-std=c++17', '-fPIC', '-w', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
      ...['-I', include, '-I', join(folder, 'package'), '-I', join(folder, 'include')],
      ...(mac ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
      ...sources,
      ...['-L', join(folder, 'lib'), ...libraries],
      mac ? '-Wl,-rpath,@loader_path/lib' : '-Wl,-rpath,$ORIGIN/lib',
      ...['-o', output],
    ],
    missing: { code: 'compiler-missing', message: `There is no C++ compiler "${compiler}".`, remedy },
    failed: { code: 'compiler-failed', message: 'The binding to TensorFlow cannot be compiled.', remedy },
  });
  return output;
}

/** The folder of node_api.h: where Node's own headers lie, or those that npm's node-gyp keeps. */
function nodeHeaders(): string {
  const prefix = dirname(dirname(process.execPath));
  const given = process.env.npm_config_nodedir;
  const places = [...(given ? [given] : []), prefix, '/usr', '/usr/local'].flatMap((folder) => [
    join(folder, 'include', 'node'),
    join(folder, 'src'),
  ]);
  const found = places.find((folder) => existsSync(join(folder, 'node_api.h')));
  if (found !== undefined) return found;
  throw new TfjsEngineError(`The headers of Node (node_api.h) are in none of ${places.join(', ')}.`, {
    code: 'headers-missing',
    remedy: "Install Node's headers (Debian: libnode-dev), or name their prefix in npm_config_nodedir.",
  });
}
