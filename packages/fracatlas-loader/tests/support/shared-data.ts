import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';

/** The real radiographs beside the repository. */
export const realAtlas = fileURLToPath(new URL('../../../../../shared/fracatlas', import.meta.url));
const cases = fileURLToPath(new URL('../../../../../shared/reference/fracatlas-nnunet/cases.csv', import.meta.url));

/** What the reference conversion found of every fractured image, as a CSV file. */
export const referenceCases = cases;

/** `test`, or where the real radiographs are absent a test that is reported as skipped. */
export const testWithRealAtlas: typeof test.skip = existsSync(realAtlas) && existsSync(cases) ? test : test.skip;
