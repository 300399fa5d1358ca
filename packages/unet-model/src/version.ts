import { createRequire } from 'node:module';

/** The version of this package. Built files lie as deep as this one, so the path holds for both. */
export const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
