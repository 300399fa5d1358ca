import { readFileSync } from 'node:fs';

interface RandomCase {
  seed: number;
  randomSample: number[];
  uniform: number[];
  randint: [number, number, number][];
  permutation: number[];
  shuffle: string[];
  choice: number[];
  weighted: number[];
  choices: number[];
  distinct: number[];
  normal: number[];
}

interface Golden {
  cases: RandomCase[];
  state700: number[];
  percentile: { values: number[]; results: [number, number][] };
  floats: [string, number][];
  json: { plain: string; indent4sorted: string };
  rounding: [number, number][];
}

export const golden = JSON.parse(readFileSync(new URL('./fixtures/numpy.json', import.meta.url), 'utf8')) as Golden;
