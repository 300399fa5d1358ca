import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';

const shared = fileURLToPath(new URL('../../../../shared/reference/', import.meta.url));

/** The path of a reference file beside the repository. */
export const reference = (path: string): string => shared + path;

/** The content of a JSON reference file. */
export const readReference = (path: string): unknown => JSON.parse(readFileSync(shared + path, 'utf8')) as unknown;

/** `test`, or where the reference files are absent a test that is reported as skipped. */
export const testWithReference: typeof test.skip = existsSync(shared) ? test : test.skip;
