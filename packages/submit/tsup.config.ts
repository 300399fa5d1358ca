import { defineConfig } from 'tsup';
import { libraryBuild } from '../../tools/tsup.mjs';

// The programs are ES modules only, and need no types. The shims give `import.meta.url` to CommonJS.
const programs = ['bin', 'run-job', 'supervise-jobs'];
export default defineConfig([
  {
    ...libraryBuild('src/index.ts', 'src/commands.ts'),
    shims: true,
    clean: programs.map((name) => `!**/${name}.js*`),
  },
  { ...libraryBuild('src/bin.ts'), format: ['esm'], dts: false, clean: false },
  { ...libraryBuild('src/runner/run-job.ts'), format: ['esm'], dts: false, clean: false },
  { ...libraryBuild('src/engines/local/supervise-jobs.ts'), format: ['esm'], dts: false, clean: false },
]);
