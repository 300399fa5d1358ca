import { parentPort, workerData } from 'node:worker_threads';
import type { DatasetCase } from '../dataset/read-dataset.js';
import { workOnCase, type CaseWork } from './case-work.js';
import { describeFailure, type CaseFailure } from './case-failure.js';

/** A case for a worker, and its place in the list. */
export interface CaseOrder {
  index: number;
  one: DatasetCase;
}

/** What a worker answers. */
export type CaseAnswer = { index: number } & ({ result: unknown } | { failure: CaseFailure });

const port = parentPort!;
port.on('message', ({ index, one }: CaseOrder) => {
  workOnCase(workerData as CaseWork, one).then(
    (result) => {
      port.postMessage({ index, result } satisfies CaseAnswer);
    },
    (error: unknown) => {
      port.postMessage({ index, failure: describeFailure(error) } satisfies CaseAnswer);
    },
  );
});
