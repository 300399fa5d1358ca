import { libraryBuild } from '../../tools/tsup.mjs';

export default libraryBuild('src/index.ts', 'src/page.ts');
