import { copyFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
const wasmFiles = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`);

/** The page reads no files here, and has no Node: an import of either that is used would stay in the file, and a test looks for such. */
const withoutNode = {
  name: 'without-node',
  setup(build) {
    const filter = /^(node:|sharp$|@cornerstonejs\/codec-|jpeg-lossless-decoder-js$)/;
    build.onResolve({ filter }, ({ path }) => ({ path, external: true, sideEffects: false }));
  },
};

/** The worker that predicts in a page: one file for browsers with all that it needs, and TensorFlow.js' WASM files beside it. */
export const pageWorkerBuild = {
  entry: { 'model-worker': 'src/page/model-worker.ts' },
  outDir: 'dist/page',
  format: ['esm'],
  platform: 'browser',
  target: 'es2022',
  dts: false,
  clean: false,
  minify: true,
  splitting: false,
  noExternal: [/.*/],
  tsconfig: 'tsconfig.lib.json',
  esbuildPlugins: [withoutNode],
  esbuildOptions(options) {
    options.conditions = ['@fractura/source', 'browser', 'module'];
    options.legalComments = 'none';
  },
  async onSuccess() {
    for (const name of wasmFiles) {
      await copyFile(join(wasmFolder, name), join('dist', 'page', name));
    }
  },
};
