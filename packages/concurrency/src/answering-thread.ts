import { Worker } from 'node:worker_threads';
import { reasonOf } from '@fractura/errors';
import { decodeError, type ErrorData } from './error-data.js';

/** What a thread posts for each question, in the order of the questions. */
export type ThreadReply = { answer: unknown } | { failure: ErrorData };

export interface AnsweringThreadOptions<Question> {
  /** What every answer needs, copied to the thread once; shared memory stays shared. */
  data: unknown;
  /** The error for a question whose answer failed; by default the thread's error with its code. */
  failed?: (failure: ErrorData) => Error;
  /** The error for a question that was never answered, since the thread ended; `reason` stands within a sentence. */
  died: (reason: string, question: Question, cause: Error | undefined) => Error;
}

/**
 * A worker thread that answers one question after the other. Its program calls {@link answerQuestions}. Several questions may
 * wait; each waits for those before it.
 */
export class AnsweringThread<Question, Answer> {
  readonly #thread: Worker;
  readonly #options: AnsweringThreadOptions<Question>;
  readonly #waiting: { question: Question; resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  #end: { reason: string; cause: Error | undefined } | undefined;

  /** @param program the file of the built program, as {@link builtProgram} finds it. */
  constructor(program: URL, options: AnsweringThreadOptions<Question>) {
    this.#options = options;
    this.#thread = new Worker(program, { workerData: options.data });
    this.#thread.on('message', (reply: ThreadReply) => {
      this.#take(reply);
    });
    this.#thread.on('error', (error) => {
      this.#rejectAll(reasonOf(error), error instanceof Error ? error : undefined);
    });
    this.#thread.on('exit', (code) => {
      this.#rejectAll(`it ended with code ${code}`, undefined);
    });
  }

  /** The thread's answer. Rejects with the owner's errors: `failed` for this answer, or `died`. */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#end) {
        reject(this.#options.died(this.#end.reason, question, this.#end.cause));
        return;
      }
      this.#waiting.push({ question, resolve, reject });
      this.#thread.postMessage(question);
    });
  }

  /** Ends the thread at once; questions that wait are rejected. */
  async end(): Promise<void> {
    await this.#thread.terminate();
  }

  #take(reply: ThreadReply): void {
    const asked = this.#waiting.shift();
    if ('failure' in reply) {
      const failed = this.#options.failed ?? decodeError;
      asked?.reject(failed(reply.failure));
    } else {
      asked?.resolve(reply.answer as Answer);
    }
  }

  /** A thread that throws says so before it says that it ended: the first reason counts. */
  #rejectAll(reason: string, cause: Error | undefined): void {
    this.#end ??= { reason, cause };
    for (const { question, reject } of this.#waiting.splice(0)) {
      reject(this.#options.died(this.#end.reason, question, this.#end.cause));
    }
  }
}
