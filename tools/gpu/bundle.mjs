/** The stages of the checks as one program beside the repository's packages: they call parts of Fractura that are no package's exports. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

/** @param folder to make, anew, in the repository, whose packages it loads. */
export async function bundleStages(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(here, 'stage.mjs')],
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
  // From which the networks' packages read their common version.
  cpSync(join(root, 'packages', 'unet-model', 'package.json'), join(folder, 'package.json'));
}
