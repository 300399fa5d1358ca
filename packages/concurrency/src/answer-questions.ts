import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadReply } from './answering-thread.js';
import { encodeError } from './error-data.js';

export interface AnswerOptions<Answer> {
  /** Memory of an answer that moves to the asking thread instead of being copied. */
  transfer?: (answer: Answer) => ArrayBuffer[];
}

/**
 * What the program of an {@link AnsweringThread} does: answers the questions that it is sent, one at a time in their order.
 *
 * @param answer the answer to a question; `data` is what the thread was started with.
 */
export function answerQuestions<Answer>(
  answer: (question: never, data: never) => Answer | Promise<Answer>,
  { transfer }: AnswerOptions<Answer> = {},
): void {
  const port = parentPort!;
  const reply = async (question: unknown) => {
    try {
      const result = await answer(question as never, workerData as never);
      port.postMessage({ answer: result } satisfies ThreadReply, transfer?.(result));
    } catch (error) {
      port.postMessage({ failure: encodeError(error) } satisfies ThreadReply);
    }
  };
  let last = Promise.resolve();
  port.on('message', (question: unknown) => {
    last = last.then(() => reply(question));
  });
}
