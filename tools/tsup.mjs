import { defineConfig } from 'tsup';

// `npm start` needs neither types nor CommonJS, which take most of a build's time.
const onlyToRun = process.env.FRACTURA_BUILD === 'run';

/** One tsup configuration for every package: ES modules and CommonJS, each with its types. */
export const libraryBuild = (...entry) =>
  defineConfig({
    entry: entry.length > 0 ? entry : ['src/index.ts'],
    format: onlyToRun ? ['esm'] : ['esm', 'cjs'],
    target: 'node20',
    dts: onlyToRun ? false : { // Types of sibling packages come from their builds, which are there already.
    compilerOptions: { composite: false, customConditions: [] } },
    sourcemap: true,
    clean: true,
    tsconfig: 'tsconfig.lib.json',
  });
