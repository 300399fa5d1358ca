import { readFileSync } from 'node:fs';

/** One of the reference vectors. */
export const readGolden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));
