import { useEngine } from '@fractura/tfjs-engine';
import { describeError } from '@fractura/command-line';
import type { FoldJob, FoldProgress, FoldResult } from './fold-job.js';
import { trainOneFold } from './train-one-fold.js';

/** What the process of a fold says. */
export type FoldMessage =
  { progress: FoldProgress } | { result: FoldResult } | { failure: { message: string; remedy?: string } };

/** How often progress is sent, in milliseconds: as often as anybody can read. */
const interval = 500;

const controller = new AbortController();
const abort = () => {
  controller.abort();
};
process.on('SIGINT', abort);
process.on('SIGTERM', abort);
// Whoever wanted the fold is gone: write a checkpoint and end.
process.on('disconnect', abort);

const send = (message: FoldMessage) =>
  new Promise<void>((resolve) => {
    if (!process.connected || !process.send) {
      resolve();
      return;
    }
    process.send(message, undefined, undefined, () => {
      resolve();
    });
  });

process.once('message', (job: FoldJob) => {
  void run(job).finally(() => {
    process.disconnect();
  });
});

async function run(job: FoldJob): Promise<void> {
  let last = 0;
  try {
    await useEngine({
      prefer: job.engine,
      threads: job.threads,
    });
    const result = await trainOneFold(job, {
      signal: controller.signal,
      onProgress: (progress) => {
        if (Date.now() - last < interval) {
          return;
        }
        last = Date.now();
        void send({ progress });
      },
    });
    await send({ result });
  } catch (error) {
    await send({ failure: describeError(error) });
  }
}
