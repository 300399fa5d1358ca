import { libraryBuild } from '../../tools/tsup.mjs';

// The shims give `import.meta.url`, from which engines are found, to the CommonJS build.
export default { ...libraryBuild('src/index.ts', 'src/commands.ts', 'src/options.ts', 'src/page.ts'), shims: true };
