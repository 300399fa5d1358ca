import { defineConfig } from 'tsup';

/** One tsup configuration for every package: ES modules and CommonJS, each with its types. */
export const libraryBuild = (...entry) =>
  defineConfig({
    entry: entry.length > 0 ? entry : ['src/index.ts'],
    format: ['esm', 'cjs'],
    target: 'node20',
    dts: { compilerOptions: { composite: false } },
    sourcemap: true,
    clean: true,
    tsconfig: 'tsconfig.lib.json',
  });
