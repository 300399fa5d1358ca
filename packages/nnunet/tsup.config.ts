import { defineConfig } from 'tsup';
import { libraryBuild } from '../../tools/tsup.mjs';
import { pageWorkerBuild } from './page-worker-build.mjs';

// The program, and the process of a fold, are ES modules only, and need no types. The shims give `import.meta.url` to CommonJS.
export default defineConfig([
  {
    ...libraryBuild('src/index.ts', 'src/commands.ts'),
    shims: true,
    clean: ['!**/bin.js*', '!**/fold-process.js*', '!page/**'],
  },
  { ...libraryBuild('src/bin.ts'), format: ['esm'], dts: false, clean: false },
  { ...libraryBuild('src/training/fold-process.ts'), format: ['esm'], dts: false, clean: false },
  pageWorkerBuild,
]);
