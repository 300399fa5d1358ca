import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('fixtures/', import.meta.url));

/** The path of a recorded reference file; tests/fixtures/README.md says where each comes from. */
export const reference = (path: string): string => folder + path;

/** The content of a recorded JSON file. */
export const readReference = (path: string): unknown => JSON.parse(readFileSync(folder + path, 'utf8')) as unknown;
