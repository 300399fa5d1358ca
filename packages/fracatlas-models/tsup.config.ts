import { libraryBuild } from '../../tools/tsup.mjs';

// The shims give `import.meta.url`, from which the model is found, to the CommonJS build.
export default { ...libraryBuild(), shims: true };
