import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';

/** The bundler that tsup brings. */
const { build } = createRequire(createRequire(import.meta.url).resolve('tsup'))('esbuild') as {
  build: (options: object) => Promise<{ outputFiles: { text: string }[] }>;
};

/** Bundles a module that may import `./index.js`, from the sources or from a bundle of them. */
async function bundle(code: string, { index, minify = true }: { index?: string; minify?: boolean } = {}) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL('../src', import.meta.url)), loader: 'ts' },
    plugins: index === undefined ? [] : [serving(index)],
    bundle: true,
    minify,
    format: 'esm',
    // No Node: a module of it would not be found.
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0].text;
}

const serving = (contents: string) => ({
  name: 'published',
  setup: (on: Record<'onResolve' | 'onLoad', (filter: object, answer: () => object) => void>) => {
    on.onResolve({ filter: /index\.js$/ }, () => ({ path: 'index.js', namespace: 'published' }));
    on.onLoad({ filter: /.*/, namespace: 'published' }, () => ({ contents }));
  },
});

const gzipped = (text: string) => gzipSync(text, { level: 9 }).length;

test('everything is under 25 kB, minified and gzipped, and runs in a browser', async () => {
  const everything = await bundle("export * from './index.js'");
  expect(gzipped(everything)).toBeLessThan(25_000);
  expect(everything).not.toMatch(/\bprocess\b|\brequire\(|node:/);
});

test('one name of the published file brings only what it needs', async () => {
  // As tsup publishes it: one file, of which statements are left out rather than modules.
  const index = await bundle("export * from './index.js'", { minify: false });
  const sizeOf = async (code: string) => gzipped(await bundle(code, { index }));
  expect(await sizeOf("export { dice } from './index.js'")).toBeLessThan(2_000);
  expect(await sizeOf("export { surfaceMetrics } from './index.js'")).toBeLessThan(6_000);
  // The class of the errors alone, whose computed name a bundler cannot judge.
  expect((await bundle("import './index.js'", { index })).length).toBeLessThan(400);
});
