import { readFileSync } from 'node:fs';

/** An array as the golden vectors write it. */
export interface VectorArray {
  shape: number[];
  data: number[];
}

/** A golden vector file, by its path in the fixtures. */
export function readVectors(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8')) as unknown;
}
