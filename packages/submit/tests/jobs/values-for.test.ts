import { expect, test } from '@jest/globals';
import { jobsForValues } from '../../src/jobs/values-for.js';

test('each value is a job; several variables are all combinations, the last changing fastest', () => {
  const words = ['run', '--seed={seed}', '-o', 'runs/{size}-{seed}'];
  expect(jobsForValues(words, ['size=64,128', 'seed=0,1']).map((job) => [job.name, job.words.join(' ')])).toEqual([
    ['size=64 seed=0', 'run --seed=0 -o runs/64-0'],
    ['size=64 seed=1', 'run --seed=1 -o runs/64-1'],
    ['size=128 seed=0', 'run --seed=0 -o runs/128-0'],
    ['size=128 seed=1', 'run --seed=1 -o runs/128-1'],
  ]);
});

test('without variables it is one job', () => {
  expect(jobsForValues(['run'], [])).toEqual([{ name: '', words: ['run'], stage: 0 }]);
});

test('a variable without a place and a definition without values are refused', () => {
  expect(() => jobsForValues(['run', '{seeds}'], ['seed=1'])).toThrow(
    '--for names seed, but the command has no {seed}.',
  );
  expect(() => jobsForValues(['run', '{seed}'], ['seed'])).toThrow('"seed" gives no values');
});
