import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runTool } from '@fractura/pinned-downloads';
import { TfjsEngineError } from '../errors.js';
import { fusedOperationsAddon } from '../engines/native/load-fused-operations.js';
import { quietStartAddon } from '../engines/native/quiet-start.js';
import { nodeHeadersPackage } from './native-build.js';
import { nativeSource } from './native-sources.js';
import { placePackage } from './npm-package.js';

const mac = process.platform === 'darwin';
const macLibraries = { tensorflow: 'libtensorflow.2.dylib', tensorflow_framework: 'libtensorflow_framework.2.dylib' };

/**
 * Compiles the binding against the libraries of `folder/lib`, as the package's own binding.gyp would, and our own addons.
 *
 * N-API keeps its ABI, so that one build serves every Node.
 *
 * @throws TfjsEngineError `compiler-missing`, `compiler-failed`, and those of `placePackage` where Node came without headers.
 */
export async function compileBinding(folder: string, signal?: AbortSignal): Promise<string> {
  const include = await nodeHeaders(join(folder, 'headers'), signal);
  const sources = join(folder, 'package', 'binding');
  const compile = (files: string[], libraries: (keyof typeof macLibraries)[], output: string) =>
    runCompiler(
      [
        ...[
          '-O3',
          '-fno-math-errno',
          '-fno-trapping-math',
          '-std=c++17',
          '-fPIC',
          '-w',
          '-DNAPI_VERSION=8',
          '-DBUILDING_NODE_EXTENSION',
        ],
        ...['-I', include, '-I', join(folder, 'package'), '-I', join(folder, 'include')],
        ...(mac ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
        ...files,
        ...['-L', join(folder, 'lib')],
        ...libraries.map((name) => (mac ? join(folder, 'lib', macLibraries[name]) : `-l${name}`)),
        // Old tags: the loader then looks here before LD_LIBRARY_PATH, where another TensorFlow may lie.
        ...(mac ? ['-Wl,-rpath,@loader_path/lib'] : ['-Wl,--disable-new-dtags', '-Wl,-rpath,$ORIGIN/lib']),
        ...['-o', output],
      ],
      signal,
    );
  const output = join(folder, 'tfjs_binding.node');
  const binding = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(sources, file));
  await compile(binding, ['tensorflow', 'tensorflow_framework'], output);
  await compile([nativeSource('fused_operations.cc')], ['tensorflow_framework'], join(folder, fusedOperationsAddon));
  await compile([nativeSource('quiet_start.cc')], [], join(folder, quietStartAddon));
  return output;
}

/**
 * Asks the compiler for its version, before anything large is fetched.
 *
 * @throws TfjsEngineError `compiler-missing`, `compiler-failed`
 */
export async function checkCompiler(signal?: AbortSignal): Promise<void> {
  await runCompiler(['--version'], signal);
}

async function runCompiler(args: string[], signal?: AbortSignal): Promise<void> {
  const command = process.env.CXX ?? 'c++';
  const remedy = 'Install a C++ compiler (Debian: g++; macOS: xcode-select --install), or use the engine "wasm".';
  await runTool(
    {
      command,
      args,
      signal,
      missing: { code: 'compiler-missing', message: `There is no C++ compiler "${command}".`, remedy },
      failed: { code: 'compiler-failed', message: 'The binding to TensorFlow cannot be compiled.', remedy },
    },
    TfjsEngineError,
  );
}

/** The folder of node_api.h: beside this Node, or that of npm's node-api-headers (0.2 MB), fetched for the purpose. */
async function nodeHeaders(folder: string, signal?: AbortSignal): Promise<string> {
  const prefix = dirname(dirname(process.execPath));
  const found = [prefix, '/usr', '/usr/local']
    .map((place) => join(place, 'include', 'node'))
    .find((place) => existsSync(join(place, 'node_api.h')));
  if (found !== undefined) {
    return found;
  }
  await placePackage(nodeHeadersPackage, folder, { signal });
  return join(folder, 'include');
}
