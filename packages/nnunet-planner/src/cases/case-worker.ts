import { parentPort, workerData } from 'node:worker_threads';
import type { DatasetCase } from '../dataset/read-dataset.js';
import { describeFailure, type CaseFailure } from './case-failure.js';
import { workOnCase, type CaseWork } from './case-work.js';

// The program of a thread: it is started with the work and does it for each case that it is sent.

/** What a thread answers for each case, in the order in which they were sent. */
export type CaseAnswer = { result: unknown } | { failure: CaseFailure };

const port = parentPort!;
port.on('message', (given: DatasetCase) => {
  workOnCase(workerData as CaseWork, given).then(
    (result) => {
      port.postMessage({ result } satisfies CaseAnswer);
    },
    (error: unknown) => {
      port.postMessage({ failure: describeFailure(error) } satisfies CaseAnswer);
    },
  );
});
