import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Budget } from '../src/index.js';

/** Spends the amounts at once, and gives the most that was spent at any moment and the order of the ends. */
async function spendAll(total: number, amounts: readonly number[]) {
  const budget = new Budget(total);
  const ended: number[] = [];
  let spent = 0;
  let most = 0;
  await Promise.all(
    amounts.map((amount, i) =>
      budget.spend(amount, async () => {
        spent += amount;
        most = Math.max(most, spent);
        await wait(5);
        spent -= amount;
        ended.push(i);
      }),
    ),
  );
  return { most, ended };
}

test('never more than the budget is spent at once', async () => {
  expect(await spendAll(10, [4, 4, 4, 4, 4])).toEqual({ most: 8, ended: [0, 1, 2, 3, 4] });
});

test('what needs more than there is runs alone, and in its turn', async () => {
  expect(await spendAll(10, [4, 25, 4])).toEqual({ most: 25, ended: [0, 1, 2] });
});

test('a failure gives back what it held', async () => {
  const budget = new Budget(1);
  await expect(budget.spend(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await budget.spend(1, () => Promise.resolve('free'))).toBe('free');
});
