import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { DatasetCase } from '../dataset/read-dataset.js';
import { restoreFailure } from './case-failure.js';
import type { CaseWork } from './case-work.js';
import type { CaseAnswer } from './case-worker.js';

/** A thread that does the same work for one case after the other. */
export class CaseThread {
  readonly #worker: Worker;

  /** @param program path of the built `case-worker`. */
  constructor(program: string, work: CaseWork) {
    this.#worker = new Worker(program, { workerData: work });
  }

  /** Does the work for a case. The one before must be done. */
  run(given: DatasetCase): Promise<unknown> {
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const onMessage = (answer: CaseAnswer) => {
        stopListening();
        if ('failure' in answer) {
          reject(restoreFailure(answer.failure));
        } else {
          resolve(answer.result);
        }
      };
      const onError = (error: Error) => {
        stopListening();
        reject(error);
      };
      const onExit = () => {
        stopListening();
        reject(new Error(`The thread was ended while it worked on case ${given.id}.`));
      };
      // `removeAllListeners` would also remove Node's own, without which a worker's messages no longer arrive.
      const stopListening = () => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage(given);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** The built program of a thread: beside this file when built, in `dist` when run from the sources; undefined where there is none. */
export function threadProgram(): string | undefined {
  const places = ['./case-worker.js', '../../dist/case-worker.js'];
  return places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((file) => existsSync(file));
}
