import { defineConfig } from 'tsup';
import { libraryBuild } from '../../tools/tsup.mjs';

const build = libraryBuild();

// nifti-reader-js has no CommonJS build, so ours carries it (see THIRD-PARTY-NOTICES.md). Each build cleans its own files.
export default defineConfig([
  { ...build, format: ['esm'], clean: ['!**/*.cjs*'] },
  { ...build, format: ['cjs'], clean: ['!**/*.js*'], noExternal: ['nifti-reader-js'] },
]);
