import { defineConfig } from 'tsup';

/**
 * What is built, as tools/setup/build-packages.mjs says: `run` leaves out types and CommonJS, which take most of a build's time;
 * `whole` builds packages after those they need, so that types of siblings come from their builds and are not checked again.
 */
const { FRACTURA_BUILD: build } = process.env;
const customConditions = build === 'whole' ? [] : ['@fractura/source'];

/** One tsup configuration for every package: ES modules and CommonJS, each with its types. */
export const libraryBuild = (...entry) =>
  defineConfig({
    entry: entry.length > 0 ? entry : ['src/index.ts'],
    format: build === 'run' ? ['esm'] : ['esm', 'cjs'],
    target: 'node20',
    dts: build === 'run' ? false : { compilerOptions: { composite: false, customConditions } },
    sourcemap: true,
    clean: true,
    tsconfig: 'tsconfig.lib.json',
  });
