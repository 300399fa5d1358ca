import { defineConfig } from 'tsup';
import { libraryBuild } from '../../tools/tsup.mjs';

// The program and the thread are ES modules only, and need no types. The CommonJS build must find the thread too: `shims`
// gives it import.meta.url.
export default defineConfig([
  { ...libraryBuild('src/index.ts', 'src/commands.ts'), shims: true, clean: ['!**/bin.js*', '!**/case-worker.js*'] },
  {
    ...libraryBuild('src/bin.ts'),
    entry: { bin: 'src/bin.ts', 'case-worker': 'src/cases/case-worker.ts' },
    format: ['esm'],
    dts: false,
    clean: false,
    splitting: false,
  },
]);
