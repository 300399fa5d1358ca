import { libraryBuild } from '../../tools/tsup.mjs';

export default libraryBuild();
