import type { ModelReply } from '../model/answer-requests.js';

/** Why a worker could not do what it was asked for. */
export class WorkerFailure extends Error {
  /** The sentence, and what to do about it. */
  constructor({ message, remedy }: { message: string; remedy?: string }) {
    super(remedy === undefined ? message : `${message} ${remedy}`);
    this.name = 'WorkerFailure';
  }
}

interface Pending {
  resolve: (answer: never) => void;
  reject: (error: Error) => void;
  onProgress: (progress: { done: number; total: number }) => void;
}

/** Asks a worker that answers as `answerRequests` does. */
export class WorkerClient<Answers> {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #last = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener('message', (event: MessageEvent<ModelReply>) => {
      this.#take(event.data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const message = event.message === undefined || event.message === '' ? 'A worker did not start.' : event.message;
      for (const { reject } of this.#pending.values()) {
        reject(new WorkerFailure({ message }));
      }
      this.#pending.clear();
    });
  }

  /** Asks a question; `transfer` moves buffers of its argument instead of copying them. */
  ask<Question extends keyof Answers & string>(
    question: Question,
    argument: Answers[Question] extends (argument: infer Argument, ...rest: never[]) => unknown ? Argument : never,
    {
      transfer = [],
      onProgress = () => undefined,
    }: { transfer?: ArrayBuffer[]; onProgress?: Pending['onProgress'] } = {},
  ): Promise<Answers[Question] extends (...rest: never[]) => Promise<infer Answer> ? Answer : never> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onProgress });
      this.#worker.postMessage({ id, question, argument }, transfer);
    });
  }

  #take(reply: ModelReply): void {
    const pending = this.#pending.get(reply.id);
    if ('progress' in reply) {
      pending?.onProgress(reply.progress);
      return;
    }
    this.#pending.delete(reply.id);
    if ('failure' in reply) {
      pending?.reject(new WorkerFailure(reply.failure));
    } else {
      pending?.resolve(reply.answer as never);
    }
  }
}
