import { referenceFiles } from '@fractura/testing';
import { test } from '@jest/globals';

const files = referenceFiles(new URL('fixtures/', import.meta.url));

/** The path of a reference file: the copy in this package, else the one beside the repository. */
export const reference = files.path;

/** The content of a JSON reference file. */
export const readReference = files.readJson;

/** `test` for what needs the radiographs, which lie beside the repository only; reported as skipped where they are absent. */
export const testWithRadiographs: typeof test.skip = files.has('fracatlas-nnunet/raw') ? test : test.skip;
