import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';

const copied = fileURLToPath(new URL('./fixtures/', import.meta.url));
const beside = fileURLToPath(new URL('../../../../shared/reference/', import.meta.url));

/** The path of a reference file: the copy in this package, else the one beside the repository. */
export const reference = (path: string): string => (existsSync(copied + path) ? copied : beside) + path;

/** The content of a JSON reference file. */
export const readReference = (path: string): unknown => JSON.parse(readFileSync(reference(path), 'utf8')) as unknown;

/** `test` for what needs the radiographs, which lie beside the repository only; reported as skipped where they are absent. */
export const testWithRadiographs: typeof test.skip = existsSync(`${beside}fracatlas-nnunet/raw`) ? test : test.skip;
