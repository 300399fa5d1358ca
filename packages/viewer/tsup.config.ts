import { defineConfig } from 'tsup';
import { libraryBuild } from '../../tools/tsup.mjs';

// The program is an ES module only, and needs no types. The shims give `import.meta.url` to CommonJS. Vite builds the page.
export default defineConfig([
  { ...libraryBuild('src/index.ts', 'src/commands.ts'), shims: true, clean: ['!**/bin.js*', '!page/**'] },
  { ...libraryBuild('src/bin.ts'), format: ['esm'], dts: false, clean: false },
]);
