/**
 * The checks for a GPU and all that they load, as one folder: Fractura's sources in one bundle, and beside it the files of
 * TensorFlow.js and of Dawn that loading them loads, so that engines find their packages there as in an installation.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const backends = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-webgpu'];

/**
 * @param folder to make, anew.
 * @param modules a folder in whose `node_modules` npm's `webgpu` is; default the repository.
 */
export async function bundleChecks(folder, modules = root) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(here, 'run-stages.mjs'), join(here, 'stage.mjs')],
    outdir: join(folder, 'dist'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@fractura/source'],
    external: ['@tensorflow/*', 'webgpu', 'sharp', 'onnxruntime-node'],
    // Of packages in CommonJS that are bundled.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  for (const file of loadedFiles()) {
    cpSync(file, join(folder, relative(root, file)));
  }
  // From which the networks' packages read their common version.
  cpSync(join(root, 'packages', 'unet-model', 'package.json'), join(folder, 'package.json'));
  copyDawn(createRequire(join(modules, 'package.json')).resolve('webgpu'), join(folder, 'node_modules', 'webgpu'));
  cpSync(join(here, 'peers'), join(folder, 'peers'), { recursive: true });
}

/** What Node loads with the backends, and the `package.json` of each package; the WASM code is loaded when it is first used. */
function loadedFiles() {
  const list = `${JSON.stringify(backends)}.forEach(require); console.log(JSON.stringify(Object.keys(require.cache)))`;
  const loaded = JSON.parse(
    execFileSync(process.execPath, ['-e', list], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  const packages = new Set(loaded.map((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)[0]));
  const wasm = join(root, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist');
  const code = readdirSync(wasm).filter((name) => name.endsWith('.wasm'));
  return [
    ...loaded,
    ...[...packages].map((path) => join(path, 'package.json')),
    ...code.map((name) => join(wasm, name)),
  ];
}

/** Dawn for this machine alone; the package has it for five. */
function copyDawn(entry, target) {
  const source = dirname(entry);
  const library = join(
    'dist',
    process.platform === 'darwin' ? 'darwin-universal' : `${process.platform}-${process.arch}`,
  );
  for (const part of ['package.json', 'index.js', 'LICENSE.md', library]) {
    cpSync(join(source, part), join(target, part), { recursive: true });
  }
}
