import { defineConfig } from 'tsup';
import { libraryBuild } from '../../tools/tsup.mjs';

// The shims give `import.meta.url`, from which the worker is found, to the CommonJS build. The worker is an ES module only.
export default defineConfig([
  { ...libraryBuild('src/index.ts', 'src/commands.ts'), shims: true, clean: ['!**/batch-worker.js*'] },
  { ...libraryBuild('src/batches/batch-worker.ts'), format: ['esm'], dts: false, clean: false },
]);
