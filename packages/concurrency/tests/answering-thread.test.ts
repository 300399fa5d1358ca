import { afterEach, expect, test } from '@jest/globals';
import { FracturaError } from '@fractura/errors';
import { AnsweringThread, decodeError, type AnsweringThreadOptions } from '../src/index.js';

type Question = number | 'exit' | 'missing' | 'array';

class ConcurrencyTestError extends FracturaError {
  override readonly name = 'ConcurrencyTestError';
}

let thread: AnsweringThread<Question, unknown> | undefined;
afterEach(() => thread?.end());

function start(options: Partial<AnsweringThreadOptions<Question>> = {}) {
  thread = new AnsweringThread<Question, unknown>(new URL('./support/answering-program.mjs', import.meta.url), {
    data: 'the data',
    died: (reason, question, cause) => new Error(`Question ${question}: ${reason}.`, { cause }),
    ...options,
  });
  return thread;
}

test('answers questions in their order, with the data that it was started with', async () => {
  const { data } = { data: { of: 'all' } };
  const asked = start({ data });
  const order: unknown[] = [];
  await Promise.all([30, 0, 10].map(async (time) => order.push(await asked.ask(time))));
  expect(order).toEqual([
    { waited: 30, data },
    { waited: 0, data },
    { waited: 10, data },
  ]);
});

test('moves the memory of an answer', async () => {
  expect(await start().ask('array')).toEqual({ values: Float32Array.of(1, 2, 3) });
});

test('tells a failed answer as its own error, and answers the next question', async () => {
  const asked = start();
  await expect(asked.ask('missing')).rejects.toMatchObject({
    message: 'There is no file a.png.',
    code: 'file-missing',
  });
  expect(await asked.ask(0)).toMatchObject({ waited: 0 });
});

test('tells a failed answer as the owner says', async () => {
  const asked = start({ failed: (failure) => decodeError(failure, { ConcurrencyTestError }) });
  await expect(asked.ask('missing')).rejects.toBeInstanceOf(ConcurrencyTestError);
});

test('rejects all that waits when the thread ends, and what is asked later, with the owner’s error', async () => {
  const asked = start();
  const answers = await Promise.allSettled([asked.ask('exit'), asked.ask(1)]);
  expect(answers).toMatchObject([
    { reason: { message: 'Question exit: it ended with code 7.' } },
    { reason: { message: 'Question 1: it ended with code 7.' } },
  ]);
  await expect(asked.ask(2)).rejects.toThrow('Question 2: it ended with code 7.');
});

test('says why a program cannot be started', async () => {
  const missing = new AnsweringThread<Question, unknown>(new URL('./no-such-program.mjs', import.meta.url), {
    data: undefined,
    died: (reason) => new Error(reason),
  });
  await expect(missing.ask(0)).rejects.toThrow('Cannot find module');
});

test('rejects what waits when it is ended', async () => {
  const answer = start().ask(60_000);
  await Promise.all([thread!.end(), expect(answer).rejects.toThrow(/Question 60000: it ended with code \d\./)]);
});
