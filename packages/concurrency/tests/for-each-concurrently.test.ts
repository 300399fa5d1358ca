import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { forEachConcurrently, type Progress } from '../src/index.js';

describe('many files', () => {
  test('are taken in order, so many at a time, each told', async () => {
    const [begun, told]: [number[], Progress[]] = [[], []];
    let [now, most] = [0, 0];
    await forEachConcurrently(
      [30, 1, 1, 1, 1],
      async (milliseconds, index) => {
        begun.push(index);
        most = Math.max(most, (now += 1));
        await wait(milliseconds);
        now -= 1;
      },
      { concurrency: 2, onProgress: (progress) => told.push(progress) },
    );
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(2);
    expect(told).toEqual([1, 2, 3, 4, 5].map((done) => ({ done, total: 5 })));
  });

  test('end with the first failure, after what is under way', async () => {
    const ended: number[] = [];
    const work = async (_: string, index: number) => {
      if (index === 0) {
        throw new Error('first');
      }
      await wait(10);
      ended.push(index);
    };
    await expect(forEachConcurrently(['a', 'b', 'c', 'd'], work, { concurrency: 2 })).rejects.toThrow('first');
    expect(ended).toEqual([1]);
  });

  test('stop at a signal', async () => {
    const controller = new AbortController();
    let count = 0;
    const work = () => {
      count += 1;
      controller.abort(new Error('enough'));
      return Promise.resolve();
    };
    const task = forEachConcurrently([1, 2, 3], work, { concurrency: 1, signal: controller.signal });
    await expect(task).rejects.toThrow('enough');
    expect(count).toBe(1);
  });
});

test('what is in work together stays within the budget, and what is heavier than it is worked on alone', async () => {
  const weights = [4, 4, 4, 100, 1, 9, 2, 8];
  let inWork = 0;
  let most = 0;
  const done: number[] = [];
  await forEachConcurrently(
    weights,
    async (weight, index) => {
      inWork += Math.min(weight, 10);
      most = Math.max(most, inWork);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inWork -= Math.min(weight, 10);
      done.push(index);
    },
    { concurrency: 8, weigh: (weight) => weight, budget: 10 },
  );
  expect(most).toBe(10);
  expect(done.sort()).toEqual(weights.map((_, index) => index));
});

test('who waits for room does not begin after a failure', async () => {
  const begun: number[] = [];
  const failing = forEachConcurrently(
    [1, 2, 3],
    async (item) => {
      begun.push(item);
      await Promise.resolve();
      throw new Error(`Item ${item} fails.`);
    },
    { concurrency: 3, weigh: () => 10, budget: 10 },
  );
  await expect(failing).rejects.toThrow('Item 1 fails.');
  expect(begun).toEqual([1]);
});
